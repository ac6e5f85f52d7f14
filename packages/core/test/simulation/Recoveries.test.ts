import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Script } from "./support/Script.ts"

const hour = 3_600_000

const script = (name: string, body: (script: Script) => void, part?: ConstructorParameters<typeof Script>[0]) =>
  it.effect(name, () =>
    Effect.sync(() => {
      const made = new Script(part)
      body(made)
      assert.deepStrictEqual(made.machine.violations, [])
    }))

describe("a send of which nothing was heard", () => {
  script("is found in the conversation that it follows up, also when it arrives late", (script) => {
    script.submit()
    assert.isTrue(script.until(() => script.ended()))
    const first = script.job()
    assert.strictEqual(first?.phase, "complete")
    if (first === undefined) return
    script.sends("late")
    script.submit({ followUpJobId: first.id, prompt: "and then?" })
    assert.isTrue(script.until(() => script.ended(1)))
    assert.strictEqual(script.job(1)?.phase, "complete")
    assert.strictEqual(script.arrivals(1), 1)
  }, { flightMs: [14_000, 15_000] })

  script("is sent again only after a real minute, whatever the clock says", (script) => {
    script.sends("late")
    script.submit()
    assert.isTrue(script.until(() => script.job()?.send.state === "attempting"))
    script.machine.world.wallOffsetMs += 5 * hour
    assert.isTrue(script.until(() => script.ended()))
    assert.strictEqual(script.job()?.phase, "complete")
    assert.strictEqual(script.arrivals(), 1)
  }, { historyLagMs: 40_000 })

  script(
    "does not take the answer of an older job that asked the same while the history was not readable",
    (script) => {
      script.submit()
      assert.isTrue(script.until(() => script.ended()))
      script.machine.site.historyDownUntil = Number.POSITIVE_INFINITY
      script.sends("lost")
      script.submit()
      assert.isTrue(script.until(() => script.job(1)?.send.state === "attempting"))
      script.machine.site.historyDownUntil = 0
      assert.isTrue(script.until(() => script.ended(1)))
      assert.strictEqual(script.job(1)?.error?.code, "send_outcome_unknown")
    }
  )

  script("is not taken for that of another job with the same prompt of which nothing was heard either", (script) => {
    script.sends("late", "lost")
    script.submit()
    script.submit()
    assert.isTrue(script.until(() => script.ended(0) && script.ended(1)))
    const ends = [0, 1].map((n) => script.job(n))
    assert.deepStrictEqual(ends.map((job) => job?.error?.code), ["send_outcome_unknown", "send_outcome_unknown"])
    assert.deepStrictEqual(script.machine.site.sends.map(({ conversation }) => conversation), ["k1"])
    const [one, two] = ends
    assert.include(one?.error?.message, two?.id)
    assert.include(one?.error?.message, "/c/k1")
    assert.include(two?.error?.message, "/c/k1")
    const sender = script.machine.site.sends[0]?.job
    if (sender !== undefined) script.programs.resume(sender, { conversation: "https://site.test/c/k1" })
    assert.isTrue(script.until(() => ends.some((_, n) => script.job(n)?.phase === "complete" && script.ended(n))))
    const other = ends.find((job) => job?.id !== sender)
    if (other !== undefined) script.programs.resume(other.id, {})
    assert.isTrue(script.until(() => [0, 1].every((n) => script.ended(n) && (script.job(n)?.attempt ?? 0) > 1)))
    const again = [0, 1].map((n) => script.job(n)).find((job) => job?.id === other?.id)
    assert.strictEqual(again?.error?.code, "send_outcome_unknown")
    assert.include(again?.error?.message, sender)
  }, { capacity: 2, flightMs: [10_000, 10_000] })

  script(
    "is taken although another job with the same prompt heard nothing, where that one had seen it before",
    (script) => {
      script.sends("noResponse", "lost")
      script.submit()
      script.submit()
      assert.isTrue(script.until(() => script.ended(0) && script.ended(1)))
      assert.deepStrictEqual([0, 1].map((n) => script.job(n)?.phase), ["complete", "complete"])
      assert.deepStrictEqual([0, 1].map((n) => script.arrivals(n)), [1, 1])
    },
    { capacity: 2 }
  )

  script("does not wait for hours when the clock was set back", (script) => {
    script.sends("lost")
    script.submit()
    assert.isTrue(script.until(() => script.job()?.send.state === "attempting"))
    script.machine.world.wallOffsetMs -= 5 * hour
    assert.isTrue(script.until(() => script.ended(), 600_000))
    assert.strictEqual(script.job()?.phase, "complete")
    assert.strictEqual(script.arrivals(), 1)
  })
})

describe("a wait for the answer", () => {
  script("counts what passed and not what the clock jumped", (script) => {
    script.submit()
    assert.isTrue(script.until(() => script.job()?.phase === "awaiting_response"))
    const began = script.machine.world.now
    script.machine.world.wallOffsetMs -= 5 * hour
    assert.isTrue(script.until(() => (script.job()?.observedMs ?? 0) > 0 || script.ended()))
    script.machine.world.wallOffsetMs += 9 * hour
    assert.isTrue(script.until(() => script.ended()))
    assert.strictEqual(script.job()?.phase, "complete")
    assert.isAtMost(script.job()?.observedMs ?? 0, script.machine.world.now - began)
  }, { longestAnswerMs: 120_000 })
})

describe("a job that failed", () => {
  script("keeps its archive when somebody cancels it then", (script) => {
    script.machine.site.challengeUntil = Number.POSITIVE_INFINITY
    script.submit({ archive: true })
    assert.isTrue(script.until(() => script.ended()))
    const failed = script.job()
    assert.strictEqual(failed?.phase, "failed")
    if (failed === undefined) return
    const command = script.programs.cancel(failed.id)
    assert.isTrue(script.until(() => !command.alive))
    script.machine.site.challengeUntil = 0
    script.programs.resume(failed.id, {})
    assert.isTrue(script.until(() => script.job()?.phase === "complete"))
  })

  script("is resumed within capacity while its worker still ends", (script) => {
    script.machine.site.challengeUntil = Number.POSITIVE_INFINITY
    script.submit()
    script.submit({ prompt: "what else?" })
    assert.isTrue(script.until(() => script.job()?.phase === "failed"))
    script.machine.site.challengeUntil = 0
    const failed = script.job()
    if (failed !== undefined) script.programs.resume(failed.id, {})
    assert.isTrue(script.until(() => script.ended(0) && script.ended(1)))
  }, { capacity: 1, closeMs: 5000 })
})

describe("a browser that resists its end", () => {
  script("is ended later although its host and its job are gone", (script) => {
    script.submit()
    assert.isTrue(script.until(() => script.job()?.phase === "verifying_auth"))
    const host = script.machine.host()
    if (host === null) return assert.fail("no host")
    script.machine.world.gone(host)
    const [browser] = script.machine.openBrowsers()
    assert.isDefined(browser)
    script.programs.look()
    assert.isTrue(script.until(() => browser?.stuck ?? false))
    script.machine.chaos = false
    const id = script.job()?.id
    if (id !== undefined) script.programs.cancel(id)
    assert.isTrue(script.until(() => script.job()?.phase === "cancelled"))
    const present = script.machine.host()
    if (present !== null) script.machine.world.gone(present)
    script.programs.look()
    assert.isTrue(script.until(() => script.machine.openBrowsers().length === 0))
    assert.isTrue(script.until(() => script.ended() && script.job()?.runtime === null))
  }, { orphans: 1, cleanTrouble: 1 })
})
