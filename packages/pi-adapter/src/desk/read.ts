/** `oracle_read` and `/oracle-read`: how a job stands and, once it has ended, its answer, labelled as untrusted. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { isEnded } from "@effect-oracle/core/domain/JobPhase"
import { Oracle } from "@effect-oracle/core/Oracle"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { plural } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { Read } from "../tools/Parameters.ts"
import * as Describe from "./Describe.ts"
import * as Jobs from "./Jobs.ts"
import { succeeded } from "./Outcome.ts"
import * as Place from "./Place.ts"
import { decode } from "./Requests.ts"
import { labelled, partOf } from "./Untrusted.ts"

export const readTool = Effect.fn("oracle_read")(function*(place: Place.Place, given: unknown) {
  const { jobId, offset } = yield* decode(Read, given)
  return yield* readJob(place, yield* Jobs.find(place, jobId), "oracle_read", offset ?? 0)
})

/** The named job, or without a name the newest of this session. */
export const readCommand = Effect.fn("/oracle-read")(function*(place: Place.Place, text: string) {
  const job = text === "" ? yield* Jobs.newest(place) : yield* Jobs.find(place, text)
  return yield* readJob(place, job, "/oracle-read", 0)
})

const readJob = Effect.fnUntraced(function*(place: Place.Place, job: Job, source: string, offset: number) {
  const oracle = yield* Oracle
  const paths = (yield* StateDirs).job(job.id)
  const now = yield* DateTime.now
  const lines = [...Describe.facts(job, paths, now)]
  const summary = `${job.id}: ${Describe.standing(job, now)}`
  if (!isEnded(job.phase)) {
    const hint = "The job has not ended. Do not poll: a reminder comes when it has."
    return succeeded([...lines, hint].join("\n"), { summary, job: Jobs.factsOf(job) })
  }
  const answer = yield* oracle.read(job.id, Place.reader(place, source))
  for (const { bytes, label, name } of answer.artifacts) {
    lines.push(
      name === null ? `not saved: ${sanitiseLine(label)}` : `file: ${sanitiseLine(name)} (${bytes ?? 0} bytes)`
    )
  }
  if (answer.markdown === "") return succeeded(lines.join("\n"), { summary, job: Jobs.factsOf(job) })
  const part = partOf(answer.markdown, offset)
  lines.push("", yield* labelled(job.site, part.text))
  if (part.next !== null) {
    lines.push(
      `${
        plural(answer.markdown.length - part.next, "character")
      } follow: call oracle_read with offset ${part.next}, or read `
        + (answer.partial ? paths.responsePartial : paths.responseMarkdown)
    )
  }
  return succeeded(lines.join("\n"), { summary, job: Jobs.factsOf(job) })
})
