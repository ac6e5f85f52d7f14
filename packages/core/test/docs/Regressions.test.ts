import { assert, describe, it } from "@effect/vitest"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { regressionsDoc, regressionsDocFile, stateOf } from "../../../../build/regressions-doc.ts"
import { lists, regressions } from "../../../../build/regressions/all.ts"
import { expectations } from "../../../browser/test/scenarios/Expectations.ts"

const packages = join(import.meta.dirname, "../../..")

/** As a string or as a template, the way a test names itself. */
const isIn = (text: string, title: string): boolean =>
  text.includes(`"${title.replaceAll("\"", "\\\"")}"`) || text.includes(`\`${title}\``)

describe("the table of regressions", () => {
  it("has every entry once, each with its tests, scenarios, reason or plan", () => {
    const wanted = Object.entries(lists).flatMap(([prefix, count]) =>
      Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`)
    )
    assert.deepStrictEqual(regressions.map(({ id }) => id).toSorted(), wanted.toSorted())
    const bare = regressions.filter(({ planned, reason, scenarios, tests }) =>
      tests.length + scenarios.length === 0 && reason === null && planned === null
    )
    assert.deepStrictEqual(bare, [])
  })

  it("names only tests that are there", () => {
    const missing = regressions.flatMap(({ id, tests }) =>
      tests.filter(({ file, title }) => {
        const path = join(packages, file)
        return !existsSync(path) || !isIn(readFileSync(path, "utf8"), title)
      }).map(({ file, title }) => `${id}: ${file}: ${title}`)
    )
    assert.deepStrictEqual(missing, [])
  })

  it("names only scenarios that are run", () => {
    const unknown = regressions.flatMap(({ scenarios }) => scenarios.filter((name) => !(name in expectations)))
    assert.deepStrictEqual(unknown, [])
  })

  it("says of each planned entry which package is to cover it", () => {
    const open = regressions.filter((entry) => stateOf(entry) === "planned")
    assert.isTrue(open.every(({ planned }) => existsSync(join(packages, planned ?? "?"))))
    const names = open.map(({ id, planned }) => `${id} (${planned})`).join(", ")
    process.stdout.write(`regressions still planned: ${open.length} ${names}\n`)
  })

  it("is the page in docs (else: node build/regressions-doc.ts)", () => {
    assert.strictEqual(readFileSync(regressionsDocFile, "utf8"), regressionsDoc())
  })
})
