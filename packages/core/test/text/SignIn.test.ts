import { assert, describe, it } from "@effect/vitest"
import { AccountName } from "../../src/domain/Ids.ts"
import { oracleError } from "../../src/error/OracleError.ts"
import { withoutJob } from "../../src/text/SignIn.ts"

describe("the failure of a sign-in", () => {
  const told = withoutJob({ site: "chatgpt", account: AccountName.make("work") })

  it("names the profile in its next step, and keeps its facts", () => {
    const error = told(oracleError("sign_in_timeout", "nobody signed in", { facts: { ms: 1 } }))
    assert.include(error.nextStep, "run 'oracle auth chatgpt --account work' again")
    assert.deepStrictEqual(error.facts, { ms: 1 })
  })

  it("sends nobody to a job", () => {
    assert.notInclude(told(oracleError("page_unknown", "no composer")).nextStep, "job")
  })
})
