import { namedInPrompt, resolve, scenarios } from "@effect-oracle/practice/Scenario"
import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"

describe("Scenario", () => {
  it("is described in the README, each", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
    for (const name of Object.keys(scenarios)) assert.include(readme, `| \`${name}\``)
  })

  it("lets the later name and then the override win", () => {
    const behaviour = resolve(["slow", "natural"], { tokenDelayMs: 1 })
    assert.strictEqual(behaviour.thinkingMs, 2_500)
    assert.strictEqual(behaviour.thinkingLabel, "Pro thinking")
    assert.strictEqual(behaviour.tokenDelayMs, 1)
  })

  it("is found in a prompt only as a word of its own", () => {
    assert.deepStrictEqual(namedInPrompt("do practice:files and practice:nonsense, not mypractice:slow"), ["files"])
  })

  it("has a refusal for a name that does not exist", () => {
    assert.throws(() => resolve(["nonsense"]), /No scenario "nonsense"/)
  })
})
