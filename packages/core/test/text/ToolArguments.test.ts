import { assert, describe, it } from "@effect/vitest"
import { errorTable } from "../../src/error/ErrorTable.ts"
import { flagsAsArguments } from "../../src/text/ToolArguments.ts"

describe("a next step for somebody who has tools", () => {
  it.each([
    ["run it with the same --files", "run it with the same files"],
    ["leave something out: --files '!data/' (2 MiB)", "leave something out: '!data/' in files (2 MiB)"],
    ["select folders with --files", "select folders in files"],
    ["leave out --temporary, or the conversation", "leave out temporary, or the conversation"],
    ["or use --preset current", "or use preset current"],
    ["'oracle auth chatgpt --state-file FILE'", "'oracle auth chatgpt --state-file FILE'"]
  ])("names arguments instead of flags: %s", (step, expected) => {
    assert.strictEqual(flagsAsArguments(step), expected)
  })

  it("names no flag of a submission for any error", () => {
    for (const [code, { nextStep }] of Object.entries(errorTable)) {
      const step = flagsAsArguments(nextStep)
      assert.notMatch(step, /--(files|attach|queue|preset|format|temporary|prompt|allow-secret-file)\b|(^| )-p /, code)
    }
  })
})
