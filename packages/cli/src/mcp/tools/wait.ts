/** `oracle_wait`: waits for the end of a job, for a bounded time. Ending the wait leaves the job alone. */
import { isEnded } from "@effect-oracle/core/domain/JobPhase"
import { Oracle } from "@effect-oracle/core/Oracle"
import { duration } from "@effect-oracle/core/text/Format"
import { phaseLine } from "@effect-oracle/core/text/PhaseWords"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { withOracle } from "../../graph/withOracle.ts"
import { JobBrief, jobBrief } from "../JobBrief.ts"
import { progressOf } from "../Progress.ts"
import { jobOf } from "../ProjectScope.ts"
import { register } from "../Tool.ts"

/** Most clients give a call up after 60 s. */
const defaultSeconds = 45
const maxSeconds = 3600
const signOfLife = "5 seconds"

export const wait = register({
  name: "oracle_wait",
  title: "Wait for an oracle job",
  description: `Waits until an oracle job ends, ${defaultSeconds} s unless told otherwise, and says where it stands. `
    + "Progress is reported meanwhile. When 'ended' is false the job goes on: wait again, or do something else and come "
    + "back; answers of pro models take many minutes. When it has ended, oracle_read gives the answer.",
  hints: { readOnly: true, destructive: false, idempotent: true, openWorld: false },
  input: Schema.Struct({
    jobId: Schema.String.annotate({ description: "Id of the job" }),
    timeoutSeconds: Schema.optionalKey(
      Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxSeconds })).annotate({
        description: `Wait so long at most (default ${defaultSeconds}); more only if the client allows long calls`
      })
    )
  }),
  output: Schema.Struct({ job: JobBrief, ended: Schema.Boolean, nextStep: Schema.String }),
  handle: ({ jobId, timeoutSeconds = defaultSeconds }) =>
    withOracle(Effect.gen(function*() {
      const oracle = yield* Oracle
      const report = yield* progressOf
      const { createdAt, id } = yield* jobOf(jobId)
      const show = Effect.gen(function*() {
        const now = yield* DateTime.now
        const age = duration(DateTime.toEpochMillis(now) - DateTime.toEpochMillis(createdAt))
        yield* report(`${phaseLine(yield* oracle.get(id), now)} · ${age}`)
      })
      const following = Stream.runForEach(oracle.changes(id), (job) => isEnded(job.phase) ? Effect.void : show)
      const ticking = Effect.repeat(show, Schedule.spaced(signOfLife))
      yield* Effect.raceFirst(following, Effect.andThen(ticking, Effect.never)).pipe(
        Effect.timeoutOrElse({ duration: `${timeoutSeconds} seconds`, orElse: () => Effect.void })
      )
      const job = jobBrief(yield* oracle.get(id), yield* DateTime.now)
      return { output: { job, ended: job.ended, nextStep: nextStep(job) } }
    }))
})

const nextStep = (job: typeof JobBrief.Encoded): string => {
  if (!job.ended) return "the job goes on; call oracle_wait again"
  if (job.error !== null) {
    return job.answer === null ? job.error.nextStep : `oracle_read gives what was saved; ${job.error.nextStep}`
  }
  return job.answer === null ? "there is no answer" : "call oracle_read"
}
