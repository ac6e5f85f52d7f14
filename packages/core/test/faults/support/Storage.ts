/** Storage that runs out, turns read-only or fails: every operation works or says exactly why not, and nothing is corrupt. */
import { Effect, Result } from "effect"
import { spawnSync } from "node:child_process"
import { closeSync, mkdirSync, openSync, rmSync, statSync, truncateSync, writeSync } from "node:fs"
import { join } from "node:path"
import { OracleError } from "../../../src/error/OracleError.ts"
import type { JobStore } from "../../../src/store/JobStore.ts"
import { created, jobId, jobRecord } from "../../store/fixtures.ts"
import { forEachRow, mirrorOf, visit } from "../../store/visits.ts"

type Store = JobStore["Service"]

/** How often each operation ended how (`ok` or an error code), and what may never be. */
export interface StorageReport {
  readonly outcomes: Record<string, Record<string, number>>
  readonly violations: Array<string>
}

export const noReport = (): StorageReport => ({ outcomes: {}, violations: [] })

/** Why a scenario that needs a file system of its own cannot run here; null when it can. */
export const whyNoMount = (): string | null => {
  if (process.platform !== "linux") return "needs tmpfs"
  if (process.getuid?.() !== 0) return "needs root to mount a small file system"
  const probe = join("/tmp", `oracle-mount-${process.pid}`)
  mkdirSync(probe)
  try {
    if (!mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", probe)) return "mounting is not allowed here"
    umount(probe)
    return null
  } finally {
    rmSync(probe, { recursive: true, force: true })
  }
}

export const mount = (...args: ReadonlyArray<string>): boolean =>
  spawnSync("mount", args, { stdio: "ignore" }).status === 0
export const umount = (path: string): void => void spawnSync("umount", ["-l", path], { stdio: "ignore" })

/** A small file system of its own below `parent`, for as long as the scope lives. */
export const smallDisk = (parent: string, size: string) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const state = join(parent, "disk")
      mkdirSync(state, { recursive: true })
      if (!mount("-t", "tmpfs", "-o", `size=${size},mode=0700`, "tmpfs", state)) throw new Error("cannot mount")
      return state
    }),
    (state) => Effect.sync(() => umount(state))
  )

const tried = <A, E>(
  report: StorageReport,
  name: string,
  allowed: ReadonlyArray<string>,
  operation: Effect.Effect<A, E>
) =>
  Effect.gen(function*() {
    const result = yield* Effect.result(operation)
    const code = Result.isSuccess(result)
      ? "ok"
      : result.failure instanceof OracleError
      ? result.failure.code
      : String(result.failure)
    const counts = report.outcomes[name] ??= {}
    counts[code] = (counts[code] ?? 0) + 1
    if (Result.isFailure(result) && !allowed.includes(code)) {
      report.violations.push(`${name} ended as ${code}: ${String(result.failure)}`)
    }
    return Result.isSuccess(result)
  })

const progress = (n: number) => (store: Store) =>
  store.update(jobId(1), (job) => Result.succeed({ ...job, starts: n }), {
    events: [{ source: "worker", kind: "note", message: "x".repeat(500) }],
    durable: true
  })

/** What a store that works again must show: every acknowledged write, no foreign state, sound file, mirrors in step. */
export const mustBeWhole = (report: StorageReport, state: string, least: number, inserted: ReadonlyArray<number>) =>
  Effect.gen(function*() {
    yield* visit(state, (store) =>
      Effect.gen(function*() {
        yield* store.advanceEpoch
        const { jobs, quarantined } = yield* store.list({ limit: 1000 })
        if (quarantined.length > 0) report.violations.push(`quarantined: ${JSON.stringify(quarantined)}`)
        const { starts } = yield* store.get(jobId(1))
        if (starts < least) report.violations.push(`an acknowledged write is lost: ${starts} of ${least}`)
        const ids = new Set<string>(jobs.map((job) => job.id))
        for (const n of inserted) if (!ids.has(jobId(n))) report.violations.push(`job ${n} is lost`)
        for (const job of jobs) {
          if (statSync(mirrorOf(state, Number.parseInt(job.id.slice(-12), 16))).size === 0) {
            report.violations.push(`the mirror of ${job.id} is empty`)
          }
        }
        yield* progress(least + 1)(store)
      }))
    forEachRow(state, (database) => {
      const [answer] = Object.values(database.prepare("PRAGMA integrity_check(1)").get() ?? {})
      if (answer !== "ok") report.violations.push(`the database says ${String(answer)}`)
    })
  })

