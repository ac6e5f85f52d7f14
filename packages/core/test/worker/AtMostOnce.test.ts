import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import { oracleError } from "../../src/error/OracleError.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { allEnded, hostBench, killHost, startHost } from "../host/support/HostBench.ts"
import { admitted, configWith, job, requestCancel, until } from "./support/Bench.ts"
import { crash, pages } from "./support/FakeSite.ts"

const count = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }))

/** What goes wrong at the nth run of an action. */
const Trouble = Schema.Struct({
  action: Schema.Literals([
    "open",
    "goto",
    "observe",
    "selectModel",
    "attach",
    "compose",
    "baseline",
    "send",
    "thread",
    "findThread",
    "probe",
    "extract",
    "download"
  ]),
  nth: count(3),
  kind: Schema.Literals(["crash", "outage", "defect", "slow", "hostDies", "limited", "cancel"])
})

/** Outcomes that a site may show for the sends, and whether the prompt arrived in truth. */
const Click = Schema.Struct({
  arrives: Schema.Boolean,
  tag: Schema.Literals(["Confirmed", "Refused", "Unproven"]),
  status: Schema.Literals([429, 500])
})

const config = configWith(defaultConfig, { completionTimeoutMs: 900_000, readyTimeoutMs: 20_000 })

describe("whatever goes wrong", () => {
  it.effect.prop(
    "a prompt is sent at most once, the job ends, and nothing is left",
    [Schema.Array(Trouble).check(Schema.isMaxLength(4)), Schema.Array(Click).check(Schema.isMaxLength(2))],
    ([troubles, clicks]) => {
      const parts = hostBench()
      return Effect.gen(function*() {
        const { site } = parts
        const store = yield* JobStore
        const id = yield* admitted(parts, { config })
        let died = 0
        site.answer = { ...site.answer, files: [{ key: "1", label: "a", kind: "file" }] }
        site.outcome = (nth) => {
          const click = clicks[nth]
          if (click === undefined) return undefined
          // A site that refuses has not taken the prompt, and one that confirms has: only silence is open.
          if (click.tag === "Refused") {
            return { arrives: false, outcome: { _tag: "Refused", evidence: "test", httpStatus: click.status } }
          }
          return click.tag === "Confirmed" ? undefined : {
            arrives: click.arrives,
            outcome: { _tag: "Unproven", evidence: "test" }
          }
        }
        site.fault = (action, nth) => {
          const trouble = troubles.find((one) => one.action === action && one.nth === nth)
          switch (trouble?.kind) {
            case undefined:
              return Effect.sleep(50)
            case "crash":
              return Effect.andThen(site.crash(), Effect.fail(crash()))
            case "outage":
              return Effect.fail(oracleError("outage", "down"))
            case "defect":
              return Effect.die(new Error("bug"))
            case "slow":
              return Effect.sleep(700_000)
            case "hostDies":
              died += 1
              return Effect.andThen(Effect.orDie(store.advanceEpoch), site.crash())
            case "limited":
              site.page = pages.limited
              return Effect.sync(() => void (site.page = pages.limited))
            case "cancel":
              return Effect.asVoid(Effect.orDie(Effect.provideService(requestCancel(id), JobStore, store)))
          }
        }
        yield* startHost()
        let restarted = 0
        let looks = 0
        yield* until(
          Effect.gen(function*() {
            looks += 1
            if (looks % 40 === 0) site.ready()
            if (restarted < died) {
              restarted = died
              yield* killHost(parts)
              yield* startHost()
            }
            return yield* allEnded([id])
          }),
          2000
        )
        assert.isAtMost(site.sends.length, 1)
        assert.strictEqual(site.openBrowsers, 0)
        assert.strictEqual(parts.seeds.runtimes.size, 0)
        assert.deepStrictEqual(yield* store.leases, [])
        const done = yield* job(id)
        if (done.phase === "complete") assert.strictEqual(site.sends.length, 1)
      }).pipe(Effect.provide(parts.layer))
    },
    { arbitrary: { runs: 60 } }
  )
})
