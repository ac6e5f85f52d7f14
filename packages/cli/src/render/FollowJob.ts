/** Live progress of one job on standard error, until it has ended. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { isEnded } from "@effect-oracle/core/domain/JobPhase"
import { Oracle } from "@effect-oracle/core/Oracle"
import { duration, size } from "@effect-oracle/core/text/Format"
import { phaseLine } from "@effect-oracle/core/text/PhaseWords"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { type Picture, withLive } from "./Live.ts"
import { Screen } from "./Screen.ts"

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
  let latest = first
  let announcedUrl: string | null = null
  let step = ""
  let lineAt = yield* Clock.currentTimeMillis

  const words = Effect.gen(function*() {
    const now = yield* DateTime.now
    const doing = isEnded(latest.phase) ? "closing the browser" : phaseLine(latest, now)
    return `${doing} ${screen.glyphs.dot} ${duration(DateTime.toEpochMillis(now) - startedAt)}`
  })

  const picture = Effect.map(words, (text): Picture => {
    const done = uploaded(latest)
    const what = latest.phase === "uploading_archive" && latest.archive !== null
      ? `, ${size(latest.archive.bytes)}`
      : ""
    return done === undefined ? { words: text } : { words: `${text}${what}`, done }
  })

  const signOfLife = Effect.gen(function*() {
    const now = yield* Clock.currentTimeMillis
    if (screen.live || now - lineAt < quietLineMs) return
    lineAt = now
    yield* screen.note(`still ${yield* words}`)
  })

  const show = Effect.fnUntraced(function*(job: Job) {
    latest = job
    onChange?.(job)
    if (job.chatUrl !== null && job.chatUrl !== announcedUrl) {
      announcedUrl = job.chatUrl
      yield* screen.note(`conversation: ${sanitiseLine(job.chatUrl)}`)
    }
    const now = `${job.phase} ${job.blocked?.reason ?? ""} ${job.progress?.stage ?? ""}`
    if (now === step || isEnded(job.phase)) return
    step = now
    lineAt = yield* Clock.currentTimeMillis
    if (!screen.live) yield* screen.note(yield* words)
  })

  const ticking = Effect.andThen(Effect.repeat(signOfLife, Schedule.spaced("1 second")), Effect.never)
  const following = Stream.runForEach(oracle.changes(first.id), show)
  yield* withLive(picture, Effect.raceFirst(following, ticking))
  return yield* oracle.get(first.id)
})

/** The part of all files that is uploaded, where the page shows it. */
const uploaded = ({ phase, progress }: Job): number | undefined => {
  const upload = progress?.upload
  if (phase !== "uploading_archive" || upload === undefined || upload.percent === null) return undefined
  return (upload.file - 1 + upload.percent / 100) / Math.max(1, upload.files)
}
