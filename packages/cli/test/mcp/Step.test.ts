import { errorTable } from "@effect-oracle/core/error/ErrorTable"
import { assert, describe, it } from "@effect/vitest"
import { stepInMcp } from "../../src/mcp/Step.ts"

const job = "01a1fe86-834d-765d-966d-84ae20de6de8"

describe("a next step for an agent", () => {
  it.each([
    [`run 'oracle wait ${job}'`, `call oracle_wait with jobId ${job}`],
    ["run 'oracle status' to list the jobs of this project", "call oracle_list to list the jobs of this project"],
    ["run 'oracle pack' with the same --files to see", "call oracle_pack with the same files to see"],
    ["leave something out: --files '!data/' (2 MiB)", "leave something out: '!data/' in files (2 MiB)"],
    ["run 'oracle auth chatgpt'", "run 'oracle auth chatgpt'"],
    [`run 'oracle resume ${job}'`, `run 'oracle resume ${job}'`],
    ["let the person run 'oracle submit' in a terminal", "let the person run 'oracle submit' in a terminal"]
  ])("names the tool where there is one: %s", (step, expected) => {
    assert.strictEqual(stepInMcp(step), expected)
  })

  it("names no flag of the command line that a tool has an argument for", () => {
    for (const { nextStep } of Object.values(errorTable)) {
      assert.notMatch(
        stepInMcp(nextStep),
        /--(files|queue|preset|prompt-file|allow-secret-file)|oracle (status|wait|read|cancel|pack)\b/
      )
    }
  })
})
