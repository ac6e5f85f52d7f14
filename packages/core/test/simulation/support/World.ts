/** Time, processes and the order of everything: one ready task at a time, chosen by the seed. */
import { Clock, Context, Duration, Effect, type Fiber, References, Scheduler } from "effect"
import type { ProcessRecord } from "../../../src/domain/ProcessRecord.ts"
import type { Prng } from "./Prng.ts"

/** A process of the simulated machine. What a dead one still has to do is never run. */
export class SimProcess {
  alive = true
  /** Stopped by a signal: alive, but nothing of it runs until it is continued. */
  frozen = false
  readonly held: Array<() => void> = []
  readonly watchers: Array<() => void> = []
  readonly pid: number
  readonly kind: "host" | "client"
  readonly record: ProcessRecord

  constructor(pid: number, kind: "host" | "client") {
    this.pid = pid
    this.kind = kind
    this.record = { pid, startTime: String(pid), bootId: "boot", nonce: null }
  }

  get name(): string {
    return `${this.kind} ${this.pid}`
  }
}

interface Timer {
  readonly at: number
  readonly owner: SimProcess | null
  readonly run: () => void
}

interface Task {
  readonly owner: SimProcess | null
  readonly run: () => void
}

export interface WorldOptions {
  /** A fiber gives way after this many operations on average. */
  readonly opsPerTurn: number
  /** Timers fire up to this late, as on a busy machine; those that are due together fire in any order. */
  readonly lagMs: number
}

const epochMs = Date.UTC(2026, 2, 1)

/** Suspends for ever: what a fiber of a dead process does. */
export const never = Effect.callback<never>(() => {})

export class World {
  /** Milliseconds of real time since the start; no clock jump touches it. */
  now = 0
  steps = 0
  wallOffsetMs = epochMs
  lagMs: number
  readonly processes: Array<SimProcess> = []
  private readonly ready: Array<Task> = []
  private timers: Array<Timer> = []
  private turn = 0
  private readonly prng: Prng
  private readonly options: WorldOptions

  constructor(prng: Prng, options: WorldOptions) {
    this.prng = prng
    this.options = options
    this.lagMs = options.lagMs
  }

  wallMs(): number {
    return Math.floor(this.now + this.wallOffsetMs)
  }

  schedule(owner: SimProcess | null, run: () => void): void {
    if (owner?.alive === false) return
    if (owner?.frozen === true) owner.held.push(run)
    else this.ready.push({ owner, run })
  }

  after(owner: SimProcess | null, ms: number, run: () => void): () => void {
    const timer: Timer = { at: this.now + Math.max(0, ms), owner, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  /** Runs one ready task, or lets time pass to the next timer. False when nothing will ever happen again. */
  step(): boolean {
    this.steps += 1
    if (this.ready.length === 0) return this.advance()
    const index = Math.floor(this.prng.next() * this.ready.length)
    const task = this.ready[index]
    const last = this.ready.pop()
    if (task === undefined || last === undefined) return true
    if (index < this.ready.length) this.ready[index] = last
    if (task.owner === null || task.owner.alive) {
      if (task.owner?.frozen === true) task.owner.held.push(task.run)
      else task.run()
    }
    return true
  }

  private advance(): boolean {
    let next = Number.POSITIVE_INFINITY
    this.timers = this.timers.filter(({ owner }) => owner === null || owner.alive)
    for (const { at, owner } of this.timers) if (owner?.frozen !== true && at < next) next = at
    if (next === Number.POSITIVE_INFINITY) return false
    this.now = Math.max(this.now, next) + (this.lagMs > 0 ? Math.floor(this.prng.next() * this.lagMs) : 0)
    const due = this.timers.filter(({ at, owner }) => at <= this.now && owner?.frozen !== true)
    this.timers = this.timers.filter((timer) => !due.includes(timer))
    for (const { owner, run } of due) this.schedule(owner, run)
    return true
  }

  private scheduler(owner: SimProcess): Scheduler.Scheduler {
    return {
      executionMode: "async",
      shouldYield: () => {
        this.turn -= 1
        if (this.turn > 0) return false
        this.turn = this.prng.between(1, this.options.opsPerTurn * 2)
        return true
      },
      makeDispatcher: () => {
        const tasks: Array<() => void> = []
        return {
          scheduleTask: (task) => {
            tasks.push(task)
            this.schedule(owner, () => tasks.shift()?.())
          },
          flush: () => {}
        }
      }
    }
  }

  private clock(owner: SimProcess | null): Clock.Clock {
    const millis = () => this.wallMs()
    const nanos = () => BigInt(this.wallMs()) * 1_000_000n
    const monotonic = () => BigInt(Math.floor(this.now * 1_000_000))
    return {
      currentTimeMillisUnsafe: millis,
      currentTimeMillis: Effect.sync(millis),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: monotonic,
      monotonicTimeNanos: Effect.sync(monotonic),
      sleep: (duration) =>
        Effect.callback<void>((resume) => {
          const ms = Duration.toMillis(duration)
          if (!Number.isFinite(ms)) return
          const cancel = this.after(owner, ms, () => resume(Effect.void))
          return Effect.sync(cancel)
        })
    }
  }

  /** The services that everything of a process runs with; without a process, those of a transaction of the store. */
  services(owner: SimProcess | null): Context.Context<never> {
    const context = Context.empty().pipe(
      Context.add(Clock.Clock, this.clock(owner)),
      Context.add(References.TracerEnabled, false),
      Context.add(References.MinimumLogLevel, "None" as const)
    )
    return owner === null ? context : Context.add(context, Scheduler.Scheduler, this.scheduler(owner))
  }

  spawn(kind: SimProcess["kind"], main: (process: SimProcess) => Effect.Effect<unknown, unknown>): SimProcess {
    const process = new SimProcess(100 + this.processes.length, kind)
    this.processes.push(process)
    this.schedule(process, () => {
      const fiber: Fiber.Fiber<unknown, unknown> = Effect.runForkWith(this.services(process))(main(process))
      fiber.addObserver(() => this.gone(process))
    })
    return process
  }

  /** The process is no more, whatever it was doing; its finalizers do not run. */
  gone(process: SimProcess): void {
    if (!process.alive) return
    process.alive = false
    for (const watcher of process.watchers) watcher()
  }

  freeze(process: SimProcess): void {
    process.frozen = true
  }

  thaw(process: SimProcess): void {
    process.frozen = false
    for (const run of process.held.splice(0)) this.schedule(process, run)
  }
}
