/** Jobs as a session sees them: its own project's, by as much of their id as tells them apart. */
import { JobId } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { JobFacts } from "./Outcome.ts"
import { type Place, project } from "./Place.ts"

const isJobId = Schema.is(JobId)
const fragment = /^[0-9a-f-]{4,35}$/
const searched = 1000

/** Fails as `job_not_found`, for jobs of other projects too, or as `invalid_option` naming those that fit. */
export const find = Effect.fn("Jobs.find")(function*(place: Place, text: string) {
  const store = yield* JobStore
  const root = yield* project(place)
  const wanted = text.trim().toLowerCase().replace(/^oracle-/, "")
  const absent = oracleError("job_not_found", `there is no job '${text.slice(0, 60)}' in this project`)
  if (isJobId(wanted)) {
    const job = yield* store.get(wanted).pipe(
      Effect.mapError((error) => error.code === "job_not_found" ? absent : error)
    )
    return job.projectId === root ? job : yield* absent
  }
  if (!fragment.test(wanted)) return yield* absent
  const { jobs } = yield* store.list({ projectId: root, limit: searched })
  const [first, second] = jobs.filter(({ id }) => id.startsWith(wanted) || id.endsWith(wanted))
  if (first === undefined) return yield* absent
  if (second === undefined) return first
  return yield* oracleError("invalid_option", `'${text}' fits several jobs, such as ${first.id} and ${second.id}`, {
    step: "give more of the id"
  })
})

/** The newest of this session, else of the project; fails as `job_not_found` where there is none. */
export const newest = Effect.fn("Jobs.newest")(function*(place: Place) {
  const store = yield* JobStore
  const { jobs } = yield* store.list({ projectId: yield* project(place), limit: 50 })
  const own = jobs.find((job) => place.session !== null && job.sessionId === place.session.id)
  return own ?? jobs[0] ?? (yield* oracleError("job_not_found", "this project has no jobs yet", {
    step: "ask the oracle with /oracle"
  }))
})

export const factsOf = (job: Job): JobFacts => ({ id: job.id, status: job.status, phase: job.phase, site: job.site })
