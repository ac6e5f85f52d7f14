/** A job as people name it: its full id, or enough of its beginning or end to tell it apart within this project. */
import { JobId } from "@effect-oracle/core/domain/Ids"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import * as Argument from "effect/cli/Argument"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { project } from "./Here.ts"

export const jobArgument = Argument.String("job").pipe(
  Argument.withDescription("Id of the job, or enough of its beginning or end to tell it apart in this project")
)

const isJobId = Schema.is(JobId)
const fragment = /^[0-9a-f-]{4,35}$/
const searched = 10_000

/** Fails as `job_not_found`, or as `invalid_option` naming the jobs that fit. A job of another project needs its full id. */
export const findJobId = Effect.fn("JobArgument.findJobId")(function*(text: string) {
  const wanted = text.trim().toLowerCase().replace(/^oracle-/, "")
  if (isJobId(wanted)) return wanted
  if (!fragment.test(wanted)) return yield* oracleError("job_not_found", `'${text}' is no job id`)
  const store = yield* JobStore
  const { jobs } = yield* store.list({ projectId: yield* project, limit: searched })
  const fitting = jobs.filter(({ id }) => id.startsWith(wanted) || id.endsWith(wanted))
  const [first, second] = fitting
  if (first === undefined) {
    return yield* oracleError("job_not_found", `no job of this project begins or ends with '${text}'`)
  }
  if (second !== undefined) {
    return yield* oracleError("invalid_option", `'${text}' fits ${fitting.length} jobs: ${first.id}, ${second.id}, …`, {
      step: "give more of the id"
    })
  }
  return first.id
})

/** The named job, or without a name the newest one of this project. */
export const findJobOrNewest = Effect.fn("JobArgument.findJobOrNewest")(function*(text: Option.Option<string>) {
  if (Option.isSome(text)) return yield* findJobId(text.value)
  const store = yield* JobStore
  const { jobs: [newest] } = yield* store.list({ projectId: yield* project, limit: 1 })
  return newest?.id ?? (yield* oracleError("job_not_found", "this project has no jobs yet", {
    step: "ask something with 'oracle ask'; 'oracle status --all-projects' lists the jobs of other projects"
  }))
})
