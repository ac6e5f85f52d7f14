/** `oracle_list`: the jobs of this client's projects, the newest first. */
import { JobStatus } from "@effect-oracle/core/domain/JobPhase"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { withStore } from "../../graph/withStore.ts"
import { JobBrief, jobBrief } from "../JobBrief.ts"
import { projects } from "../ProjectScope.ts"
import { register } from "../Tool.ts"

const defaultLimit = 20

export const list = register({
  name: "oracle_list",
  title: "List oracle jobs",
  description: "Lists the oracle jobs of this project, the newest first.",
  hints: { readOnly: true, destructive: false, idempotent: true, openWorld: false },
  input: Schema.Struct({
    status: Schema.optionalKey(JobStatus.annotate({ description: "Only jobs in this status" })),
    limit: Schema.optionalKey(
      Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).annotate({
        description: `So many jobs at most (default ${defaultLimit})`
      })
    )
  }),
  output: Schema.Struct({ jobs: Schema.Array(JobBrief) }),
  handle: ({ limit = defaultLimit, status }) =>
    withStore(Effect.gen(function*() {
      const store = yield* JobStore
      const filter = { limit, ...(status === undefined ? {} : { statuses: [status] }) }
      const found = yield* Effect.forEach(yield* projects(), (projectId) => store.list({ ...filter, projectId }))
      const jobs = found.flatMap((listing) => listing.jobs).toSorted((a, b) => a.id < b.id ? 1 : -1).slice(0, limit)
      const now = yield* DateTime.now
      return { output: { jobs: jobs.map((job) => jobBrief(job, now)) } }
    }))
})
