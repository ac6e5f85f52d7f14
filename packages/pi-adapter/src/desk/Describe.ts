/** Jobs and selections in lines for the model and the person. Nothing of a page gets through unsanitised. */
import type { Selected } from "@effect-oracle/core/archive/Archiver"
import type { Job } from "@effect-oracle/core/domain/Job"
import { isEnded } from "@effect-oracle/core/domain/JobPhase"
import type { SubmitPlan } from "@effect-oracle/core/Oracle"
import type { JobPaths } from "@effect-oracle/core/store/StateDirs"
import { ago, count, duration, plural, size } from "@effect-oracle/core/text/Format"
import { phaseLine } from "@effect-oracle/core/text/PhaseWords"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as DateTime from "effect/DateTime"
import { stepInPi } from "./Outcome.ts"

const shown = 5

/** What would leave the machine beside the prompt, or left it. */
export const leaving = (
  { attachments, request, secrets: { length: secrets }, selected }: SubmitPlan
): ReadonlyArray<string> => [
  ...(selected === null ? [] : selection(selected)),
  ...attachments.map(({ entry }) => `as it is: ${sanitiseLine(entry.path)} (${size(entry.bytes)})`),
  ...(secrets === 0 ? [] : [`secrets found in ${plural(secrets, "place")}, allowed by the configuration`]),
  ...(request.temporary === true
    ? ["temporary chat: the site keeps no copy; no follow-up, and the answer is lost if the job's browser ends early"]
    : [])
]

const selection = (selected: Selected): ReadonlyArray<string> => {
  const largest = selected.entries.toSorted((a, b) => b.bytes - a.bytes).slice(0, shown)
  return [
    `files: ${plural(selected.entries.length, "file")}, ${size(selected.bytes)} before compression, about ${
      count(selected.tokens)
    } tokens`,
    `largest: ${largest.map(({ bytes, path }) => `${sanitiseLine(path)} (${size(bytes)})`).join(", ")}`,
    `left out: ${
      selected.exclusions.length === 0
        ? "nothing"
        : `${plural(selected.exclusions.length, "path")}, such as ${
          selected.exclusions.slice(0, shown).map(({ path, rule }) => `${sanitiseLine(path)} (${sanitiseLine(rule)})`)
            .join(", ")
        }`
    }`
  ]
}

/** One line: where the job stands. */
export const standing = (job: Job, now: DateTime.Utc): string => {
  if (job.error !== null) return `${job.status}: ${job.error.code}`
  const line = stepInPi(sanitiseLine(phaseLine(job, now)))
  return job.status === "complete" ? `${line}, ${plural(job.response?.chars ?? 0, "character")}` : line
}

export const elapsed = (job: Job, now: DateTime.Utc): string =>
  duration(DateTime.toEpochMillis(now) - DateTime.toEpochMillis(job.createdAt))

/** Aligned facts about one job; what does not exist yet is left out. */
export const facts = (job: Job, paths: JobPaths, now: DateTime.Utc): ReadonlyArray<string> => {
  const asked = ago(DateTime.toEpochMillis(now) - DateTime.toEpochMillis(job.createdAt))
  const rows: ReadonlyArray<readonly [string, string | null]> = [
    ["job", job.id],
    ["status", isEnded(job.phase) ? standing(job, now) : `${job.status}: ${standing(job, now)} · ${elapsed(job, now)}`],
    ["asked", `${asked}, ${job.site}, account ${job.account}, preset ${job.model.preset}`],
    ["follows", job.followUpToJobId],
    ["conversation", job.chatUrl],
    ["sent", sentWords[job.send.state]],
    ["answer", answerLine(job, paths)],
    ["files", filesLine(job, paths)],
    ["error", job.error === null ? null : `${job.error.code}: ${job.error.message}`],
    ["next step", job.error === null ? null : stepInPi(job.error.nextStep)]
  ]
  return rows.flatMap(([name, value]) => value === null ? [] : [`${name}: ${sanitiseLine(value)}`])
}

const sentWords: Record<Job["send"]["state"], string> = {
  not_started: "nothing yet",
  attempting: "not known until the conversation is found",
  refused: "refused by the site",
  confirmed: "yes"
}

export const answerLine = (job: Job, paths: JobPaths): string | null => {
  if (job.response === null) return isEnded(job.phase) ? "none" : null
  return job.response.partial ? `${paths.responsePartial} (partial)` : paths.responseMarkdown
}

export const filesLine = (job: Job, paths: JobPaths): string | null => {
  if (job.artifacts === null || job.artifacts.count === 0) return null
  const lost = job.artifacts.failures === 0 ? "" : `; ${job.artifacts.failures} could not be saved`
  return `${plural(job.artifacts.count, "file")} in ${paths.artifacts}${lost}`
}
