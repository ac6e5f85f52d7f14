/** What must be true of a job that ended, whatever was killed on the way. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { maxStarts } from "@effect-oracle/core/worker/Recovery"
import { readFileSync } from "node:fs"
import { shapeOf } from "../../packages/cli/test/support/markdownShape.ts"
import type { World } from "./World.ts"

/** True for a job that was stopped at all its starts before anything was sent: as promised, although without an answer. */
export const isExcused = (world: World, job: Job): boolean =>
  job.phase === "failed" && job.starts >= maxStarts && world.sends(job.prompt.sha256) === 0

/** One send, and its answer here as it is there. Empty when all is well. */
export const problemsOf = (world: World, job: Job): ReadonlyArray<string> => {
  const sends = world.sends(job.prompt.sha256)
  const problems = sends === 1 ? [] : [`${sends} sends`]
  if (job.phase !== "complete") {
    return [...problems, `job is ${job.phase}: ${job.error?.code ?? ""} ${job.error?.message ?? ""}`]
  }
  const turn = world.site.admin.conversation(job.conversationId ?? "")?.turns[0]
  const answer = job.response === null ? "" : readFileSync(job.response.markdownPath, "utf8")
  problems.push(
    ...differences(answer, turn?.answers[0] ?? "").map((part) => `${part} of response.md differ from the site's`)
  )
  if (job.artifacts?.failures !== 0 || job.artifacts.count === 0) problems.push("files of the answer are missing")
  return problems
}

/** A job that cannot find out whether its prompt arrived says so, and the prompt arrived at most once. */
export const doubtsOf = (world: World, job: Job): ReadonlyArray<string> => {
  const sends = world.sends(job.prompt.sha256)
  return [
    ...(sends <= 1 ? [] : [`${sends} sends`]),
    ...(job.phase === "failed" && job.error?.code === "send_outcome_unknown"
      ? []
      : [`job is ${job.phase}: ${job.error?.code ?? "no error"}`])
  ]
}

/** Parts of two Markdown texts that say different things; how they are spaced does not count. */
const differences = (got: string, wanted: string) => {
  const [left, right] = [shapeOf(got), shapeOf(wanted)]
  return (["headings", "fences", "tables", "items", "quotes", "math"] as const).filter(
    (part) => JSON.stringify(left[part]) !== JSON.stringify(right[part])
  )
}
