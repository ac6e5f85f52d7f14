/** A simulated machine that does what a test says and nothing by itself. */
import type { Job } from "../../../src/domain/Job.ts"
import { isEnded } from "../../../src/domain/JobPhase.ts"
import { Machine, type SendTrouble } from "./Machine.ts"
import { type Ask, Programs } from "./Programs.ts"
import type { Settings } from "./Settings.ts"

const quiet: Partial<Settings> = {
  opsPerTurn: 400,
  lagMs: 0,
  crashRate: 0,
  actionTrouble: 0,
  sendTrouble: 0,
  cleanTrouble: 0,
  orphans: 0,
  historyAuthoritative: true,
  historyLagMs: 0,
  closeMs: 0,
  longestAnswerMs: 20_000,
  turnFails: 0,
  turnCut: 0,
  withFiles: 0
}

export class Script {
  readonly machine: Machine
  readonly programs: Programs

  constructor(part: Partial<Settings> = {}) {
    this.machine = new Machine(1, undefined, { ...quiet, ...part })
    this.programs = new Programs(this.machine)
  }

  /** Runs until the condition holds. False when it does not within the time, or a promise is broken. */
  until(condition: () => boolean, limitMs = 3_600_000): boolean {
    const { violations, world } = this.machine
    const end = world.now + limitMs
    while (!condition()) {
      if (world.now > end || violations.length > 0 || !world.step()) return false
    }
    return true
  }

  submit(ask: Partial<Ask> = {}): void {
    this.programs.submit({ archive: false, queue: true, prompt: "why?", ...ask }, () => {})
  }

  sends(...troubles: ReadonlyArray<SendTrouble>): void {
    this.machine.nextSends.push(...troubles)
  }

  /** The n-th job, as it is now. */
  job(n = 0): Job | undefined {
    return [...this.machine.jobs.values()][n]
  }

  ended(n = 0): boolean {
    const job = this.job(n)
    return job !== undefined && isEnded(job.phase) && !job.cleanup.pending
  }

  arrivals(n = 0): number {
    return this.machine.site.sends.filter(({ job }) => job === this.job(n)?.id).length
  }
}
