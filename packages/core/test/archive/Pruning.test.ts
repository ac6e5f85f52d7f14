import { withoutFolders } from "@effect-oracle/core/archive/Manifest"
import { choosePruning, generatedFolderOf } from "@effect-oracle/core/archive/Pruning"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

const Segment = Schema.Literals([
  "build",
  "dist",
  "out",
  "tmp",
  "src",
  "source",
  "sources",
  "lib",
  "app",
  "docs",
  "distance"
])
const PathSegments = Schema.NonEmptyArray(Segment).check(Schema.isMaxLength(6))
const Cost = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 }))

describe("generatedFolderOf", () => {
  it.each<[string, string | undefined]>([
    ["packages/a/dist/index.js", "packages/a/dist"],
    ["packages/a/dist/build/index.js", "packages/a/dist"],
    ["src/build/plan.ts", undefined],
    ["packages/a/lib/dist/index.js", undefined],
    ["distance/a.js", undefined],
    ["packages/dist", undefined],
    ["a.js", undefined]
  ])("of %s is %s", (path, folder) => {
    assert.strictEqual(generatedFolderOf(path), folder)
  })

  it.prop("is never below a source folder and holds the file", [PathSegments], ([segments]) => {
    const path = [...segments, "file.ts"].join("/")
    const folder = generatedFolderOf(path)
    if (folder === undefined) return
    assert.isTrue(path.startsWith(`${folder}/`))
    for (const name of folder.split("/")) assert.notInclude(["src", "source", "sources", "lib"], name)
  })
})

describe("choosePruning", () => {
  const Folders = Schema.Array(Cost).check(Schema.isMaxLength(8))

  it.prop(
    "drops the largest first, no more than needed, and only if that is enough",
    [Folders, Cost, Cost],
    ([costs, rest, limit]) => {
      const folders = costs.map((compressedBytes, index) => ({ path: `f${index}`, compressedBytes }))
      const measured = rest + costs.reduce((sum, cost) => sum + cost, 0)
      const chosen = choosePruning(measured, limit, folders)
      if (chosen === undefined) return assert.isAbove(rest, limit)
      const cost = (path: string) => costs[Number(path.slice(1))] ?? 0
      const dropped = chosen.map(cost)
      const left = measured - dropped.reduce((sum, bytes) => sum + bytes, 0)
      assert.isAtMost(left, limit)
      if (chosen.length > 0) assert.isAbove(left + Math.min(...dropped), limit)
      const kept = folders.filter(({ path }) => !chosen.includes(path)).map(({ compressedBytes }) => compressedBytes)
      if (chosen.length > 0 && kept.length > 0) assert.isAtMost(Math.max(...kept), Math.min(...dropped))
    }
  )

  it("takes nothing from an archive that fits", () => {
    assert.deepStrictEqual(choosePruning(10, 10, [{ path: "dist", compressedBytes: 5 }]), [])
  })

  it("does not take a folder whose name merely begins alike", () => {
    const entries = [{ path: "a/dist/x" }, { path: "a/dist-types/x" }, { path: "a/dist" }]
    assert.deepStrictEqual(withoutFolders(entries, ["a/dist"]).map(({ path }) => path), ["a/dist-types/x", "a/dist"])
  })

  it("copes with twice 120,000 entries", () => {
    const entries = Array.from(
      { length: 240_000 },
      (_, index) => ({ path: `${index % 2 === 0 ? "dist" : "app"}/${index}` })
    )
    assert.lengthOf(withoutFolders(entries, ["dist"]), 120_000)
  })
})
