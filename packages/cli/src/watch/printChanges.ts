/** `oracle watch` without a terminal: a line for each change, until no job is open any more. */
import type { ProjectId } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import { isEnded } from "@effect-oracle/core/domain/JobPhase"
import { phaseLine } from "@effect-oracle/core/text/PhaseWords"
import { escapeJson, sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { jobView } from "../render/JobView.ts"
import { Screen } from "../render/Screen.ts"
import { jobsOf } from "./jobsOf.ts"

export interface PrintRequest {
  readonly projectId: ProjectId | null
  readonly json: boolean
}

/** Jobs that had ended before are left out. */
export const printChanges = Effect.fn("printChanges")(function*({ json, projectId }: PrintRequest) {
  const screen = yield* Screen
  const said = new Map<string, string>()
  let first = true
  yield* jobsOf(projectId).pipe(
    Stream.takeUntil((jobs) => jobs.every(({ phase }) => isEnded(phase))),
    Stream.runForEach((jobs) =>
      Effect.gen(function*() {
        const now = yield* DateTime.now
        for (const job of jobs.toReversed()) {
          const mark = markOf(job)
          const news = said.get(job.id) !== mark && !(first && isEnded(job.phase))
          said.set(job.id, mark)
          if (news) yield* screen.print(json ? jsonLine(job) : textLine(job, now))
        }
        first = false
      })
    )
  )
  yield* screen.note("no job is open")
})

/** What makes a line worth printing; counted characters do not. */
const markOf = ({ blocked, phase, progress }: Job): string =>
  `${phase} ${blocked?.reason ?? ""} ${progress?.stage ?? ""}`

const jsonLine = (job: Job): string => escapeJson(JSON.stringify({ job: jobView(job) }))

const textLine = (job: Job, now: DateTime.Utc): string =>
  `${DateTime.formatIso(now)}  ${job.id}  ${
    sanitiseLine(job.error === null ? phaseLine(job, now) : `${phaseLine(job, now)}: ${job.error.message}`)
  }`
