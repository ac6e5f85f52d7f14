/** Back-off that all jobs of one site and account share, kept in memory by the host. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import type { Job } from "../domain/Job.ts"
import { elapsedMs } from "./Elapsed.ts"

const firstMs = 30_000
const longestMs = 900_000

/** Delay before attempt `failures` + 1: 30 s, doubling, at most 15 minutes. */
export const backOffMs = (failures: number): number => Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1))

interface Hold {
  readonly failures: number
  readonly untilMs: number
}

export class SiteThrottle extends Context.Service<SiteThrottle, {
  /** For how long no job of this account should touch the site. */
  readonly waitMs: (job: Pick<Job, "site" | "account">) => Effect.Effect<number>
  /** The site refused for now; answers how long until the next try, shared by the account's jobs. */
  readonly hit: (job: Pick<Job, "site" | "account">) => Effect.Effect<number>
  /** The site took a prompt: the next refusal starts from the shortest delay. */
  readonly clear: (job: Pick<Job, "site" | "account">) => Effect.Effect<void>
}>()("@effect-oracle/core/worker/SiteThrottle") {
  static readonly layer = Layer.effect(
    SiteThrottle,
    Effect.gen(function*() {
      const holds = yield* Ref.make<ReadonlyMap<string, Hold>>(new Map())
      const keyOf = (job: Pick<Job, "site" | "account">) => `${job.site}/${job.account}`

      const hit = Effect.fn("SiteThrottle.hit")(function*(job: Pick<Job, "site" | "account">) {
        const now = yield* elapsedMs
        return yield* Ref.modify(holds, (map) => {
          const held = map.get(keyOf(job))
          if (held !== undefined && held.untilMs > now) return [held.untilMs - now, map]
          const failures = (held?.failures ?? 0) + 1
          const untilMs = now + backOffMs(failures)
          return [untilMs - now, new Map(map).set(keyOf(job), { failures, untilMs })]
        })
      })

      return SiteThrottle.of({
        hit,
        waitMs: Effect.fn("SiteThrottle.waitMs")(function*(job: Pick<Job, "site" | "account">) {
          const now = yield* elapsedMs
          return Math.max(0, ((yield* Ref.get(holds)).get(keyOf(job))?.untilMs ?? now) - now)
        }),
        clear: (job) =>
          Ref.update(holds, (map) => {
            const next = new Map(map)
            next.delete(keyOf(job))
            return next
          })
      })
    })
  )
}