/** Fills the file system until only `room` bytes are left. */
const fill = (ballast: string, room: number): void => {
  const file = openSync(ballast, "w", 0o600)
  let size = 0
  const block = Buffer.alloc(4096)
  try {
    for (;;) size += writeSync(file, block)
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ENOSPC")) throw cause
  } finally {
    closeSync(file)
  }
  truncateSync(ballast, Math.max(0, size - room))
}

/** The disk is full but for a little, for every little: each operation works or says `disk_full`. */
export const diskFull = Effect.fnUntraced(function*(parent: string, steps: number) {
  const report = noReport()
  const state = yield* smallDisk(parent, "4m")
  const ballast = join(state, "ballast")
  const full = ["disk_full"]
  const inserted: Array<number> = [1]
  let least = 0
  yield* visit(state, (store) => store.insert(jobRecord(1), created))
  for (let step = 0; step < steps; step++) {
    yield* visit(state, (store) =>
      Effect.gen(function*() {
        fill(ballast, step * 4096)
        if (yield* tried(report, "update", full, progress(step)(store))) least = step
        const n = 10 + step
        if (yield* tried(report, "insert", full, store.insert(jobRecord(n), created))) inserted.push(n)
        yield* tried(report, "list", [], store.list({}))
        yield* tried(report, "advanceEpoch", full, store.advanceEpoch)
        rmSync(ballast)
        yield* tried(report, "update with space again", [], progress(step)(store))
        least = step
        fill(ballast, step * 4096)
      }))
    yield* tried(report, "open and list", full, visit(state, (store) => store.list({})))
    rmSync(ballast)
    yield* mustBeWhole(report, state, least, inserted)
  }
  return report
}, Effect.scoped)

/** The file system becomes read-only under a store, and writable again. */
export const readOnly = Effect.fnUntraced(function*(parent: string) {
  const report = noReport()
  const state = yield* smallDisk(parent, "4m")
  const refused = ["state_unwritable"]
  yield* visit(state, (store) => store.insert(jobRecord(1), created))
  yield* Effect.sync(() => mount("-o", "remount,ro", state))
  yield* tried(report, "open and list, read-only", refused, visit(state, (store) => store.list({})))
  yield* tried(report, "open and update, read-only", refused, visit(state, progress(1)))
  yield* Effect.sync(() => mount("-o", "remount,rw", state))
  yield* mustBeWhole(report, state, 0, [1])
  return report
}, Effect.scoped)

/** A file of which every read fails as EIO: our own memory at an address that nothing uses. */
const unreadable = (path: string) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      if (!mount("--bind", `/proc/${process.pid}/mem`, path)) throw new Error("cannot bind")
    }),
    () => Effect.sync(() => umount(path))
  )

/** Mirrors, and then the database, that cannot be read: a mirror disturbs nobody, the database is named with its cause. */
export const readErrors = Effect.fnUntraced(function*(parent: string) {
  const report = noReport()
  const state = yield* smallDisk(parent, "4m")
  yield* visit(state, (store) =>
    Effect.gen(function*() {
      for (const n of [1, 2]) yield* store.insert(jobRecord(n), created)
    }))
  yield* Effect.scoped(Effect.gen(function*() {
    yield* unreadable(mirrorOf(state, 2))
    yield* tried(report, "update of another job beside an unreadable mirror", [], visit(state, progress(1)))
    yield* tried(
      report,
      "host start beside an unreadable mirror",
      [],
      visit(state, (store) => store.advanceEpoch)
    )
    yield* tried(report, "get of the job itself", [], visit(state, (store) => store.get(jobId(2))))
  }))
  yield* Effect.scoped(Effect.gen(function*() {
    yield* unreadable(join(state, "oracle.db"))
    yield* tried(report, "open on an unreadable database", ["storage_failed"], visit(state, (store) => store.list({})))
  }))
  yield* mustBeWhole(report, state, 1, [1, 2])
  return report
}, Effect.scoped)

/** A process that has no descriptor left, in `starved.ts`; it prints a report. */
export const noDescriptors = Effect.fnUntraced(function*(parent: string) {
  const state = join(parent, "starved")
  mkdirSync(state, { recursive: true, mode: 0o700 })
  yield* visit(state, (store) => store.insert(jobRecord(1), created))
  const child = spawnSync("sh", [
    "-c",
    "ulimit -n 64 && exec \"$@\"",
    "sh",
    process.execPath,
    "--conditions=oracle-source",
    join(import.meta.dirname, "starved.ts"),
    state
  ], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })
  const line = child.stdout.split("\n").find((text) => text.startsWith("{"))
  if (line === undefined) return yield* Effect.die(`the starved process said nothing: ${child.stdout}`)
  const report: StorageReport = JSON.parse(line)
  yield* mustBeWhole(report, state, 2, [1])
  rmSync(state, { recursive: true })
  return report
})

export { progress, tried }
