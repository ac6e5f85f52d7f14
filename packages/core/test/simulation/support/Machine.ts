/** The machine of one simulation: what its processes share, what survives them, and what is counted. */
import { Deferred, Effect } from "effect"
import type { JobId } from "../../../src/domain/Ids.ts"
import type { Job } from "../../../src/domain/Job.ts"
import { type OracleError, oracleError } from "../../../src/error/OracleError.ts"
import { JobStore } from "../../../src/store/JobStore.ts"
import * as JobStoreMemory from "../../../src/store/JobStoreMemory.ts"
import { auditLeases, auditStep, type Violation } from "./Audit.ts"
import { Prng } from "./Prng.ts"
import { type Settings, settingsOf, withCapacity } from "./Settings.ts"
import { SimSite } from "./SimSite.ts"
import { type SimProcess, World } from "./World.ts"

export interface Browser {
  readonly pid: number
  readonly owner: SimProcess
  readonly profileDir: string
  readonly generation: number
  readonly lost: Deferred.Deferred<never, OracleError>
  job: JobId | null
  alive: boolean
  /** Somebody tried in vain to end it. */
  stuck: boolean
}

export const counted = [
  "steps",
  "hosts",
  "jobs",
  "crashBeforeWrite",
  "crashAfterWrite",
  "hostKills",
  "clientKills",
  "fences",
  "zombies",
  "freezes",
  "clockJumps",
  "browserCrashes",
  "siteTroubles",
  "drains",
  "sends",
  "lostResponses",
  "refusals",
  "cancels",
  "resumes",
  "followUps",
  "completed",
  "failed",
  "cancelled"
] as const
export type Counted = (typeof counted)[number]

/** What may happen to a send, and how often where it does. */
export const sendTroubles = {
  swallowed: 2,
  refused: 2,
  lost: 2,
  noResponse: 3,
  late: 2,
  crash: 2,
  crashAfter: 2,
  hangs: 2
}
export type SendTrouble = keyof typeof sendTroubles | "fine"

export const lostBrowser = (): OracleError => oracleError("browser_crashed", "the browser is gone")

export class Machine {
  readonly prng: Prng
  readonly settings: Settings
  readonly world: World
  readonly site: SimSite
  readonly store: JobStore["Service"]
  readonly files = new Map<string, string>()
  readonly runtimes = new Map<string, number>()
  readonly browsers = new Map<number, Browser>()
  readonly jobs = new Map<JobId, Job>()
  /** Sends that the user agreed to; 1 unless `--send-again` was chosen. */
  readonly allowed = new Map<JobId, number>()
  readonly rounds = new Map<JobId, number>()
  readonly counts: Record<Counted, number>
  readonly violations: Array<Violation & { readonly atMs: number }> = []
  readonly log: (line: string) => void
  /** What happens to the next sends; the seed decides once it is used up. */
  readonly nextSends: Array<SendTrouble> = []
  /** Trouble is made while this is true; then everything must come to its end. */
  chaos = true
  seedGeneration = 1
  lock: { readonly generation: number; holder: SimProcess | null } = { generation: 1, holder: null }
  private nextPid = 10_000
  private nextId = 1
  private readonly runStore

  constructor(seed: number, log: (line: string) => void = () => {}, part: Partial<Settings> = {}) {
    this.prng = new Prng(seed)
    this.settings = withCapacity({ ...settingsOf(this.prng), ...part })
    this.world = new World(this.prng, this.settings)
    this.site = new SimSite(this.prng, this.world, this.settings)
    this.counts = Object.fromEntries(counted.map((name) => [name, 0])) as Record<Counted, number>
    this.log = (line) => log(`${(this.world.now / 1000).toFixed(3).padStart(10)}  ${line}`)
    this.runStore = Effect.runSyncExitWith(this.world.services(null))
    this.store = Effect.runSync(Effect.provide(JobStore, JobStoreMemory.layer))
  }

  count(what: Counted, line?: string): void {
    this.counts[what] += 1
    if (line !== undefined) this.log(line)
  }

  violate(promise: string, detail: string): void {
    this.violations.push({ promise, detail, atMs: this.world.now })
    this.log(`VIOLATION ${promise}: ${detail}`)
  }

  pid(): number {
    this.nextPid += 1
    return this.nextPid
  }

  /** A number of its own for each id that is asked for. */
  serial(): string {
    this.nextId += 1
    return this.nextId.toString(16).padStart(12, "0")
  }

  /** A transaction of the store: nothing else runs in between, as in a database. */
  transact<A, E>(operation: Effect.Effect<A, E>) {
    return this.runStore(operation)
  }

  read<A, E>(operation: Effect.Effect<A, E>): A {
    const exit = this.transact(operation)
    if (exit._tag === "Success") return exit.value
    throw new Error("the store cannot be read")
  }

  /** Compares every record with what it was before the last write. */
  audit(): void {
    for (const job of this.read(this.store.list({ limit: 100 })).jobs) {
      const before = this.jobs.get(job.id)
      if (before === job) continue
      for (const { detail, promise } of auditStep(before, job)) this.violate(promise, detail)
      this.jobs.set(job.id, job)
      if (before?.phase !== job.phase) this.log(`job ${job.id.slice(-4)} is ${job.phase} (${job.send.state})`)
    }
    const leases = this.read(this.store.leases)
    for (const { detail, promise } of auditLeases(leases, this.jobs, this.settings.capacity)) {
      this.violate(promise, detail)
    }
  }

  endBrowser(browser: Browser): void {
    if (!browser.alive) return
    browser.alive = false
    this.world.schedule(browser.owner, () => Deferred.doneUnsafe(browser.lost, Effect.fail(lostBrowser())))
  }

  openBrowsers(): ReadonlyArray<Browser> {
    return [...this.browsers.values()].filter(({ alive }) => alive)
  }

  /** The kernel's part in the end of a process: its lock is free, and its browsers mostly die with it. */
  onGone(process: SimProcess): void {
    if (this.lock.holder === process) this.lock.holder = null
    for (const browser of this.browsers.values()) {
      if (browser.owner === process && !(this.chaos && this.prng.chance(this.settings.orphans))) browser.alive = false
    }
  }

  /** The host that everybody sees, if any: the living holder of the present lock. */
  host(): SimProcess | null {
    return this.lock.holder?.alive === true ? this.lock.holder : null
  }

  /** Kills the process at a write, before or after it took effect, where the seed says so. */
  dies(process: SimProcess, when: "crashBeforeWrite" | "crashAfterWrite", what: string): boolean {
    if (!this.chaos) return false
    const rate = process.kind === "host" ? this.settings.crashRate : this.settings.crashRate / 4
    if (!this.prng.chance(rate)) return false
    this.count(when, `${process.name} dies ${when === "crashBeforeWrite" ? "before" : "after"} ${what}`)
    this.world.gone(process)
    return true
  }
}
