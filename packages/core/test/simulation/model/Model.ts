/** The store as simple as it can be said: what each command answers, and what is kept afterwards. */
import { type Command, limits } from "./Command.ts"

type Ended = "complete" | "failed" | "cancelled"

export interface ModelJob {
  phase: string
  attempt: number
  send: string
  intended: boolean
  queuedAt: number | null
  /** Of the last write. */
  epoch: number
  readonly n: number
  readonly conversation: number
}

export interface ModelLease {
  readonly kind: "runtime" | "conversation"
  readonly key: string
  readonly n: number
  readonly epoch: number
}

const run = [
  "submitted",
  "cloning_runtime",
  "launching_browser",
  "verifying_auth",
  "sending",
  "awaiting_response",
  "extracting_response",
  "complete"
]
const sends: Readonly<Record<string, ReadonlyArray<string>>> = {
  not_started: ["attempting"],
  attempting: ["confirmed", "refused"],
  refused: ["attempting"],
  confirmed: []
}
const isEnded = (phase: string): phase is Ended => ["complete", "failed", "cancelled"].includes(phase)

/** Whether the run of a job may go from one phase to another. */
const leadsTo = (from: string, to: string): boolean => {
  if (isEnded(from) || isEnded(to) && to !== "complete") return false
  if (from === "preparing") return to === "queued" || to === "submitted"
  if (from === "queued") return to === "submitted"
  if (to === "queued") return true
  if (to === "submitted") return from !== "submitted"
  if (from === "verifying_auth" && to === "awaiting_response") return true
  if (from === "extracting_response" && to === "awaiting_response") return true
  return run.indexOf(to) === run.indexOf(from) + 1
}

export class Model {
  readonly jobs = new Map<number, ModelJob>()
  leases: Array<ModelLease> = []
  epoch = 1
  private now = 0
  private readonly mends: boolean

  /** A store that mends gives each open job its conversation back, and ended ones nothing, when a host begins. */
  constructor(mends: boolean) {
    this.mends = mends
  }

  /** What the command answers: "ok", or the name of its refusal. */
  apply(command: Command): string {
    this.now += 1
    if (command._tag === "AdvanceEpoch") {
      if (this.mends) this.mend()
      this.epoch += 1
      return "ok"
    }
    if (command._tag === "Promote") return command.age === 1 ? "Fenced" : this.promote()
    const job = this.jobs.get(command.n)
    if (command._tag === "Insert") {
      if (job !== undefined) return "internal_error"
      const { conversation, n } = command
      this.jobs.set(n, {
        phase: "preparing",
        attempt: 1,
        send: "not_started",
        intended: false,
        queuedAt: null,
        epoch: this.epoch,
        n,
        conversation
      })
      return "ok"
    }
    if (command._tag === "Release") return this.release(command)
    if ("age" in command && command.age === 1) return "Fenced"
    if (command._tag === "Remove") return this.remove(command.n, job)
    if (job === undefined) return "job_not_found"
    const before = { ...job }
    const told = this.change(job, command)
    if (Object.entries(before).some(([key, value]) => job[key as keyof ModelJob] !== value)) job.epoch = this.epoch
    return told
  }

  private mend(): void {
    this.leases = this.leases.filter(({ n }) => !isEnded(this.jobs.get(n)?.phase ?? "complete"))
    for (const job of [...this.jobs.values()].toSorted((a, b) => a.n - b.n)) {
      if (!run.includes(job.phase) || isEnded(job.phase) || job.conversation === 0) continue
      const key = `practice/k${job.conversation}`
      const has = this.leases.some((lease) => lease.kind === "conversation" && lease.n === job.n)
      if (!has && this.holder(key) === undefined) this.put({ kind: "conversation", key, n: job.n, epoch: job.epoch })
    }
  }

  private change(job: ModelJob, command: Command): string {
    switch (command._tag) {
      case "Admit":
        return this.admit(job, command.wait)
      case "Take":
        return this.take(job, command.conversation)
      case "Enter":
        return this.enter(job, command.phase)
      case "Advance":
        for (let step = 0; step < command.steps; step += 1) {
          const next = run[run.indexOf(job.phase) + 1]
          if (!run.includes(job.phase) || next === undefined || !leadsTo(job.phase, next)) break
          job.phase = next
        }
        return "ok"
      case "Fail":
        return this.end(job, "failed", true)
      case "Cancel":
        return this.end(job, "cancelled", job.intended)
      case "Intend":
        if (isEnded(job.phase)) return "ok"
        Object.assign(job, { intended: true, epoch: this.epoch })
        return "ok"
      case "Ledger":
        if (isEnded(job.phase) || sends[job.send]?.includes(command.state) !== true) return "IllegalTransition"
        job.send = command.state
        return "ok"
      case "Resume": {
        const again = command.sendAgain && job.send === "attempting"
        if (job.phase !== "failed" || (command.sendAgain && !again)) return "IllegalTransition"
        Object.assign(job, { phase: "queued", queuedAt: this.now, intended: false, attempt: job.attempt + 1 })
        if (again) job.send = "not_started"
        return "ok"
      }
      default:
        return "ok"
    }
  }

