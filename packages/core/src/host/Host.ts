/** The host: holds the lock, recovers what a dead host left, runs the workers, and ends when idle (PRODUCT, section 7). */
import * as Cause from "effect/Cause"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FileSystem from "effect/FileSystem"
import * as PubSub from "effect/PubSub"
import * as Queue from "effect/Queue"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { reach } from "../port/CrashPoint.ts"
import { Processes } from "../port/Processes.ts"
import { type Fence, JobStore } from "../store/JobStore.ts"
import * as OrphanRuntimes from "../upkeep/OrphanRuntimes.ts"
import * as Reconcile from "../upkeep/Reconcile.ts"
import * as Retention from "../upkeep/Retention.ts"
import * as TempFiles from "../upkeep/TempFiles.ts"
import { elapsedMs } from "../worker/Elapsed.ts"
import { type Receipt, Receipts } from "../worker/Receipts.ts"
import { Workers } from "../worker/Workers.ts"
import * as HostExits from "./HostExits.ts"
import { type Held, HostLock } from "./HostLock.ts"
import * as HostRecord from "./HostRecord.ts"
import * as Starts from "./Starts.ts"
import { noSettings, settings, tick } from "./Tick.ts"

export interface HostOptions {
  readonly version: string
  /** Inside the process of a library's user: never ends for idleness. */
  readonly embedded: boolean
  /** Never ends for idleness: a service manager keeps it. */
  readonly stay?: boolean
}

/** Why a host ended: another one has the lock, no work, asked to end, or its lock file was replaced. */
export type HostEnd = "busy" | "idle" | "drained" | "lost"

const end = (how: HostEnd): HostEnd => how

const heartbeatMs = 5000
const lookMs = 1000
const upkeepMs = 60_000
/** A host without work stays for so long to try clean-ups that failed; then they are left to the next one. */
const cleaningMs = 600_000

/** Runs until the host ends by itself; interruption stops the workers, flushes, and releases the lock last. */
export const run = Effect.fn("Host.run")(
  function*(options: HostOptions) {
    const lock = yield* HostLock
    const held = yield* lock.tryAcquire
    if (held._tag === "Busy") return end("busy")
    const startedAt = yield* DateTime.now
    return yield* Effect.onExit(serve(held, options), (exit) => noteEnd(startedAt, exit))
  },
  Effect.scoped,
  Effect.catchTags({ Fenced: () => Effect.succeed(end("lost")), IllegalTransition: Effect.die })
)

const serve = Effect.fnUntraced(function*(held: Held, options: HostOptions) {
  const store = yield* JobStore
  const workers = yield* Workers
  const receipts = yield* Receipts
  const fs = yield* FileSystem.FileSystem
  const fence = yield* store.advanceEpoch
  // Before the record is there: whoever sees it may ask for the next hand-over.
  yield* Effect.ignore(fs.remove(yield* HostRecord.drainPath, { force: true }))
  const started = yield* DateTime.now
  const record = yield* Ref.make<HostRecord.HostRecord>({
    schemaVersion: 1,
    process: (yield* Processes).self,
    epoch: fence.epoch,
    version: options.version,
    startedAt: started,
    heartbeatAt: started,
    ending: false,
    embedded: options.embedded
  })
  yield* Effect.acquireRelease(HostRecord.write(yield* Ref.get(record)), () => withdraw(fence))
  yield* reach("host.recorded")
  yield* TempFiles.sweep()
  const last = yield* noSettings
  yield* Reconcile.atStart(fence, yield* settings(last))
  yield* reach("host.reconciled")
  yield* Effect.addFinalizer(() => removeStrays(held, fence, last))
  yield* Effect.addFinalizer(() => Starts.giveBackAround(workers.stop, fence))
  yield* Effect.addFinalizer(() => announceEnd(record))
  yield* receipts.publish({ _tag: "HostStarted", epoch: fence.epoch })
  yield* Effect.logInfo(`host started, epoch ${fence.epoch}`)
  const how = yield* work(fence, record, last, options).pipe(Effect.raceFirst(guard(held, record)))
  yield* receipts.publish({ _tag: "HostEnding", epoch: fence.epoch })
  yield* Effect.logInfo(`host ends: ${how}`)
  return how
})

/** What could not be removed before gets a last try by a host that is still the only one. */
const removeStrays = Effect.fnUntraced(
  function*(held: Held, fence: Fence, last: Parameters<typeof tick>[1]) {
    const store = yield* JobStore
    if (!(yield* held.intact) || (yield* store.epoch) !== fence.epoch) return
    yield* Effect.ignore(Reconcile.finishPending(fence, 0))
    yield* OrphanRuntimes.removeIdle(yield* Ref.get(last))
  },
  (effect) => Effect.ignore(effect)
)

/** Before the workers are stopped: a client that comes now waits for the end and starts the next host. */
const announceEnd = Effect.fnUntraced(
  function*(record: Ref.Ref<HostRecord.HostRecord>) {
    const ending = yield* Ref.updateAndGet(record, (now) => ({ ...now, ending: true }))
    if ((yield* HostRecord.read)?.epoch === ending.epoch) yield* HostRecord.write(ending)
  },
  (effect) => Effect.ignore(effect)
)

