/** `oracle_cancel`: ends a job and says what happened. */
import { Oracle } from "@effect-oracle/core/Oracle"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { withOracle } from "../../graph/withOracle.ts"
import { cancelOutcome } from "../../render/CancelOutcome.ts"
import { JobBrief, jobBrief } from "../JobBrief.ts"
import { jobOf } from "../ProjectScope.ts"
import { register } from "../Tool.ts"

export const cancel = register({
  name: "oracle_cancel",
  title: "Cancel an oracle job",
  description:
    "Ends a queued or running oracle job for good. Nothing is pressed on the site: where the prompt was sent, "
    + "the site may go on answering in its conversation. A job that is complete stays complete.",
  hints: { readOnly: false, destructive: true, idempotent: true, openWorld: false },
  input: Schema.Struct({
    jobId: Schema.String.annotate({ description: "Id of the job" }),
    reason: Schema.optionalKey(Schema.String.annotate({ description: "Kept with the job" }))
  }),
  output: Schema.Struct({ job: JobBrief, outcome: Schema.String }),
  handle: ({ jobId, reason }) =>
    withOracle(Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* jobOf(jobId)
      const job = yield* oracle.cancel(id, (reason ?? "cancelled by an agent").slice(0, 200))
      return { output: { job: jobBrief(job, yield* DateTime.now), outcome: cancelOutcome(job) } }
    }))
})
