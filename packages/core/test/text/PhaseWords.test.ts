import { assert, describe, it } from "@effect/vitest"
import { DateTime } from "effect"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import { AccountName } from "../../src/domain/Ids.ts"
import { phaseLine, windowNotice } from "../../src/text/PhaseWords.ts"
import { jobRecord } from "../store/fixtures.ts"

const headed = { ...defaultConfig, browser: { ...defaultConfig.browser, runMode: "headed" as const } }

describe("the words of a phase", () => {
  it("say that a window appears, before the job and when its browser starts, and only where one does", () => {
    const now = DateTime.makeUnsafe(0)
    const starting = jobRecord(1, { phase: "launching_browser", status: "submitted" })
    assert.notInclude(phaseLine(starting, now), "window")
    assert.include(phaseLine({ ...starting, config: headed }, now), "window")
    assert.isNull(windowNotice(defaultConfig))
    assert.include(windowNotice(headed) ?? "", "window appears")
  })

  it("name the profile that a person signs in to, so that the job goes on and no other", () => {
    const now = DateTime.makeUnsafe(0)
    const blocked = { reason: "login", since: now, retryAt: null } as const
    const job = jobRecord(1, { phase: "awaiting_response", status: "waiting", blocked, site: "grok" })
    assert.include(phaseLine(job, now), "run 'oracle auth grok' and")
    const atWork = { ...job, account: AccountName.make("work") }
    assert.include(phaseLine(atWork, now), "run 'oracle auth grok --account work' and")
  })
})
