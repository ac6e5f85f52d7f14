import { scenarios } from "@effect-oracle/practice/Scenario"
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { scenariosDoc, scenariosDocFile } from "../../../../build/scenarios-doc.ts"
import { expectations } from "./Expectations.ts"

describe("the table of scenarios", () => {
  it("says of each scenario of the practice site what a job comes to", () => {
    assert.deepStrictEqual(Object.keys(scenarios).filter((name) => expectations[name] === undefined), [])
  })

  it("names only scenarios that the practice site has", () => {
    const names = Object.keys(expectations).flatMap((name) => name.split("+"))
    assert.deepStrictEqual(names.filter((name) => scenarios[name] === undefined), [])
  })

  it("is in docs/reliability.md (else: node --conditions=oracle-source build/scenarios-doc.ts)", () => {
    const page = readFileSync(scenariosDocFile, "utf8")
    assert.strictEqual(page, scenariosDoc(page))
  })
})