/** Remembers how this host ended, for the next client. */
const noteEnd = Effect.fnUntraced(function*(startedAt: DateTime.Utc, exit: Exit.Exit<HostEnd, unknown>) {
  const { pid } = (yield* Processes).self
  const endedAt = yield* DateTime.now
  const asked = Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)
  const reason = Exit.isSuccess(exit) ? exit.value : asked ? "stopped" : messageOf(Cause.squash(exit.cause))
  yield* HostExits.note({ pid, startedAt, endedAt, reason, code: null, signal: null }, asked)
})

const messageOf = (error: unknown): string => error instanceof Error ? error.message : "unknown reason"

/** Takes `host.json` away, unless a later host has written it. */
const withdraw = Effect.fnUntraced(function*(fence: Fence) {
  const fs = yield* FileSystem.FileSystem
  const found = yield* HostRecord.read
  if (found?.epoch === fence.epoch) yield* fs.remove(yield* HostRecord.pathOf, { force: true })
}, (effect) => Effect.ignore(effect))

/** Heartbeat; ends as `lost` when the lock is no longer the one that everybody sees. */
const guard = Effect.fnUntraced(function*(held: Held, record: Ref.Ref<HostRecord.HostRecord>) {
  while (true) {
    yield* Effect.sleep(heartbeatMs)
    if (!(yield* held.intact)) return end("lost")
    const heartbeatAt = yield* DateTime.now
    const beat = yield* Ref.updateAndGet(record, (now) => ({ ...now, heartbeatAt }))
    yield* HostRecord.write(beat).pipe(
      Effect.catch((error) => Effect.logWarning(`heartbeat not written: ${error.code}`))
    )
  }
})

/** The loop: every change of the store, every end of a worker and every second is a reason to look. */
const work = Effect.fnUntraced(function*(
  fence: Fence,
  record: Ref.Ref<HostRecord.HostRecord>,
  last: Parameters<typeof tick>[1],
  options: HostOptions
) {
  const store = yield* JobStore
  const workers = yield* Workers
  const fs = yield* FileSystem.FileSystem
  const drain = yield* HostRecord.drainPath
  const reasons = yield* Queue.sliding<void>(1)
  const wake = Queue.offer(reasons, undefined)
  const watch = Stream.runForEach(store.changes, () => wake).pipe(Effect.retry(Schedule.spaced(lookMs)))
  yield* Effect.forkScoped(watch)
  yield* Effect.forkScoped(Stream.runForEach(workers.ends, () => wake))
  yield* Effect.forkScoped(Effect.repeat(wake, Schedule.spaced(lookMs)))
  yield* Effect.forkScoped(Effect.repeat(sweepOld, Schedule.spaced(upkeepMs)))

  const strays = yield* OrphanRuntimes.noStrays
  let quietSince: number | null = null
  let cleaningSince: number | null = null
  let upkeptAt = yield* elapsedMs
  while (true) {
    yield* Queue.take(reasons)
    const now = yield* elapsedMs
    if (yield* Effect.orElseSucceed(fs.exists(drain), () => false)) return end("drained")
    const quiet = yield* tick(fence, last).pipe(
      Effect.catchTag(
        "OracleError",
        (error) =>
          Effect.as(Effect.logError(`the host could not look at its jobs: ${error.code}: ${error.message}`), false)
      )
    )
    if (now - upkeptAt >= upkeepMs) {
      upkeptAt = now
      yield* Reconcile.finishPending(fence).pipe(
        Effect.andThen(OrphanRuntimes.sweep(yield* Ref.get(last), strays)),
        Effect.catchTag("OracleError", (error) => Effect.logWarning(`clean-up postponed: ${error.message}`))
      )
    }
    quietSince = quiet ? quietSince ?? now : null
    const { host } = yield* Ref.get(last)
    if (options.embedded || options.stay === true || quietSince === null || now - quietSince < host.idleMs) continue
    const left = yield* Effect.orElseSucceed(Reconcile.finishPending(fence, 0), () => 0)
    cleaningSince = left === 0 ? null : cleaningSince ?? now
    const waits = cleaningSince !== null && now - cleaningSince < cleaningMs
    if (!waits && (yield* mayEnd(record))) return end("idle")
    quietSince = null
  }
})

/** Jobs whose retention is over; at most once an hour there is something to do. */
const sweepOld = Retention.sweep().pipe(
  Effect.catch((error) => Effect.logWarning(`retention postponed: ${error.message}`))
)

/**
 * Says first that this host takes no more work, then looks a last time: a client that admitted a job either sees the
 * announcement and starts another host, or its job is seen here.
 */
const mayEnd = Effect.fnUntraced(function*(record: Ref.Ref<HostRecord.HostRecord>) {
  const store = yield* JobStore
  yield* HostRecord.write(yield* Ref.updateAndGet(record, (now) => ({ ...now, ending: true })))
  if ((yield* store.open).length === 0) return true
  yield* HostRecord.write(yield* Ref.updateAndGet(record, (now) => ({ ...now, ending: false })))
  return false
})

/** Waits until a host of this process accepts work. */
export const started = Effect.fnUntraced(function*(receipts: PubSub.Subscription<Receipt>) {
  while ((yield* PubSub.take(receipts))._tag !== "HostStarted") { /* other milestones */ }
})