  private enter(job: ModelJob, phase: string): string {
    if (!leadsTo(job.phase, phase)) return "IllegalTransition"
    if (phase === "queued") job.queuedAt ??= this.now
    job.phase = phase
    return "ok"
  }

  private end(job: ModelJob, phase: Ended, allowed: boolean): string {
    if (isEnded(job.phase) || !allowed) return "IllegalTransition"
    job.phase = phase
    return "ok"
  }

  private holder(key: string): number | undefined {
    return this.leases.find((lease) => lease.kind === "conversation" && lease.key === key)?.n
  }

  private hasRuntime(n: number): boolean {
    return this.leases.some((lease) => lease.kind === "runtime" && lease.n === n)
  }

  private queue(): ReadonlyArray<ModelJob> {
    const waiting = [...this.jobs.values()].filter(({ intended, phase }) => phase === "queued" && !intended)
    return waiting.toSorted((a, b) => (a.queuedAt ?? 0) - (b.queuedAt ?? 0) || a.n - b.n)
  }

  private seat(job: ModelJob): void {
    Object.assign(job, { phase: "submitted", epoch: this.epoch })
    this.put({ kind: "runtime", key: "practice/default", n: job.n, epoch: this.epoch })
    if (job.conversation > 0) {
      this.put({ kind: "conversation", key: `practice/k${job.conversation}`, n: job.n, epoch: this.epoch })
    }
  }

  private put(lease: ModelLease): void {
    this.leases = [...this.leases.filter(({ kind, n }) => kind !== lease.kind || n !== lease.n), lease]
  }

  /** True when nobody has the conversation, or waits for it before this job, and there is room. */
  private fits(job: ModelJob, ahead: ReadonlyArray<ModelJob>): boolean {
    const first = this.claimant(job, ahead)
    const used = this.leases.filter(({ kind }) => kind === "runtime").length
    const room = this.hasRuntime(job.n) || (used < limits.capacity && used < limits.perAccount)
    return room && (first === undefined || first === job.n)
  }

  private claimant(job: ModelJob, ahead: ReadonlyArray<ModelJob>): number | undefined {
    if (job.conversation === 0) return undefined
    return this.holder(`practice/k${job.conversation}`) ??
      ahead.find(({ conversation }) => conversation === job.conversation)?.n
  }

  private promote(except?: number): string {
    const queue = this.queue().filter(({ n }) => n !== except)
    for (const [index, job] of queue.entries()) if (this.fits(job, queue.slice(0, index))) this.seat(job)
    return "ok"
  }

  private admit(job: ModelJob, wait: boolean): string {
    if (job.phase === "queued") return this.promote()
    if (isEnded(job.phase)) return job.phase === "failed" ? "outage" : "cancelled"
    if (job.phase !== "preparing") return "ok"
    const queue = this.queue()
    this.promote()
    const claimant = this.claimant(job, queue)
    if (claimant !== undefined && claimant !== job.n && !wait) return "conversation_busy"
    if (this.fits(job, queue)) {
      this.seat(job)
      return "ok"
    }
    if (this.queue().length >= limits.maxJobs) return "queue_full"
    return this.enter(job, "queued")
  }

  private take(job: ModelJob, conversation: number): string {
    const key = `practice/k${conversation}`
    const holder = this.holder(key)
    if (holder !== undefined && holder !== job.n) return "conversation_busy"
    this.put({ kind: "conversation", key, n: job.n, epoch: this.epoch })
    return "ok"
  }

  private release({ age, kinds, n }: Extract<Command, { readonly _tag: "Release" }>): string {
    const newest = age === 2 ? Number.POSITIVE_INFINITY : age === 1 ? this.epoch - 1 : this.epoch
    this.leases = this.leases.filter((lease) =>
      lease.n !== n || (kinds !== "both" && lease.kind !== kinds) || lease.epoch > newest
    )
    return "ok"
  }

  private remove(n: number, job: ModelJob | undefined): string {
    if (job !== undefined && !isEnded(job.phase)) return "job_active"
    this.jobs.delete(n)
    this.leases = this.leases.filter((lease) => lease.n !== n)
    return "ok"
  }
}
