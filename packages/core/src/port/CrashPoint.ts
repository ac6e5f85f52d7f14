/**
 * Named moments at which a test may end the host or its browser: before, after and in the middle of every write and of
 * every effect outside. In production nothing listens.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"

/** Every moment, in the order in which a job passes it for the first time. */
export const crashPoints = [
  "store.advanceEpoch.before",
  "store.advanceEpoch.committed",
  "store.advanceEpoch.marked",
  "host.recorded",
  "host.reconciled",
  "store.promote.before",
  "store.promote.written",
  "store.promote.committed",
  "store.promote.mirrored",
  "store.update.before",
  "store.update.written",
  "store.update.committed",
  "mirror.opened",
  "mirror.written",
  "mirror.renamed",
  "store.update.mirrored",
  "worker.taken",
  "clone.before",
  "clone.directory",
  "clone.middle",
  "clone.after",
  "runtime.recorded",
  "launch.before",
  "launch.started",
  "identity.recorded",
  "launch.after",
  "goto.before",
  "goto.after",
  "ready.after",
  "cookies.before",
  "cookies.after",
  "model.before",
  "model.after",
  "attach.before",
  "attach.after",
  "compose.before",
  "compose.after",
  "baseline.after",
  "ledger.attempting.written",
  "ledger.attempting.committed",
  "ledger.attempting.mirrored",
  "send.before",
  "click.before",
  "click.after",
  "send.after",
  "ledger.confirmed.written",
  "ledger.confirmed.committed",
  "ledger.confirmed.mirrored",
  "store.takeConversation.before",
  "store.takeConversation.written",
  "store.takeConversation.after",
  "thread.recorded",
  "probe.before",
  "probe.after",
  "answer.finished",
  "extract.before",
  "extract.after",
  "response.opened",
  "response.written",
  "response.renamed",
  "text.opened",
  "text.written",
  "text.renamed",
  "response.recorded",
  "artifact.before",
  "artifact.brought",
  "artifact.part",
  "artifact.after",
  "manifest.opened",
  "manifest.written",
  "manifest.renamed",
  "manifest.recorded",
  "complete.before",
  "store.end.written",
  "store.end.committed",
  "store.end.mirrored",
  "complete.after",
  "browser.close.before",
  "browser.close.after",
  "profile.remove.before",
  "profile.remove.after",
  "release.recorded",
  "archive.delete.before",
  "archive.delete.after",
  "release.before",
  "store.release.before",
  "store.release.written",
  "store.release.after",
  "release.after"
] as const

export type CrashPointName = typeof crashPoints[number]

export interface CrashPoints {
  readonly reach: (name: CrashPointName) => Effect.Effect<void>
}

/** Does nothing unless a test host puts its own here. */
export const CrashPoint: Context.Reference<CrashPoints> = Context.Reference(
  "@effect-oracle/core/port/CrashPoint",
  { defaultValue: (): CrashPoints => ({ reach: () => Effect.void }) }
)

/** Says that the running host is at this moment. */
export const reach = (name: CrashPointName): Effect.Effect<void> =>
  Effect.flatMap(CrashPoint, (points) => points.reach(name))
