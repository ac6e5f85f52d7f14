import { AccountName } from "@effect-oracle/core/domain/Ids"
import { assert, describe, it } from "@effect/vitest"
import { findingsOf } from "../../src/doctor/site.ts"

describe("what doctor says of a page", () => {
  it("names the profile that has to sign in", () => {
    const survey = {
      label: "ChatGPT",
      url: "https://chatgpt.com/",
      state: { name: "login_required", evidence: ["a sign-in control"] },
      notices: [],
      parts: [],
      screenshot: null
    } as const
    const stepFor = (account: string) =>
      findingsOf({ site: "chatgpt", account: AccountName.make(account) }, survey)[0]?.nextStep
    assert.strictEqual(stepFor("default"), "run 'oracle auth chatgpt'")
    assert.strictEqual(stepFor("work"), "run 'oracle auth chatgpt --account work'")
  })
})
