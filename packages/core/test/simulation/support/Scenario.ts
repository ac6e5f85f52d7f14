/** What happens to the machine from outside: commands of users, kills, jumps of the clock, troubles of the site. */
import type { JobId } from "../../../src/domain/Ids.ts"
import type { Job } from "../../../src/domain/Job.ts"
import { isEnded } from "../../../src/domain/JobPhase.ts"
import { dirs } from "../../worker/support/Fakes.ts"
import type { Machine } from "./Machine.ts"
import type { Programs } from "./Programs.ts"

const hour = 3_600_000

const weights = {
  submit: 5,
  followUp: 3,
  cancel: 2,
  resume: 4,
  look: 6,
  killHost: 4,
  killClient: 1,
  freezeHost: 2,
  replaceLock: 2,
  drain: 1,
  jump: 3,
  outage: 2,
  limit: 2,
  challenge: 1,
  historyDown: 2,
  signOut: 1,
  signIn: 3
}
type Event = keyof typeof weights

export class Scenario {
  private asked = 0
  private readonly machine: Machine
  private readonly programs: Programs

  constructor(machine: Machine, programs: Programs) {
    this.machine = machine
    this.programs = programs
  }

  /** The first job is always asked for; then everything comes at times of its own. */
  begin(): void {
    const { prng, settings, world } = this.machine
    this.submit()
    let at = 0
    for (let left = settings.events; left > 0; left -= 1) {
      at += prng.between(0, settings.eventEveryMs * 2)
      world.after(null, at, () => this.happen(prng.weighted(weights)))
    }
    world.after(null, at + settings.eventEveryMs, () => this.calm())
  }

  /** No more trouble: what was begun must come to its end now. */
  calm(): void {
    const { machine } = this
    machine.log("calm")
    machine.chaos = false
    machine.world.lagMs = Math.min(machine.world.lagMs, 1000)
    machine.site.heal()
    machine.seedGeneration += 1
    machine.site.sessionGeneration = machine.seedGeneration
    for (const process of machine.world.processes) if (process.frozen) machine.world.thaw(process)
  }

  private jobs(accept: (job: Job) => boolean): ReadonlyArray<Job> {
    return [...this.machine.jobs.values()].filter(accept)
  }

  private submit(): void {
    const { prng, settings } = this.machine
    if (this.asked >= settings.jobs) return
    this.asked += 1
    const prompt = settings.samePrompt ? "the same question" : `question ${this.asked}`
    this.ask({ archive: prng.chance(0.3), queue: prng.chance(0.5), prompt })
  }

  private ask(ask: Parameters<Programs["submit"]>[0]): void {
    this.machine.count("jobs")
    this.programs.submit(ask, (id) => this.machine.log(`job ${id.slice(-4)} is submitted`))
  }

  private followUp(): void {
    const { prng, settings, site } = this.machine
    if (this.asked >= settings.jobs) return
    const complete = this.jobs((job) => job.status === "complete" && job.conversationId !== null)
    const conversation = [...site.conversations.keys()].at(0)
    if (complete.length === 0 && conversation === undefined) return
    this.asked += 1
    this.machine.count("followUps")
    const ask = { archive: false, queue: prng.chance(0.8), prompt: `follow-up ${this.asked}` }
    if (complete.length > 0 && prng.chance(0.7)) this.ask({ ...ask, followUpJobId: prng.pick(complete).id })
    else if (conversation !== undefined) this.ask({ ...ask, conversation: `https://site.test/c/${conversation}` })
  }

  private cancel(): void {
    const open = this.jobs((job) => !isEnded(job.phase))
    if (open.length === 0) return
    this.machine.count("cancels")
    this.programs.cancel(this.machine.prng.pick(open).id)
  }

  /** As a person would: adopt what is there, send again what is not, else just go on. */
  resume(job: Job, careful: boolean): void {
    const { machine } = this
    const sent = machine.site.sends.find((send) => send.job === job.id)
    machine.count("resumes")
    const unsure = job.send.state === "attempting" || job.error?.code === "send_outcome_unknown"
    if (!unsure || (!careful && machine.prng.chance(0.5))) {
      this.programs.resume(job.id, {})
      return
    }
    if (sent !== undefined) {
      this.programs.resume(job.id, { conversation: `https://site.test/c/${sent.conversation}` })
      return
    }
    this.allowAnother(job.id)
    this.programs.resume(job.id, { sendAgain: true })
  }

  private allowAnother(id: JobId): void {
    this.machine.allowed.set(id, (this.machine.allowed.get(id) ?? 1) + 1)
  }

  private happen(event: Event): void {
    const { machine } = this
    const { prng, site, world } = machine
    if (!machine.chaos) return
    const host = machine.host()
    const until = world.now + prng.between(1000, 240_000)
    switch (event) {
      case "submit":
        return this.submit()
      case "followUp":
        return this.followUp()
      case "cancel":
        return this.cancel()
      case "resume": {
        const failed = this.jobs((job) => job.phase === "failed" && job.error?.code !== "submission_interrupted")
        if (failed.length > 0) this.resume(prng.pick(failed), false)
        return
      }
      case "look":
        return void this.programs.look()
      case "killHost": {
        if (host === null) return
        machine.count("hostKills", `${host.name} is killed`)
        world.gone(host)
        if (prng.chance(0.7)) this.programs.look()
        return
      }
      case "killClient": {
        const clients = world.processes.filter(({ alive, kind }) => alive && kind === "client")
        if (clients.length === 0) return
        machine.count("clientKills")
        return world.gone(prng.pick(clients))
      }
      case "freezeHost": {
        if (host === null) return
        machine.count("freezes", `${host.name} is stopped for a while`)
        world.freeze(host)
        world.after(null, prng.between(1000, 60_000), () => world.thaw(host))
        return
      }
      case "replaceLock": {
        if (host === null) return
        machine.count("zombies", `${host.name} lost its lock and does not know it`)
        machine.lock = { generation: machine.lock.generation + 1, holder: null }
        machine.files.delete(`${dirs.state}/host.json`)
        if (prng.chance(0.3)) {
          world.freeze(host)
          world.after(null, prng.between(1000, 60_000), () => world.thaw(host))
        }
        return void this.programs.look()
      }
      case "drain":
        machine.count("drains", "the host is asked to go")
        return this.programs.drain()
      case "jump": {
        const by = prng.between(-5 * hour, 5 * hour)
        machine.count("clockJumps", `the clock jumps by ${Math.round(by / 1000)} s`)
        world.wallOffsetMs += by
        return
      }
      case "outage":
        machine.count("siteTroubles", "outage")
        site.outageUntil = until
        return
      case "limit":
        machine.count("siteTroubles", "rate limit")
        site.limitedUntil = until
        return
      case "challenge":
        machine.count("siteTroubles", "challenge")
        site.challengeUntil = until
        return
      case "historyDown":
        machine.count("siteTroubles", "history not readable")
        site.historyDownUntil = until
        return
      case "signOut":
        machine.count("siteTroubles", "signed out")
        site.sessionGeneration = machine.seedGeneration + 1
        return
      case "signIn":
        machine.seedGeneration += 1
        site.sessionGeneration = machine.seedGeneration
    }
  }
}
