/** Agents with sessions on one machine, and everything that happens to them, for the model test of the wake-ups. */
import { Effect, Exit, FileSystem, Layer, Path, Schema, Scope } from "effect"
import type { ProjectId } from "../../../src/domain/Ids.ts"
import type { Job } from "../../../src/domain/Job.ts"
import { Processes } from "../../../src/port/Processes.ts"
import { StateDirs } from "../../../src/store/StateDirs.ts"
import * as Listeners from "../../../src/wakeup/Listeners.ts"
import type { Session } from "../../../src/wakeup/Reminder.ts"
import * as WakeUps from "../../../src/wakeup/WakeUps.ts"
import { project } from "../../store/fixtures.ts"
import { dirs, FakeFiles, processRecord } from "../../worker/support/Fakes.ts"

/** A process opens a session (by its index), looks, is killed at the next send, is busy, is free, or is closed. */
export const Command = Schema.Union([
  Schema.TaggedStruct("Open", { process: Schema.Literals([1, 2, 3]), session: Schema.Literals([0, 1]) }),
  Schema.TaggedStruct("Look", { process: Schema.Literals([1, 2, 3]) }),
  Schema.TaggedStruct("Close", { process: Schema.Literals([1, 2, 3]) }),
  Schema.TaggedStruct("Kill", { process: Schema.Literals([1, 2, 3]) }),
  Schema.TaggedStruct("KillAtSend", { process: Schema.Literals([1, 2, 3]), arrives: Schema.Boolean }),
  Schema.TaggedStruct("Busy", { process: Schema.Literals([1, 2, 3]) }),
  Schema.TaggedStruct("Free", { process: Schema.Literals([1, 2, 3]) }),
  Schema.TaggedStruct("Wait", { seconds: Schema.Literals([1, 16, 61, 100]) }),
  Schema.TaggedStruct("Read", { session: Schema.Literals([0, 1]) })
])
export type Command = typeof Command.Type

export interface Sent {
  readonly session: string
  readonly startsTurn: boolean
  readonly originLive: boolean
  readonly settled: boolean
}

const killed = new Error("killed")

class Agent {
  readonly pid: number
  readonly session: Session
  readonly scope = Effect.runSync(Scope.make())
  busy = false
  /** Sent while busy: comes into the session once the agent is free, and dies with the process. */
  waiting = 0
  fate: "lives" | "closes" | "dies before it arrives" | "dies after it arrived" = "lives"

  constructor(pid: number, session: Session) {
    this.pid = pid
    this.session = session
  }
}

export class Machine {
  readonly sessions: ReadonlyArray<Session>
  readonly sent: Array<Sent> = []
  /** Reminders in the file of each session. */
  readonly entries = new Map<string, number>()
  private readonly files = new FakeFiles()
  private readonly agents = new Map<number, Agent>()
  private starts = 0

  constructor(projectId: ProjectId = project) {
    this.sessions = ["origin", "other"].map((key) => ({ kind: "pi", key, file: `/sessions/${key}`, projectId }))
  }

  private readonly layer = Layer.mergeAll(
    this.files.layer,
    Path.layer,
    Layer.succeed(StateDirs, dirs),
    FileSystem.layerNoop({
      makeDirectory: () => Effect.void,
      remove: (path) => Effect.sync(() => void this.files.files.delete(path)),
      readDirectory: (folder) =>
        Effect.sync(() =>
          [...this.files.files.keys()].filter((path) => path.startsWith(`${folder}/`))
            .map((path) => path.slice(folder.length + 1))
        )
    })
  )

  private processes(pid: number) {
    return Processes.of({
      self: processRecord(pid),
      identify: () => Effect.succeed(null),
      alive: (record) => Effect.sync(() => [...this.agents.values()].some((agent) => agent.pid === record.pid)),
      end: () => Effect.void,
      browsersOn: () => Effect.succeed([])
    })
  }

  private readonly within = <A, E, R>(pid: number, effect: Effect.Effect<A, E, R>) =>
    effect.pipe(Effect.provideService(Processes, this.processes(pid)), Effect.provide(this.layer))

  isLive(key: string): boolean {
    return [...this.agents.values()].some((agent) => agent.session.key === key)
  }

  open = Effect.fnUntraced(
    function*(this: Machine, process: number, index: number) {
      const session = this.sessions[index]
      if (session === undefined || this.agents.has(process) || this.isLive(session.key)) return
      this.starts += 1
      const agent = new Agent(1000 * process + this.starts, session)
      this.agents.set(process, agent)
      yield* this.within(agent.pid, Listeners.listen(session).pipe(Scope.provide(agent.scope)))
    }.bind(this)
  )

  close = Effect.fnUntraced(
    function*(this: Machine, process: number) {
      const agent = this.agents.get(process)
      if (agent === undefined) return
      yield* Scope.close(agent.scope, Exit.void)
      this.agents.delete(process)
    }.bind(this)
  )

  /** Nothing of the process is put in order. */
  kill(process: number): void {
    this.agents.delete(process)
  }

  with(process: number, change: (agent: Agent) => void): void {
    const agent = this.agents.get(process)
    if (agent !== undefined) change(agent)
  }

  free(process: number): void {
    this.with(process, (agent) => {
      agent.busy = false
      while (agent.waiting > 0) {
        agent.waiting -= 1
        this.arrive(agent.session.key)
      }
    })
  }

  look = Effect.fnUntraced(
    function*(this: Machine, process: number) {
      const agent = this.agents.get(process)
      if (agent === undefined) return
      const exit = yield* Effect.exit(
        this.within(agent.pid, WakeUps.deliver(agent.session, this.outbox(agent)))
      )
      if (agent.fate !== "lives" && Exit.isFailure(exit)) this.kill(process)
      else yield* exit
    }.bind(this)
  )

  private arrive(key: string): void {
    this.entries.set(key, (this.entries.get(key) ?? 0) + 1)
  }

  private outbox(agent: Agent): WakeUps.Outbox {
    const { key } = agent.session
    return {
      landed: () => (this.entries.get(key) ?? 0) > 0 ? `entry of ${key}` : null,
      inFlight: () => agent.waiting > 0,
      send: (job: Job, { startsTurn }) => {
        if (agent.fate === "closes") return false
        this.sent.push({
          session: key,
          startsTurn,
          originLive: this.isLive("origin"),
          settled: job.wakeUp.settled !== null
        })
        if (agent.fate === "dies before it arrives") throw killed
        if (agent.busy) agent.waiting += 1
        else this.arrive(key)
        if (agent.fate === "dies after it arrived") throw killed
        return true
      }
    }
  }
}
