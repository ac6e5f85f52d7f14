/**
 * Tells a person, or a program of theirs, that a job has ended (PRODUCT, section 11). Best effort, once for each run of a
 * worker. What is told holds identifiers, paths and sizes, never prompt or answer text.
 */
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { isEnded } from "../domain/JobPhase.ts"
import type { OracleError } from "../error/OracleError.ts"
import { HostSettings } from "../host/HostSettings.ts"
import { JobStore } from "../store/JobStore.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { count, duration, plural } from "../text/Format.ts"
import { sanitiseLine } from "../text/Sanitise.ts"
import { Workers } from "../worker/Workers.ts"

/** Nobody has looked away from a job that was shorter. */
const longMs = 60_000

export class Notifier extends Context.Service<Notifier, {
  /** Runs a program of the person's, never through a shell, with the text on its standard input. Bounded. */
  readonly run: (command: ReadonlyArray<string>, input: string) => Effect.Effect<void, OracleError>
  /** Shows a notification of the desktop. Bounded. */
  readonly show: (title: string, body: string) => Effect.Effect<void, OracleError>
}>()("@effect-oracle/core/wakeup/Notify/Notifier") {}

/** What `notify.command` gets, as JSON. */
export const Notice = Schema.Struct({
  event: Schema.Literal("job_ended"),
  job: Schema.String,
  status: Schema.String,
  phase: Schema.String,
  site: Schema.String,
  account: Schema.String,
  project: Schema.String,
  requester: Schema.String,
  createdAt: Schema.String,
  completedAt: Schema.NullOr(Schema.String),
  directory: Schema.String,
  answerPath: Schema.NullOr(Schema.String),
  answerChars: Schema.NullOr(Schema.Natural),
  files: Schema.Natural,
  chatUrl: Schema.NullOr(Schema.String),
  error: Schema.NullOr(Schema.Struct({ code: Schema.String, message: Schema.String, nextStep: Schema.String }))
})

const NoticeJson = Schema.fromJsonString(Notice)

export const noticeOf = (job: Job, directory: string): typeof Notice.Type => ({
  event: "job_ended",
  job: job.id,
  status: job.status,
  phase: job.phase,
  site: job.site,
  account: job.account,
  project: job.projectId,
  requester: job.requester.kind,
  createdAt: DateTime.formatIso(job.createdAt),
  completedAt: job.completedAt === null ? null : DateTime.formatIso(job.completedAt),
  directory,
  answerPath: job.response?.markdownPath ?? null,
  answerChars: job.response?.chars ?? null,
  files: job.artifacts?.count ?? 0,
  chatUrl: job.chatUrl === null ? null : sanitiseLine(job.chatUrl),
  error: job.error === null
    ? null
    : { code: job.error.code, message: sanitiseLine(job.error.message), nextStep: sanitiseLine(job.error.nextStep) }
})

/** The two lines of a desktop notification. */
export const wordsOf = (job: Job): readonly [title: string, body: string] => {
  const took = job.completedAt === null ? "" : ` after ${duration(lastedMs(job))}`
  if (job.status === "complete") {
    const files = job.artifacts === null ? "" : `, ${plural(job.artifacts.count, "file")}`
    return [
      `Oracle: the answer is here${took}`,
      `${count(job.response?.chars ?? 0)} characters${files}; oracle read ${job.id}`
    ]
  }
  return [`Oracle: the job ${job.status}${took}`, `${job.error?.code ?? job.status}; oracle status ${job.id}`]
}

/** A job that a person cancelled, or that was short, is no news on their desktop. */
export const isNews = (job: Job): boolean => job.status !== "cancelled" && lastedMs(job) >= longMs

const lastedMs = ({ completedAt, createdAt, phaseAt }: Job): number =>
  DateTime.toEpochMillis(completedAt ?? phaseAt) - DateTime.toEpochMillis(createdAt)

/** Tells of one job, if it has ended and the global configuration asks for it. A failure is logged, without the command. */
export const notify = Effect.fn("Notify.notify")(function*(id: JobId) {
  const store = yield* JobStore
  const dirs = yield* StateDirs
  const notifier = yield* Notifier
  // The settings of now: a stored record must not be able to name a program that runs.
  const { notify: wanted } = yield* (yield* HostSettings).current
  const job = yield* store.get(id)
  if (!isEnded(job.phase)) return
  if (wanted.command !== undefined) {
    const input = yield* Effect.orDie(Schema.encodeEffect(NoticeJson)(noticeOf(job, dirs.job(id).directory)))
    yield* logged("notify.command", notifier.run(wanted.command, input))
  }
  if (wanted.desktop && isNews(job)) yield* logged("notify.desktop", notifier.show(...wordsOf(job)))
}, (effect) => Effect.catch(effect, (error) => Effect.logWarning(`nobody was told of a job: ${error.message}`)))

const logged = (what: string, told: Effect.Effect<void, OracleError>) =>
  Effect.catch(told, (error) => Effect.logWarning(`${what}: ${error.message}`))

/** Listens in a host for as long as it lives; what has begun is finished before the host ends. */
export const layer = Layer.effectDiscard(Effect.gen(function*() {
  const workers = yield* Workers
  yield* Effect.forkScoped(Stream.runForEach(workers.ends, (id) => Effect.uninterruptible(notify(id))))
}))
