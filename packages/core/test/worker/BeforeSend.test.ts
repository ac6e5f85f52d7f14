import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { AccountName } from "../../src/domain/Ids.ts"
import { oracleError } from "../../src/error/OracleError.ts"
import { admitted, type Bench, bench, runToEnd } from "./support/Bench.ts"
import { dirs } from "./support/Fakes.ts"
import { crash, pages } from "./support/FakeSite.ts"
import { fails, nothingLeft, run } from "./support/runJob.ts"

describe("trouble before the send", () => {
  const cases: ReadonlyArray<readonly [string, (parts: Bench) => void, string]> = [
    ["login", ({ site }) => (site.page = pages.login), "login_required"],
    ["a challenge", ({ site }) => (site.page = pages.challenge), "challenge_blocking"],
    ["an outage that lasts", ({ site }) => (site.page = pages.outage), "outage"],
    ["a page that nobody knows", ({ site }) => (site.page = pages.strange), "page_unknown"],
    [
      "a model that is not offered",
      ({ site }) => (site.fault = fails("selectModel", 1, oracleError("model_unavailable", "no Pro"))),
      "model_unavailable"
    ],
    [
      "an upload without proof",
      ({ site }) => (site.fault = fails("attach", 1, oracleError("upload_failed", "no chip"))),
      "upload_failed"
    ],
    [
      "a composer that changes the prompt",
      ({ site }) => (site.fault = fails("compose", 1, oracleError("prompt_not_faithful", "differs"))),
      "prompt_not_faithful"
    ],
    [
      "an upload that never ends",
      ({ site }) => (site.fault = (action) => action === "attach" ? Effect.never : undefined),
      "step_timeout"
    ],
    [
      "a browser that does not start",
      ({ site }) => (site.fault = fails("open", 9, oracleError("browser_launch_failed", "no display"))),
      "browser_launch_failed"
    ],
    [
      "a seed that cannot be cloned",
      ({ seeds }) => (seeds.cloning = oracleError("seed_invalid", "torn")),
      "seed_invalid"
    ],
    ["a clone that never ends", ({ seeds }) => (seeds.cloning = Effect.never), "step_timeout"],
    [
      "a defect in the driver",
      ({ site }) => (site.fault = (action) => action === "attach" ? Effect.die("bug") : undefined),
      "internal_error"
    ],
    ["a browser that is lost each time", ({ site }) => (site.fault = fails("attach", 9, crash())), "browser_crashed"]
  ]
  for (const [name, prepare, code] of cases) {
    it.effect(`ends the job as ${code} for ${name}, with nothing sent and nothing left`, () =>
      Effect.gen(function*() {
        const done = yield* run(prepare)
        assert.strictEqual(done.job.phase, "failed")
        assert.strictEqual(done.job.error?.code, code)
        assert.deepStrictEqual(done.site.sends, [])
        assert.isTrue(done.files.files.has(dirs.job(done.job.id).archive("tar.zst")))
        nothingLeft(done)
      }))
  }

  it.effect("saves diagnostics of the page that stood in the way", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => (site.page = pages.strange))
      assert.deepStrictEqual(site.diagnosed, [`${dirs.job(job.id).diagnostics}/verifying_auth-1`])
    }))

  it.effect("names the job and the profile in the next step", () =>
    Effect.gen(function*() {
      const toLogin = ({ site }: Bench) => (site.page = pages.login)
      const { job } = yield* run(toLogin)
      assert.include(job.error?.nextStep, "'oracle auth practice'")
      assert.include(job.error?.nextStep, job.id)
      const atWork = yield* run(toLogin, { account: AccountName.make("work") })
      assert.include(atWork.job.error?.nextStep, "'oracle auth practice --account work'")
    }))

  it.effect("outlives a short outage by loading the page anew", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.page = pages.outage
        site.fault = (action, nth) => action === "reload" && nth === 2 ? Effect.sync(() => site.ready()) : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("starts again, at most three times, when the browser is lost", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => (site.fault = fails("attach", 2, crash())))
      assert.strictEqual(done.job.phase, "complete")
      assert.strictEqual(done.site.opened, 3)
      assert.strictEqual(done.site.sends.length, 1)
      nothingLeft(done)
    }))

  it.effect("refuses a prompt file that is not the one that was submitted", () =>
    Effect.gen(function*() {
      const parts = bench()
      const job = yield* Effect.gen(function*() {
        const id = yield* admitted(parts)
        parts.files.files.set(dirs.job(id).prompt, "something else")
        return yield* runToEnd(id)
      }).pipe(Effect.provide(parts.layer))
      assert.strictEqual(job.error?.code, "storage_failed")
      assert.deepStrictEqual(parts.site.sends, [])
    }))
})

describe("a site that limits its rate", () => {
  it.effect("waits without a browser and sends once the limit is over", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => {
        site.page = pages.limited
        site.fault = (action, nth) => action === "open" && nth === 2 ? Effect.sync(() => site.ready()) : undefined
      })
      assert.strictEqual(done.job.phase, "complete")
      assert.strictEqual(done.site.opened, 3)
      assert.strictEqual(done.site.sends.length, 1)
      nothingLeft(done)
    }))

  const steps = [["selectModel", "model_unverified"], ["attach", "upload_failed"], [
    "compose",
    "prompt_not_faithful"
  ]] as const
  for (const [step, code] of steps) {
    it.effect(`waits for a rate limit that shows while ${step} fails`, () =>
      Effect.gen(function*() {
        const done = yield* run(({ site }) => {
          site.fault = (action, nth) => {
            if (action === "open" && nth === 1) return Effect.sync(() => site.ready())
            if (action !== step || nth > 0) return undefined
            site.page = pages.limited
            return Effect.fail(oracleError(code, "torn"))
          }
        })
        assert.strictEqual(done.job.phase, "complete", done.job.error?.code)
        assert.strictEqual(done.site.opened, 2)
        assert.strictEqual(done.site.sends.length, 1)
        nothingLeft(done)
      }))
  }

  it.effect("sends again after the send itself was refused for now", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.outcome = (nth) =>
          nth < 3
            ? { arrives: false, outcome: { _tag: "Refused", evidence: "status 429", httpStatus: 429 } }
            : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("waits for a limit that the page shows instead of taking the prompt", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.outcome = (nth) => {
          if (nth > 2) return undefined
          site.page = pages.limited
          return {
            arrives: false,
            outcome: { _tag: "Refused", evidence: "the full draft still stands", httpStatus: null }
          }
        }
        site.fault = (action, nth) => action === "open" && nth > 0 ? Effect.sync(() => site.ready()) : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("gives up when the limit outlasts the job", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => (site.page = pages.limited))
      assert.strictEqual(done.job.error?.code, "rate_limited")
      assert.deepStrictEqual(done.site.sends, [])
      nothingLeft(done)
    }))
})
