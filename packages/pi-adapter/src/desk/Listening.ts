/** Keeps a session informed while it lives: shows its open jobs, keeps a host alive for them, delivers reminders. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { HostLauncher } from "@effect-oracle/core/host/HostLauncher"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { plural } from "@effect-oracle/core/text/Format"
import * as Listeners from "@effect-oracle/core/wakeup/Listeners"
import type { Session } from "@effect-oracle/core/wakeup/Reminder"
import * as WakeUps from "@effect-oracle/core/wakeup/WakeUps"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import * as Describe from "./Describe.ts"
import { type Message, reminder } from "./Message.ts"
import * as Place from "./Place.ts"

/** The session as its extension sees it. Nothing here may throw. */
export interface Ear {
  /** Id of the entry that reminds of this job and attempt, or null. With `thorough` other processes' entries count too. */
  readonly landed: (job: string, attempt: number, thorough: boolean) => string | null
  readonly inFlight: (job: string, attempt: number) => boolean
  /** False when the session is gone. */
  readonly send: (message: Message, startsTurn: boolean) => boolean
  readonly show: (view: View) => void
}

export interface View {
  /** For the status line; null when there is nothing to say. */
  readonly status: string | null
  /** The jobs of this session that are not ended, oldest first. */
  readonly jobs: ReadonlyArray<{ readonly line: string; readonly elapsed: string }>
}

const openStatuses = ["preparing", "queued", "submitted", "waiting"] as const
const shownMs = 1000
const keepMs = 5000

export const outboxOf = (ear: Ear, session: Session, dirs: StateDirs["Service"]): WakeUps.Outbox => ({
  landed: (job) => ear.landed(job.id, job.attempt, job.wakeUp.attemptCount > 0 && job.wakeUp.settled === null),
  inFlight: (job) => ear.inFlight(job.id, job.attempt),
  send: (job, { startsTurn }) => ear.send(reminder(job, dirs.job(job.id), job.sessionId === session.key), startsTurn)
})

/** Jobs of this session that are not ended, oldest first. */
export const openJobs = Effect.fnUntraced(function*(session: Session) {
  const store = yield* JobStore
  const { jobs } = yield* store.list({ projectId: session.projectId, statuses: openStatuses })
  return jobs.filter((job) => job.sessionId === session.key).toReversed()
})

/** Never ends by itself; what fails is tried again at the next look. */
export const listen = Effect.fn("Listening.listen")(function*(place: Place.Place, ear: Ear) {
  const session = yield* Place.listener(place)
  const { config } = yield* Place.config(place)
  const store = yield* JobStore
  const launcher = yield* HostLauncher
  const outbox = outboxOf(ear, session, yield* StateDirs)
  const { intervalMs } = config.poller
  yield* Listeners.listen(session)
  let expects = false

  const look = Effect.gen(function*() {
    const open = yield* openJobs(session)
    ear.show(yield* viewOf(open))
    yield* WakeUps.deliver(session, outbox)
    expects = open.some((job) => job.phase !== "preparing")
    return open.length > 0
  })

  /** Beside the looks: starting a host takes a while. */
  const keeper = Effect.suspend(() => expects ? Effect.ignore(launcher.keep) : Effect.void).pipe(
    Effect.repeat(Schedule.spaced(keepMs))
  )
  yield* Effect.forkScoped(keeper)

  const nextChange = nextChangeOf(store)

  /** With open jobs every change counts, and the time that is shown goes on; else a look now and then is enough. */
  const pause = (busy: boolean) => busy ? Effect.timeoutOption(nextChange, shownMs) : Effect.sleep(intervalMs)

  return yield* look.pipe(
    Effect.catchCause(() => Effect.as(Effect.sync(() => ear.show({ status: "unavailable", jobs: [] })), false)),
    Effect.flatMap(pause),
    Effect.forever
  )
}, Effect.scoped)

const viewOf = Effect.fnUntraced(function*(open: ReadonlyArray<Job>) {
  const now = yield* DateTime.now
  const blocked = open.filter((job) => job.blocked !== null).length
  const queued = open.filter((job) => job.status === "queued").length
  const running = open.length - queued
  const parts = [
    ...(running > 0 ? [plural(running, "job runs", "jobs run")] : []),
    ...(queued > 0 ? [`${queued} queued`] : []),
    ...(blocked > 0 ? [`${blocked} blocked`] : [])
  ]
  const view: View = {
    status: parts.length === 0 ? null : parts.join(", "),
    jobs: open.map((job) => ({
      line: `${job.site} ${job.id.slice(-12)} · ${Describe.standing(job, now)}`,
      elapsed: Describe.elapsed(job, now)
    }))
  }
  return view
})

/**
 * Waits while jobs of the session are open, for at most `limitMs`, and hands over what ended as soon as something did.
 * Answers the jobs that are still open.
 */
export const hold = Effect.fn("Listening.hold")(function*(place: Place.Place, ear: Ear, limitMs: number) {
  const session = yield* Place.listener(place)
  const store = yield* JobStore
  const launcher = yield* HostLauncher
  const outbox = outboxOf(ear, session, yield* StateDirs)
  yield* Listeners.listen(session)
  const until = (yield* Clock.currentTimeMillis) + limitMs
  while (true) {
    const open = yield* openJobs(session)
    const { more, reminded } = yield* WakeUps.deliver(session, outbox)
    const left = until - (yield* Clock.currentTimeMillis)
    if (reminded.length > 0 || (open.length === 0 && !more) || left <= 0) return open.map(({ id }) => id)
    if (open.length > 0) yield* Effect.ignore(launcher.keep)
    yield* Effect.timeoutOption(nextChangeOf(store), Math.min(left, keepMs))
  }
}, Effect.scoped)

const nextChangeOf = (store: JobStore["Service"]) => Stream.runDrain(Stream.take(Stream.drop(store.changes, 1), 1))
