/** Runs one seed from its first job to rest, and says which promises did not hold. */
import { Schema } from "effect"
import { Job } from "../../../src/domain/Job.ts"
import { isEnded } from "../../../src/domain/JobPhase.ts"
import { dirs } from "../../worker/support/Fakes.ts"
import { type Counted, Machine } from "./Machine.ts"
import { Programs } from "./Programs.ts"
import { Scenario } from "./Scenario.ts"
import { answerText } from "./SimPage.ts"

export interface Outcome {
  readonly seed: number
  readonly counts: Readonly<Record<Counted, number>>
  readonly violations: ReadonlyArray<{ readonly promise: string; readonly detail: string; readonly atMs: number }>
  /** Equal for equal runs. */
  readonly fingerprint: string
}

const maxSteps = 400_000
const lookEveryMs = 20_000
/** After the calm: that long until every job is at rest, for each round of resumes. */
const restMs = 6 * 3_600_000
const resumeRounds = 4

const isJob = Schema.is(Job)

export const simulate = (seed: number, log?: (line: string) => void): Outcome => {
  const machine = new Machine(seed, log)
  const programs = new Programs(machine)
  const scenario = new Scenario(machine, programs)
  machine.log(JSON.stringify({ ...machine.settings, config: undefined }))
  scenario.begin()
  const { world } = machine
  const run = (until: () => boolean): boolean => {
    while (machine.violations.length === 0 && !until()) {
      if (world.steps > maxSteps) return false
      if (!world.step()) return until()
    }
    return true
  }
  run(() => !machine.chaos)
  for (let round = 0; round <= resumeRounds && machine.violations.length === 0; round += 1) {
    rest(machine, programs, run)
    const failed = [...machine.jobs.values()].filter((job) => job.phase === "failed" && mayEndWell(job))
    if (failed.length === 0) break
    if (round < resumeRounds) { for (const job of failed) scenario.resume(job, round > 0) }
    else for (const job of failed) machine.violate("a job whose answer is there completes", describe(machine, job))
  }
  if (machine.violations.length === 0) { for (const job of machine.jobs.values()) jobAtRest(machine, job) }
  countEnds(machine)
  return {
    seed,
    counts: machine.counts,
    violations: machine.violations,
    fingerprint: JSON.stringify([machine.counts, world.now, [...machine.jobs.values()].map(({ phase }) => phase)])
  }
}

/** Lets everything come to rest, while somebody looks now and then. */
const rest = (machine: Machine, programs: Programs, run: (until: () => boolean) => boolean): void => {
  const { world } = machine
  const end = world.now + restMs
  let over = false
  const look = (): void => {
    if (over) return
    programs.look()
    world.after(null, lookEveryMs, look)
  }
  look()
  run(() => world.steps % 16 === 0 && (left(machine).length === 0 || world.now > end))
  over = true
  const found = left(machine)
  if (machine.violations.length > 0 || found.length === 0) return
  machine.violate("everything comes to rest", `${found.join("; ")} after ${world.steps} steps`)
}

/** What is not at rest yet. */
const left = (machine: Machine): ReadonlyArray<string> => [
  ...[...machine.jobs.values()].filter((job) => !isEnded(job.phase) || job.cleanup.pending)
    .map((job) => describe(machine, job)),
  ...machine.world.processes.filter(({ alive, kind }) => alive && kind === "client").map(({ name }) => name),
  ...machine.openBrowsers().map(({ pid }) => `browser ${pid}`),
  ...[...machine.runtimes.keys()].map((id) => `runtime ${id.slice(-4)}`),
  ...machine.read(machine.store.leases).map(({ job, key, kind }) => `${kind} lease ${key} of ${job.slice(-4)}`)
]

const describe = (machine: Machine, job: Job): string =>
  `${job.id.slice(-4)} is ${job.phase} (${job.send.state}, attempt ${job.attempt}, ${job.blocked?.reason ?? ""} ` +
  `${job.error?.code ?? ""} ${job.error?.message ?? ""}), arrived ${
    machine.site.sends.filter((send) => send.job === job.id).length
  }`

/** False for failures that no resume can heal, by contract. */
const mayEndWell = (job: Job): boolean => {
  if (job.error?.code === "submission_interrupted" || job.error?.code === "response_failed") return false
  return job.submittedAt !== null || job.queuedAt !== null
}

const jobAtRest = (machine: Machine, job: Job): void => {
  const arrived = machine.site.sends.filter((send) => send.job === job.id)
  const id = job.id.slice(-4)
  if (!isJob(job)) machine.violate("a record is valid", id)
  if (arrived.length > (machine.allowed.get(job.id) ?? 1)) {
    machine.violate("a prompt is sent at most once", `${id} arrived ${arrived.length} times`)
  }
  if (job.runtime !== null) machine.violate("nothing leaks", `${id} still names its runtime`)
  if (job.status === "complete") {
    const text = machine.files.get(dirs.job(job.id).responseMarkdown)
    if (!arrived.some(({ turn }) => answerText(turn) === text)) {
      machine.violate("a job gets the answer to its own send", `${id} has ${text}`)
    }
  }
  const rounds = machine.rounds.get(job.id) ?? 0
  const events = machine.read(machine.store.events(job.id)).length
  const bound = 40 + 25 * (rounds + job.attempt + machine.counts.hosts)
  if (events > bound) machine.violate("book-keeping is bounded", `${id} has ${events} events after ${rounds} rounds`)
  if (job.cleanup.warnings.length > 8) {
    machine.violate("book-keeping is bounded", `${id} has ${job.cleanup.warnings.length} warnings`)
  }
}

const countEnds = (machine: Machine): void => {
  machine.counts.steps = machine.world.steps
  for (const { status } of machine.jobs.values()) {
    if (status === "complete") machine.counts.completed += 1
    else if (status === "failed") machine.counts.failed += 1
    else if (status === "cancelled") machine.counts.cancelled += 1
  }
}
