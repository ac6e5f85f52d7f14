/** Memory layers of the other ports: files, directories, seeds, processes, host lock. */
import { DateTime, Effect, Layer } from "effect"
import { AccountName } from "../../../src/domain/Ids.ts"
import type { ProcessRecord } from "../../../src/domain/ProcessRecord.ts"
import { type OracleError, oracleError } from "../../../src/error/OracleError.ts"
import { HostLock } from "../../../src/host/HostLock.ts"
import { Processes } from "../../../src/port/Processes.ts"
import { SeedProfiles } from "../../../src/port/SeedProfiles.ts"
import { JobFiles } from "../../../src/store/JobFiles.ts"
import { StateDirs } from "../../../src/store/StateDirs.ts"

export const dirs = StateDirs.of({
  state: "/state",
  jobs: "/state/jobs",
  cache: "/cache",
  globalConfigFile: "/config/config.json",
  database: "/state/oracle.db",
  hostLock: "/state/host-lock.db",
  hostLog: "/state/host.log",
  seeds: () => "/state/seeds",
  runtimes: () => "/state/runtimes",
  job: (id) => {
    const directory = `/state/jobs/oracle-${id}`
    return {
      directory,
      record: `${directory}/job.json`,
      prompt: `${directory}/prompt.md`,
      manifest: `${directory}/manifest.json`,
      responseMarkdown: `${directory}/response.md`,
      responseText: `${directory}/response.txt`,
      responseAlternative: `${directory}/response.alt.md`,
      responsePartial: `${directory}/response.partial.md`,
      artifactManifest: `${directory}/artifacts.json`,
      artifacts: `${directory}/artifacts`,
      attachments: `${directory}/attachments`,
      workerLog: `${directory}/logs/worker.log`,
      eventLog: `${directory}/logs/events.ndjson`,
      diagnostics: `${directory}/diagnostics`,
      archive: (format) => `${directory}/context-${id}.${format}`
    }
  }
})

export class FakeFiles {
  readonly files = new Map<string, string>()
  fault: (path: string) => OracleError | undefined = () => undefined
  /** Why a file cannot be removed. */
  stuck: (path: string) => OracleError | undefined = () => undefined

  readonly layer = Layer.sync(JobFiles, () =>
    JobFiles.of({
      makeSafe: () => Effect.void,
      makeDirs: (id) => Effect.sync(() => dirs.job(id)),
      write: (path, content) =>
        Effect.suspend(() => {
          const error = this.fault(path)
          if (error !== undefined) return Effect.fail(error)
          this.files.set(path, typeof content === "string" ? content : new TextDecoder().decode(content))
          return Effect.void
        }),
      append: (path, text) => Effect.sync(() => void this.files.set(path, (this.files.get(path) ?? "") + text)),
      read: (path) => Effect.sync(() => this.files.get(path) ?? null),
      readHead: (path, bytes) => Effect.sync(() => this.files.get(path)?.slice(0, bytes) ?? null),
      removeFile: (_, path) =>
        Effect.suspend(() => {
          const error = this.stuck(path)
          if (error !== undefined) return Effect.fail(error)
          this.files.delete(path)
          return Effect.void
        }),
      removeCopies: (id) =>
        Effect.sync(() => {
          const { archive, attachments } = dirs.job(id)
          const starts = [archive("tar.zst"), archive("tar.gz"), attachments]
          for (const path of this.files.keys()) {
            if (starts.some((start) => path.startsWith(start))) this.files.delete(path)
          }
        }),
      remove: (id) =>
        Effect.sync(() => {
          for (const path of this.files.keys()) {
            if (path.startsWith(dirs.job(id).directory)) this.files.delete(path)
          }
        }),
      list: Effect.succeed([]),
      foreign: Effect.succeed([])
    }))
}

export class FakeSeeds {
  generation = 1
  createdAt = 0
  missing = false
  readonly runtimes = new Set<string>()
  listing: Effect.Effect<void, OracleError> = Effect.void
  readonly staged: Array<string> = []
  staging: Effect.Effect<void, OracleError> = Effect.void
  removing: Effect.Effect<void> = Effect.void
  cloning: Effect.Effect<void, OracleError> = Effect.void

  readonly layer = Layer.sync(SeedProfiles, () =>
    SeedProfiles.of({
      check: ({ site }) =>
        Effect.suspend(() =>
          this.missing
            ? Effect.fail(oracleError("seed_missing", "there is no seed"))
            : Effect.succeed({
              site,
              account: AccountName.make("default"),
              directory: "/state/seeds/practice/default",
              generation: this.generation,
              createdAt: DateTime.makeUnsafe(this.createdAt),
              identity: null
            })
        ),
      runtimes: () =>
        Effect.andThen(this.listing, Effect.sync(() => [...this.runtimes].map((id) => `/state/runtimes/${id}`))),
      clone: (_, id) =>
        Effect.andThen(
          this.cloning,
          Effect.acquireRelease(
            Effect.sync(() => {
              this.runtimes.add(id)
              return {
                id,
                profileDir: `/state/runtimes/${id}/profile`,
                tempDir: `/state/runtimes/${id}/tmp`,
                seedGeneration: this.generation
              }
            }),
            () => Effect.andThen(this.removing, Effect.sync(() => void this.runtimes.delete(id)))
          )
        ),
      removeStaging: () => Effect.andThen(this.staging, Effect.sync(() => this.staged.splice(0))),
      removeRuntime: (_, id) => Effect.sync(() => void this.runtimes.delete(id))
    }))
}

export const processRecord = (pid: number): ProcessRecord => ({ pid, startTime: "1", bootId: "b", nonce: null })

export class FakeProcesses {
  readonly living = new Set<number>([1])
  readonly ended: Array<number> = []
  readonly browsers = new Map<string, number>()
  readonly stuck = new Set<number>()
  ending: Effect.Effect<void> = Effect.void
  readonly pid: number

  constructor(pid = 1) {
    this.pid = pid
    this.living.add(pid)
  }

  readonly layer = Layer.sync(Processes, () =>
    Processes.of({
      self: processRecord(this.pid),
      identify: (pid) => Effect.sync(() => (this.living.has(pid) ? processRecord(pid) : null)),
      alive: ({ pid }) => Effect.sync(() => this.living.has(pid)),
      end: ({ pid }) =>
        Effect.andThen(
          this.ending,
          Effect.suspend(() => {
            if (this.stuck.has(pid)) return Effect.fail(oracleError("process_stuck", `process ${pid} does not end`))
            if (this.living.delete(pid)) this.ended.push(pid)
            return Effect.void
          })
        ),
      browsersOn: (dir) =>
        Effect.sync(() => {
          const pid = this.browsers.get(dir)
          return pid === undefined ? [] : [processRecord(pid)]
        })
    }))
}

/** One lock, as the file would be; hosts of several layers share it. */
export class FakeLock {
  held = false
  intact = true
  trouble: OracleError | null = null

  readonly layer = Layer.sync(HostLock, () =>
    HostLock.of({
      tryAcquire: Effect.map(
        Effect.acquireRelease(
          Effect.suspend(() => {
            if (this.trouble !== null) return Effect.fail(this.trouble)
            const free = !this.held
            this.held = true
            return Effect.succeed(free)
          }),
          (free) =>
            Effect.sync(() => {
              if (free) this.held = false
            })
        ),
        (free) =>
          free
            ? { _tag: "Held" as const, intact: Effect.sync(() => this.intact) }
            : { _tag: "Busy" as const }
      ),
      isHeld: Effect.sync(() => this.held)
    }))
}
