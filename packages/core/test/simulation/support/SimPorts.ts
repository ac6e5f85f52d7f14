/** The other ports of one process: files, seeds, processes, lock, randomness, all over the shared machine. */
import { Context, DateTime, Effect, FileSystem, Layer, Path } from "effect"
import * as Digest from "effect/crypto/Digest"
import * as SecureRandom from "effect/crypto/SecureRandom"
import { AccountName } from "../../../src/domain/Ids.ts"
import { type OracleError, oracleError } from "../../../src/error/OracleError.ts"
import { HostLock } from "../../../src/host/HostLock.ts"
import { HostSettings } from "../../../src/host/HostSettings.ts"
import { ChatBrowser } from "../../../src/port/ChatBrowser.ts"
import { Processes } from "../../../src/port/Processes.ts"
import { type RuntimeProfile, SeedProfiles } from "../../../src/port/SeedProfiles.ts"
import { JobFiles } from "../../../src/store/JobFiles.ts"
import { JobStore } from "../../../src/store/JobStore.ts"
import { StateDirs } from "../../../src/store/StateDirs.ts"
import { FakeArchiver } from "../../oracle/support/OracleBench.ts"
import { dirs } from "../../worker/support/Fakes.ts"
import type { Machine } from "./Machine.ts"
import { browserOf } from "./SimBrowser.ts"
import { type Notices, storeOf } from "./SimStore.ts"
import { never, type SimProcess } from "./World.ts"

/** An effect that only a living process has. */
const byLiving = (process: SimProcess) => <A, E>(run: () => Effect.Effect<A, E> | A): Effect.Effect<A, E> =>
  Effect.suspend(() => {
    if (!process.alive) return never
    const done = run()
    return Effect.isEffect(done) ? done : Effect.succeed(done)
  })

const filesOf = (machine: Machine, process: SimProcess): JobFiles["Service"] => {
  const { files } = machine
  const living = byLiving(process)
  const change = (what: string, run: () => void): Effect.Effect<void> =>
    living(() => {
      if (machine.dies(process, "crashBeforeWrite", what)) return never
      run()
      return machine.dies(process, "crashAfterWrite", what) ? never : Effect.void
    })
  return JobFiles.of({
    makeSafe: () => Effect.void,
    makeDirs: (id) => living(() => dirs.job(id)),
    write: (path, content) =>
      change(path, () => files.set(path, typeof content === "string" ? content : new TextDecoder().decode(content))),
    append: (path, text) => change(path, () => files.set(path, (files.get(path) ?? "") + text)),
    read: (path) => living(() => files.get(path) ?? null),
    readHead: (path, bytes) => living(() => files.get(path)?.slice(0, bytes) ?? null),
    removeFile: (_, path) => change(path, () => files.delete(path)),
    removeCopies: (id) =>
      living(() => {
        const { archive, attachments } = dirs.job(id)
        const starts = [archive("tar.zst"), archive("tar.gz"), attachments]
        for (const path of files.keys()) if (starts.some((start) => path.startsWith(start))) files.delete(path)
      }),
    remove: (id) =>
      living(() => {
        for (const path of files.keys()) if (path.startsWith(dirs.job(id).directory)) files.delete(path)
      }),
    list: Effect.succeed([]),
    foreign: Effect.succeed([])
  })
}

const seedsOf = (machine: Machine, process: SimProcess): SeedProfiles["Service"] => {
  const living = byLiving(process)
  const fails = () => machine.chaos && machine.prng.chance(machine.settings.cleanTrouble)
  return SeedProfiles.of({
    check: ({ site }) =>
      living(() => ({
        site,
        account: AccountName.make("default"),
        directory: "/state/seeds/practice/default",
        generation: machine.seedGeneration,
        createdAt: DateTime.makeUnsafe(0),
        identity: null
      })),
    runtimes: () => living(() => [...machine.runtimes.keys()].map((id) => `/state/runtimes/${id}`)),
    clone: (_, id) =>
      Effect.acquireRelease(
        Effect.andThen(
          Effect.sleep(machine.prng.between(1, 500)),
          living<RuntimeProfile, OracleError>(() => {
            machine.runtimes.set(id, machine.seedGeneration)
            return {
              id,
              profileDir: `/state/runtimes/${id}/profile`,
              tempDir: `/state/runtimes/${id}/tmp`,
              seedGeneration: machine.seedGeneration
            }
          })
        ),
        () =>
          living(() => {
            if (fails()) return Effect.die(new Error("the runtime directory cannot be removed"))
            machine.runtimes.delete(id)
            return Effect.void
          })
      ),
    removeStaging: () => Effect.succeed([]),
    removeRuntime: (_, id) =>
      living(() => {
        if (fails()) return Effect.fail(oracleError("storage_failed", "the runtime directory cannot be removed"))
        machine.runtimes.delete(id)
        return Effect.void
      })
  })
}

