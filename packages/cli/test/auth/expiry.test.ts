import { AccountName } from "@effect-oracle/core/domain/Ids"
import { assert, describe, it } from "@effect/vitest"
import { DateTime } from "effect"
import { expiryText } from "../../src/auth/expiry.ts"
import { seedFinding } from "../../src/doctor/seedFinding.ts"

const now = DateTime.makeUnsafe("2026-03-01T00:00:00Z")

const finding = (expiresIn: { readonly days?: number; readonly hours?: number } | null, account = "default") =>
  seedFinding("seed chatgpt", {
    site: "chatgpt",
    account: AccountName.make(account),
    directory: "/seeds/chatgpt/default",
    generation: 2,
    createdAt: DateTime.subtract(now, { days: 10 }),
    identity: "j***@example.com",
    sessionExpiresAt: expiresIn === null ? null : DateTime.add(now, expiresIn)
  }, now)

describe("the end of a login", () => {
  it("is warned of before it comes, with the command that renews it", () => {
    assert.strictEqual(finding({ days: 20 }).level, "ok")
    const soon = finding({ days: 2, hours: 5 }, "work")
    assert.deepStrictEqual([soon.level, soon.nextStep], ["warn", "run 'oracle auth chatgpt --account work'"])
    assert.include(soon.message, "the login ends in 2d 5h")
  })

  it("is a failure once it came, and nothing where the cookies do not say", () => {
    assert.deepStrictEqual([finding({ hours: -1 }).level, finding(null).level], ["fail", "ok"])
    assert.strictEqual(expiryText(null, now), "when the site ends it")
    assert.strictEqual(expiryText(DateTime.subtract(now, { hours: 1 }), now), "has ended")
  })
})
