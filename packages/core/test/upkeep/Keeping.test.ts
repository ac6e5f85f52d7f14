import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import type { Job } from "../../src/domain/Job.ts"
import { emptyCleanup, emptyWakeUp } from "../../src/domain/JobTransition.ts"
import { expiryOf, holdOf, isDue } from "../../src/upkeep/Keeping.ts"
import { type SweepMark, timingOf } from "../../src/upkeep/SweepMark.ts"
import { jobRecord, start } from "../store/fixtures.ts"

const hour = 3_600_000
const day = 24 * hour
const after = (ms: number) => DateTime.add(start, { milliseconds: ms })
const ended = (status: "complete" | "failed" | "cancelled", part: Partial<Job> = {}) =>
  jobRecord(1, { status, phase: status, phaseAt: start, completedAt: start, ...part })

describe("the retention of a job", () => {
  it("is 14 days for complete and cancelled jobs and 30 for failed ones", () => {
    for (const [status, days] of [["complete", 14], ["cancelled", 14], ["failed", 30]] as const) {
      assert.isFalse(isDue(ended(status), false, after(days * day - 1)), status)
      assert.isTrue(isDue(ended(status), false, after(days * day)), status)
    }
  })

  it("follows the configuration that the job was submitted with", () => {
    const { config } = jobRecord(1)
    const cleanup = { completeJobRetentionMs: 100 * day, failedJobRetentionMs: 1 }
    const job = ended("complete", { config: { ...config, cleanup } })
    assert.deepStrictEqual(expiryOf(job), after(100 * day))
  })

  it("never ends for a job that is open, whatever its age", () => {
    for (const phase of ["preparing", "queued", "submitted", "sending", "awaiting_response"] as const) {
      assert.deepStrictEqual(holdOf(jobRecord(1, { phase }), false, after(1000 * day)), { _tag: "Active" })
    }
  })

  it("waits for whoever was just woken, for two minutes, also when the clock was set back meanwhile", () => {
    const job = ended("complete", { wakeUp: { ...emptyWakeUp, lastRequestedAt: after(20 * day) } })
    assert.isFalse(isDue(job, false, after(20 * day + 119_999)))
    assert.isFalse(isDue(job, false, after(20 * day - 60_000)))
    assert.isTrue(isDue(job, false, after(20 * day + 120_000)))
    const hold = holdOf(job, false, after(20 * day))
    assert.deepStrictEqual(hold, { _tag: "Grace", reason: "a wake-up was just sent", until: after(20 * day + 120_000) })
  })

  it("waits while a clean-up is pending or a worker still holds a lease, and says when to ask again", () => {
    const pending = ended("failed", { cleanup: { ...emptyCleanup, pending: true, lastAt: start } })
    assert.isFalse(isDue(pending, false, after(99 * day)))
    assert.isFalse(isDue(ended("failed"), true, after(99 * day)))
    const untilOf = (job: Job, now: DateTime.Utc) => {
      const hold = holdOf(job, false, now)
      return hold?._tag === "Grace" ? hold.until : null
    }
    assert.deepStrictEqual(untilOf(pending, after(1000)), after(180_000))
    assert.deepStrictEqual(untilOf(pending, after(day)), after(day + 180_000))
  })
})

describe("the time of a sweep", () => {
  const at = (wallMs: number, steadyMs: number, bootId = "boot"): SweepMark => ({
    schemaVersion: 1,
    bootId,
    wallMs,
    steadyMs,
    heldSinceMs: null
  })
  const timing = (last: SweepMark | null, now: SweepMark) => timingOf(last, now)

  it("is the first one, and then once an hour", () => {
    assert.strictEqual(timing(null, at(0, 0))._tag, "Sweep")
    assert.strictEqual(timing(at(0, 0), at(hour - 1, hour - 1))._tag, "TooSoon")
    assert.strictEqual(timing(at(0, 0), at(hour, hour))._tag, "Sweep")
  })

  it("is put off for a day when the clock moved by more than a day in either direction", () => {
    for (const moved of [-20 * day, 20 * day]) {
      const held = timing(at(0, 0), at(moved + hour, hour))
      if (held._tag !== "Held") return assert.fail(held._tag)
      assert.strictEqual(held.movedMs, moved)
      const soon = timing(held.mark, at(moved + 2 * hour, 2 * hour))
      if (soon._tag !== "Held") return assert.fail(soon._tag)
      assert.strictEqual(timing(soon.mark, at(moved + 2 * day, 2 * day))._tag, "Sweep")
    }
    assert.strictEqual(timing(at(0, 0), at(day + hour, hour + 1))._tag, "Sweep")
  })

  it("comes again after a reboot, whatever the clock says", () => {
    const held = timing(at(0, 0), at(20 * day, hour))
    assert.strictEqual(held._tag, "Held")
    if (held._tag !== "TooSoon") assert.strictEqual(timing(held.mark, at(40 * day, 0, "next"))._tag, "Sweep")
  })
})
