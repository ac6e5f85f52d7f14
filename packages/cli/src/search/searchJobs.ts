/** Looks through the prompt and answer files of jobs, the newest first, a few at a time. */
import type { ProjectId } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import { JobFiles } from "@effect-oracle/core/store/JobFiles"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Effect from "effect/Effect"
import { around, holdsAll, holdsOne } from "./Words.ts"

export interface Found {
  readonly job: Job
  readonly in: "prompt" | "answer"
  /** From 1. */
  readonly line: number
  readonly text: string
}

export interface SearchRequest {
  readonly words: ReadonlyArray<string>
  readonly limit: number
  readonly projectId?: ProjectId
}

const jobsAtMost = 10_000
const atOnce = 16
/** Of a long text only this much is looked at. */
const bytesAtMost = 4 * 1024 * 1024
const linesOfOne = 5

/** A file that is missing or cannot be read holds nothing. */
export const searchJobs = Effect.fn("searchJobs")(function*({ limit, projectId, words }: SearchRequest) {
  const store = yield* JobStore
  const { jobs } = yield* store.list({ limit: jobsAtMost, ...(projectId === undefined ? {} : { projectId }) })
  const matches: Array<Found> = []
  let searched = 0
  for (let at = 0; at < jobs.length && matches.length < limit; at += atOnce) {
    const part = jobs.slice(at, at + atOnce)
    const found = yield* Effect.forEach(part, (job) => inJob(job, words), { concurrency: atOnce })
    searched += part.length
    matches.push(...found.flat())
  }
  return { matches: matches.slice(0, limit), searched }
})

const inJob = Effect.fnUntraced(function*(job: Job, words: ReadonlyArray<string>) {
  const files = yield* JobFiles
  const paths = (yield* StateDirs).job(job.id)
  const read = (path: string) => Effect.orElseSucceed(files.readHead(path, bytesAtMost), () => null)
  const answer = job.response === null ? null : job.response.partial ? paths.responsePartial : paths.responseMarkdown
  return [
    ...linesOf(job, "prompt", yield* read(paths.prompt), words),
    ...linesOf(job, "answer", answer === null ? null : yield* read(answer), words)
  ]
})

const linesOf = (
  job: Job,
  where: Found["in"],
  text: string | null,
  words: ReadonlyArray<string>
): ReadonlyArray<Found> => {
  if (text === null || !holdsAll(text, words)) return []
  const found: Array<Found> = []
  for (const [index, line] of text.split("\n").entries()) {
    if (!holdsOne(line, words)) continue
    found.push({ job, in: where, line: index + 1, text: around(sanitiseLine(line), words) })
    if (found.length === linesOfOne) break
  }
  return found
}
