/** The report of `oracle bug-report`: facts that help to find a defect, and no text of a person or a site. */
// @effect-diagnostics nodeBuiltinImport:off
import { scanText } from "@effect-oracle/core/archive/SecretScan"
import type { Job } from "@effect-oracle/core/domain/Job"
import type { JobEvent } from "@effect-oracle/core/domain/JobEvent"
import { JobFiles } from "@effect-oracle/core/store/JobFiles"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { sanitise } from "@effect-oracle/core/text/Sanitise"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { arch, homedir, release, userInfo } from "node:os"
import type { Finding } from "../doctor/Finding.ts"
import { version } from "../graph/PackageFiles.ts"
import { hostState, stateLines } from "../host/HostState.ts"
import { loadConfig, project } from "../input/Here.ts"
import { findJobId } from "../input/JobArgument.ts"
import { jobView } from "../render/JobView.ts"
import { redact } from "./Redact.ts"

const jobsShown = 3
const eventsShown = 60
const logLines = 60

export interface ReportRequest {
  /** One job; without it the newest of the project that did not complete, or simply the newest. */
  readonly job: Option.Option<string>
  readonly findings: ReadonlyArray<Finding>
}

/** Markdown, redacted as a whole at the end, so that nothing is forgotten in a part of it. */
export const bugReport = Effect.fn("bugReport")(function*({ findings, job }: ReportRequest) {
  const jobs = yield* chosen(job)
  const parts = [
    `# Oracle ${version()}`,
    fence([
      `node      ${process.version}`,
      `platform  ${process.platform} ${arch()} ${release()}`,
      `terminal  ${process.stdout.isTTY ? `${process.stdout.columns} columns` : "none"}`
    ]),
    "## Doctor",
    fence(findings.map(({ level, message, name }) => `${level.padEnd(5)} ${name}: ${message.replaceAll("\n", "; ")}`)),
    "## Host",
    fence(stateLines(yield* hostState)),
    "## Configuration that differs from the defaults",
    fence(yield* changedKeys),
    ...(yield* Effect.forEach(jobs, jobPart))
  ]
  const texts = yield* Effect.forEach(jobs, privateTexts)
  const known = { home: homedir(), user: userInfo().username, texts: texts.flat() }
  return yield* withoutSecrets(redact(sanitise(parts.join("\n\n")), known))
})

const fence = (lines: ReadonlyArray<string>): string =>
  `\`\`\`\n${lines.length === 0 ? "none" : lines.join("\n")}\n\`\`\``

const chosen = Effect.fnUntraced(function*(named: Option.Option<string>) {
  const store = yield* JobStore
  if (Option.isSome(named)) return [yield* store.get(yield* findJobId(named.value))]
  const { jobs } = yield* store.list({ projectId: yield* project, limit: 50 })
  const failed = jobs.filter(({ status }) => status !== "complete")
  return (failed.length > 0 ? failed : jobs).slice(0, jobsShown)
})

/** Keys whose value came from a file or a variable; values of the kinds that hold secrets are left out. */
const changedKeys = loadConfig().pipe(
  Effect.map(({ origins }) =>
    Object.entries(origins).filter(([, origin]) => origin !== "default").map(([key, origin]) => `${key}  (${origin})`)
  ),
  Effect.catch(({ code, message }) => Effect.succeed([`${code}: ${message}`]))
)

const jobPart = Effect.fnUntraced(function*(job: Job) {
  const store = yield* JobStore
  const files = yield* JobFiles
  const { workerLog } = (yield* StateDirs).job(job.id)
  const events = yield* store.events(job.id)
  const log = (yield* Effect.orElseSucceed(files.read(workerLog), () => null)) ?? ""
  const { attempt, blocked, cleanup, error, model, phase, send, site, status } = jobView(job)
  return [
    `## Job ${job.id}`,
    fence([
      `${status}, ${phase}, ${site}, ${model.preset}, attempt ${attempt}, sent: ${send.state}`,
      ...(blocked === null ? [] : [`blocked: ${blocked.reason} since ${blocked.since}`]),
      ...(error === null ? [] : [`${error.code}: ${error.message}`]),
      ...(job.archive === null ? [] : [`archive: ${job.archive.entries} entries, ${job.archive.bytes} bytes`]),
      `prompt: ${job.prompt.chars} characters; answer: ${job.response?.chars ?? "none"}`,
      ...cleanup.warnings.map((warning) => `warning: ${warning}`)
    ]),
    "Events",
    fence(events.slice(-eventsShown).map(eventLine)),
    "Worker log",
    fence(log.trimEnd().split("\n").slice(-logLines))
  ].join("\n\n")
})

const eventLine = ({ at, kind, message, source }: JobEvent): string =>
  `${DateTime.formatIso(at)} ${source} ${kind} ${message}`

/** What the person wrote and what the site answered, in every form in which it lies with the job. */
const privateTexts = Effect.fnUntraced(function*(job: Job) {
  const files = yield* JobFiles
  const paths = (yield* StateDirs).job(job.id)
  const kept = [
    paths.prompt,
    paths.responseMarkdown,
    paths.responseText,
    paths.responsePartial,
    paths.responseAlternative,
    paths.artifactManifest
  ]
  const texts = yield* Effect.forEach(kept, (path) => Effect.orElseSucceed(files.read(path), () => null))
  return texts.flatMap((text) => text === null ? [] : [sanitise(text)])
})

/** A line in which the secret scan still finds something goes as a whole. */
const withoutSecrets = (text: string) =>
  Effect.promise(async () => {
    const lines = text.split("\n")
    for (const { line } of await scanText("report", text)) {
      lines[line - 1] = "[removed: the secret scan found something here]"
    }
    return lines.join("\n")
  })
