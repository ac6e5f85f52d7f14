import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, FileSystem, Path, Schema } from "effect"
import { projectOf, rootOf, type Step } from "../../src/domain/Project.ts"

/** Makes a tree under a temporary home and asks for the project of a directory in it. */
const projectIn = (tree: ReadonlyArray<string>, cwd: string, variables: Record<string, string> = {}) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const home = yield* Effect.flatMap(fs.makeTempDirectoryScoped(), fs.realPath)
    for (const entry of [...tree, `${cwd}/`]) {
      const full = path.join(home, entry)
      yield* fs.makeDirectory(entry.endsWith("/") ? full : path.dirname(full), { recursive: true })
      if (!entry.endsWith("/")) yield* fs.writeFileString(full, "")
    }
    const env: Record<string, string> = { HOME: home, ...variables }
    for (const [name, value] of Object.entries(env)) {
      if (value.startsWith("~")) env[name] = home + value.slice(1)
    }
    const root = yield* projectOf(path.join(home, cwd)).pipe(
      Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(env)))
    )
    return path.relative(home, root)
  }).pipe(Effect.provide(NodeServices.layer))

describe("the project of a directory", () => {
  const cases: ReadonlyArray<readonly [string, ReadonlyArray<string>, string, string]> = [
    ["is the git root", ["p/.git/"], "p/src/deep", "p"],
    ["is the git root of a worktree, whose .git is a file", ["p/.git"], "p/src", "p"],
    ["is the nearest folder with AGENTS.md below the git root", ["p/.git/", "p/a/AGENTS.md"], "p/a/src", "p/a"],
    ["is the nearest folder with .oracle", ["p/.git/", "p/.oracle/", "p/a/.oracle/"], "p/a/src", "p/a"],
    ["is the nearest folder with .pi", ["p/.git/", "p/a/.pi/extensions/oracle.json"], "p/a/src", "p/a"],
    ["is not widened by a marker above the git root", ["AGENTS.md", "w/AGENTS.md", "w/p/.git/"], "w/p/src", "w/p"],
    ["is not widened by a git root further up", ["w/.git/", "w/p/AGENTS.md"], "w/p/src", "w/p"],
    ["is the directory itself where nothing marks one", [], "a/b", "a/b"],
    ["is never home, whatever lies there", [".git/", "AGENTS.md", ".pi/"], "a/b", "a/b"]
  ]
  for (const [name, tree, cwd, root] of cases) {
    it.effect(name, () => Effect.map(projectIn(tree, cwd), (found) => assert.strictEqual(found, root)))
  }

  it.effect("does not take the global directory of pi for a mark", () =>
    Effect.map(
      projectIn(["x/.pi/agent/"], "x/a", { PI_CODING_AGENT_DIR: "~/x/.pi/agent" }),
      (found) => assert.strictEqual(found, "x/a")
    ))

  it.effect("fails as usage_error for a directory that is not there", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(projectOf("/no/such/directory"))
      assert.strictEqual(error.code, "usage_error")
    }).pipe(Effect.provide(NodeServices.layer)))
})

const Walk = Schema.Array(
  Schema.Struct({ marked: Schema.Boolean, git: Schema.Boolean, forbidden: Schema.Boolean })
).check(Schema.isMinLength(1), Schema.isMaxLength(8))

describe("rootOf", () => {
  const steps = (walk: typeof Walk.Type): ReadonlyArray<Step> =>
    walk.map((step, index) => ({ ...step, directory: `d${index}` }))

  it.prop("never answers a forbidden directory, save the cwd itself", [Walk], ([walk]) => {
    const root = rootOf(steps(walk))
    const found = steps(walk).find((step) => step.directory === root)
    assert.isTrue(root === "d0" || found?.forbidden === false)
  })

  it.prop("never looks past the first git directory or the first forbidden one", [Walk], ([walk]) => {
    const end = walk.findIndex((step) => step.git || step.forbidden)
    const cut = end === -1 ? walk : walk.slice(0, end + 1)
    assert.strictEqual(rootOf(steps(walk)), rootOf(steps(cut)))
  })

  it.prop("answers the nearest mark", [Walk], ([walk]) => {
    const index = walk.findIndex((step) => step.marked || step.git || step.forbidden)
    const expected = index === -1 || walk[index]?.forbidden === true ? "d0" : `d${index}`
    assert.strictEqual(rootOf(steps(walk)), expected)
  })
})