const processesOf = (machine: Machine, process: SimProcess): Processes["Service"] => {
  const living = byLiving(process)
  const recordOf = (pid: number) => ({ pid, startTime: String(pid), bootId: "boot", nonce: null })
  const fails = () => machine.chaos && machine.prng.chance(machine.settings.cleanTrouble)
  const processOf = (pid: number) => machine.world.processes.find((one) => one.pid === pid && one.alive)
  return Processes.of({
    self: process.record,
    identify: (pid) => living(() => (processOf(pid) === undefined ? null : recordOf(pid))),
    alive: ({ pid }) => living(() => processOf(pid) !== undefined || machine.browsers.get(pid)?.alive === true),
    end: ({ pid }) =>
      living(() => {
        const browser = machine.browsers.get(pid)
        if (browser?.alive === true && !browser.stuck && fails()) {
          browser.stuck = true
          return Effect.fail(oracleError("process_stuck", "the browser does not end"))
        }
        if (browser !== undefined) machine.endBrowser(browser)
        const found = processOf(pid)
        if (found !== undefined) machine.world.gone(found)
        return Effect.void
      }),
    browsersOn: (profileDir) =>
      living(() =>
        machine.openBrowsers().filter((browser) => browser.profileDir === profileDir).map(({ pid }) => recordOf(pid))
      )
  })
}

const lockOf = (machine: Machine, process: SimProcess): HostLock["Service"] => {
  const living = byLiving(process)
  return HostLock.of({
    tryAcquire: Effect.map(
      Effect.acquireRelease(
        living(() => {
          if (machine.host() !== null) return null
          machine.lock.holder = process
          return machine.lock
        }),
        (lock) =>
          living(() => {
            if (lock?.holder === process) lock.holder = null
          })
      ),
      (lock) =>
        lock === null
          ? { _tag: "Busy" as const }
          : { _tag: "Held" as const, intact: living(() => machine.lock === lock) }
    ),
    isHeld: living(() => machine.host() !== null)
  })
}

/** Distinct for distinct texts, and as long as a real one. */
const fakeDigest = (data: Uint8Array): string => {
  let hash = 0x811c9dc5
  for (const byte of data) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(16).padStart(64, "0")
}

const digest = Digest.Digest.of({
  digest: (_, data) => Effect.succeed(data),
  digestHex: (_, data) => Effect.sync(() => fakeDigest(data))
})

const randomOf = (machine: Machine): SecureRandom.SecureRandom["Service"] => {
  const refuse = (): never => {
    throw new Error("not part of the simulation")
  }
  const uuid = (version: string) => Effect.sync(() => `019d0000-0000-${version}000-8000-${machine.serial()}`)
  return {
    randomBytes: refuse,
    intBetween: refuse,
    shuffle: refuse,
    uuidV4: () => uuid("4"),
    uuidV7: () => uuid("7"),
    ulid: Effect.sync(refuse)
  }
}

/** Everything that a process stands on, except the launcher of hosts. */
export const portsOf = (machine: Machine, notices: Notices, process: SimProcess) => {
  const living = byLiving(process)
  const fileSystem = FileSystem.layerNoop({
    exists: (path) => living(() => machine.files.has(path)),
    remove: (path) =>
      living(() => {
        machine.files.delete(path)
      }),
    makeDirectory: () => Effect.void,
    access: () => Effect.void,
    realPath: (path) => Effect.succeed(path)
  })
  const services = Context.make(JobStore, storeOf(machine, notices, process)).pipe(
    Context.add(JobFiles, filesOf(machine, process)),
    Context.add(StateDirs, dirs),
    Context.add(ChatBrowser, browserOf(machine, process)),
    Context.add(SeedProfiles, seedsOf(machine, process)),
    Context.add(Processes, processesOf(machine, process)),
    Context.add(HostLock, lockOf(machine, process)),
    Context.add(HostSettings, { current: Effect.succeed(machine.settings.config) }),
    Context.add(Digest.Digest, digest),
    Context.add(SecureRandom.SecureRandom, randomOf(machine))
  )
  return Layer.mergeAll(
    Layer.succeedContext(services),
    Path.layer,
    fileSystem,
    new FakeArchiver().layerOver(machine.files)
  )
}

export type Ports = Layer.Success<ReturnType<typeof portsOf>>
export type PortLayer = Layer.Layer<Ports>
