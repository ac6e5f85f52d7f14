/** Jobs for people: one line each, or all facts of one. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { isEnded } from "@effect-oracle/core/domain/JobPhase"
import type { Listing } from "@effect-oracle/core/store/JobStore"
import { ago, count, duration, plural, size } from "@effect-oracle/core/text/Format"
import { phaseLine } from "@effect-oracle/core/text/PhaseWords"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as DateTime from "effect/DateTime"
import { table } from "./Table.ts"

const millis = DateTime.toEpochMillis

export const jobLines = (
  { jobs, quarantined }: Listing,
  now: DateTime.Utc,
  options: { readonly projects: boolean; readonly columns?: number }
): ReadonlyArray<string> => [
  ...(jobs.length === 0 ? [] : table<Job>(
    [
      { title: "JOB", cell: (job) => job.id },
      { title: "STATUS", cell: (job) => job.blocked === null ? job.status : "blocked" },
      { title: "SITE", cell: (job) => job.account === "default" ? job.site : `${job.site}/${job.account}` },
      { title: "ASKED", cell: (job) => ago(millis(now) - millis(job.createdAt)) },
      ...(options.projects ? [{ title: "PROJECT", cell: (job: Job) => sanitiseLine(job.projectId) }] : []),
      { title: "DETAIL", cell: (job) => sanitiseLine(detail(job, now)), flexible: true }
    ],
    jobs,
    options.columns
  )),
  ...quarantined.map(({ id, reason }) => `${sanitiseLine(id)}  unreadable: ${sanitiseLine(reason)}`)
]

const detail = (job: Job, now: DateTime.Utc): string => {
  if (job.error !== null) return `${job.error.code}: ${job.error.message}`
  if (!isEnded(job.phase)) return phaseLine(job, now)
  if (job.status === "cancelled") return job.cancel?.reason ?? ""
  const took = job.completedAt === null ? "" : `in ${duration(millis(job.completedAt) - millis(job.createdAt))}`
  const files = job.artifacts === null || job.artifacts.count === 0 ? "" : `, ${plural(job.artifacts.count, "file")}`
  return `${count(job.response?.chars ?? 0)} characters${files} ${took}`.trim()
}

/** Everything about one job that a person may want, as aligned lines; facts that do not exist yet are left out. */
export const jobDetails = (job: Job, now: DateTime.Utc, directory: string): ReadonlyArray<string> => {
  const time = (at: DateTime.Utc | null) =>
    at === null ? undefined : `${DateTime.formatIso(at)} (${ago(millis(now) - millis(at))})`
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    ["job", job.id],
    ["status", `${job.status}: ${phaseLine(job, now)}`],
    ["attempt", job.attempt > 1 ? String(job.attempt) : undefined],
    ["site", `${job.site}, account ${job.account}, preset ${job.model.preset}`],
    ["project", job.projectId],
    ["asked", time(job.createdAt)],
    ["ended", time(job.completedAt)],
    ["conversation", job.chatUrl ?? undefined],
    ["follows", job.followUpToJobId ?? undefined],
    ["prompt", `${count(job.prompt.chars)} characters, ${sendWords[job.send.state]}`],
    [
      "archive",
      job.archive === null ? undefined : `${plural(job.archive.entries, "file")} in ${size(job.archive.bytes)}`
    ],
    [
      "answer",
      job.response === null ? undefined : `${job.response.markdownPath}${job.response.partial ? " (partial)" : ""}`
    ],
    ["files", job.artifacts === null ? undefined : filesLine(job.artifacts)],
    ["error", job.error === null ? undefined : `${job.error.code}: ${job.error.message}`],
    ["next", job.error?.nextStep],
    ["warnings", job.cleanup.warnings.length === 0 ? undefined : job.cleanup.warnings.join("; ")],
    ["folder", directory]
  ]
  return facts.flatMap(([name, value]) => value === undefined ? [] : [`${name.padEnd(13)}${sanitiseLine(value)}`])
}

const filesLine = ({ count: files, failures }: NonNullable<Job["artifacts"]>): string =>
  failures === 0 ? count(files) : `${count(files)}, of which ${count(failures)} could not be saved`

const sendWords: Record<Job["send"]["state"], string> = {
  not_started: "not sent yet",
  attempting: "sent or not: unknown until the conversation is found",
  refused: "refused by the site",
  confirmed: "sent"
}
