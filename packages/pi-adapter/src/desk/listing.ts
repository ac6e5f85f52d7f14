/** `/oracle-status` and `/oracle-clean`. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { JobFiles } from "@effect-oracle/core/store/JobFiles"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { ago, plural } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import { clean, cleanAll } from "@effect-oracle/core/upkeep/Clean"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Describe from "./Describe.ts"
import * as Jobs from "./Jobs.ts"
import { succeeded } from "./Outcome.ts"
import { ask, type Asked } from "./Person.ts"
import { type Place, project } from "./Place.ts"

const listed = 10

/** One job, or the newest of the project. */
export const status = Effect.fn("/oracle-status")(function*(place: Place, text: string) {
  const store = yield* JobStore
  const now = yield* DateTime.now
  if (text !== "") {
    const job = yield* Jobs.find(place, text)
    const paths = (yield* StateDirs).job(job.id)
    return succeeded(Describe.facts(job, paths, now).join("\n"), { summary: job.status, job: Jobs.factsOf(job) })
  }
  const { jobs, quarantined } = yield* store.list({ projectId: yield* project(place), limit: listed })
  const lines = jobs.map((job) => {
    const asked = ago(DateTime.toEpochMillis(now) - DateTime.toEpochMillis(job.createdAt))
    const own = job.sessionId === place.session?.id ? " (this session)" : ""
    return `${job.id}  ${job.site}  asked ${asked}${own}  ${Describe.standing(job, now)}`
  })
  const damaged = quarantined.map(({ id }) =>
    `${sanitiseLine(id)}  its record cannot be read; 'oracle doctor' says more`
  )
  const others = (yield* (yield* JobFiles).foreign).slice(0, listed).map((folder) =>
    `${sanitiseLine(folder)}  of another tool; left alone`
  )
  const all = [...lines, ...damaged, ...others]
  return succeeded(all.length === 0 ? "no oracle jobs in this project yet" : all.join("\n"), {
    summary: plural(jobs.length, "job")
  })
})

export const cleanCommand = Effect.fn("/oracle-clean")(function*(place: Place, person: Asked, text: string) {
  if (text === "") {
    return yield* oracleError("usage_error", "no job was named", {
      step: "/oracle-clean <job> removes one, /oracle-clean all every ended job of this project"
    })
  }
  if (text !== "all") {
    const { id } = yield* Jobs.find(place, text)
    yield* clean(id)
    return succeeded(`removed ${id}`, { summary: "removed 1 job" })
  }
  const sure = person === null
    || (yield* ask(person, "Remove every ended oracle job of this project?", "Their answers and files go too."))
  if (!sure) return succeeded("nothing was removed", { summary: "nothing was removed" })
  const { refused, removed } = yield* cleanAll({ projectId: yield* project(place) })
  const kept = refused.map(({ error, id }) => `kept ${id}: ${sanitiseLine(error.message)}`)
  const summary = `removed ${plural(removed.length, "job")}`
  return succeeded([summary, ...kept].join("\n"), { summary })
})
