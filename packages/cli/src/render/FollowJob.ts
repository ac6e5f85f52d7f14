/** Live progress of one job on standard error, until it has ended. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { isEnded } from "@effect-oracle/core/domain/JobPhase"
import { Oracle } from "@effect-oracle/core/Oracle"
import { duration } from "@effect-oracle/core/text/Format"
import { phaseLine } from "@effect-oracle/core/text/PhaseWords"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { Screen } from "./Screen.ts"
import { cut } from "./Table.ts"

/** Without a terminal a line is printed for each step, and a sign of life this often. */
const quietLineMs = 30_000

/**
 * Follows the job and returns its record once it has ended and is cleaned up. Prints the conversation's address as soon
 * as it is known.
 */
export const followJob = Effect.fn("FollowJob.followJob")(function*(first: Job, onChange?: (job: Job) => void) {
  const oracle = yield* Oracle
  const screen = yield* Screen
  const startedAt = DateTime.toEpochMillis(first.createdAt)
  const latest = yield* Ref.make(first)
  let announcedUrl: string | null = null
  let step = ""
  let lineAt = yield* Clock.currentTimeMillis

  const elapsed = Effect.map(Clock.currentTimeMillis, (now) => duration(now - startedAt))

  const draw = Effect.gen(function*() {
    const job = yield* Ref.get(latest)
    const words = isEnded(job.phase) ? "closing the browser" : phaseLine(job, yield* DateTime.now)
    const line = `${words} · ${yield* elapsed}`
    yield* screen.status(`${screen.style("cyan", "…")} ${cut(line, screen.columns - 3)}`)
  })

  const signOfLife = Effect.gen(function*() {
    const now = yield* Clock.currentTimeMillis
    if (screen.live || now - lineAt < quietLineMs) return
    lineAt = now
    yield* screen.note(`still ${phaseLine(yield* Ref.get(latest), yield* DateTime.now)} · ${yield* elapsed}`)
  })

  const show = Effect.fnUntraced(function*(job: Job) {
    yield* Ref.set(latest, job)
    onChange?.(job)
    if (job.chatUrl !== null && job.chatUrl !== announcedUrl) {
      announcedUrl = job.chatUrl
      yield* screen.note(`conversation: ${sanitiseLine(job.chatUrl)}`)
    }
    const now = `${job.phase} ${job.blocked?.reason ?? ""} ${job.progress?.stage ?? ""}`
    if (now !== step && !isEnded(job.phase)) {
      step = now
      lineAt = yield* Clock.currentTimeMillis
      if (!screen.live) yield* screen.note(`${phaseLine(job, yield* DateTime.now)} · ${yield* elapsed}`)
    }
    yield* draw
  })

  const ticking = Effect.andThen(draw, signOfLife).pipe(Effect.repeat(Schedule.spaced("1 second")))
  const following = Stream.runForEach(oracle.changes(first.id), show)
  yield* Effect.raceFirst(following, ticking).pipe(Effect.ensuring(screen.status("")))
  return yield* oracle.get(first.id)
})
