/** What runs in the processes: a host, and the commands of a user. */
import { Effect, Layer } from "effect"
import type { JobId } from "../../../src/domain/Ids.ts"
import { ProjectId } from "../../../src/domain/Ids.ts"
import { oracleError } from "../../../src/error/OracleError.ts"
import * as Host from "../../../src/host/Host.ts"
import { HostLauncher } from "../../../src/host/HostLauncher.ts"
import * as HostRecord from "../../../src/host/HostRecord.ts"
import * as HostStatus from "../../../src/host/HostStatus.ts"
import type { SubmitPlan } from "../../../src/Oracle.ts"
import * as Steering from "../../../src/submit/Steering.ts"
import { submit } from "../../../src/submit/Submission.ts"
import { JobWorker } from "../../../src/worker/JobWorker.ts"
import { Receipts } from "../../../src/worker/Receipts.ts"
import { SiteThrottle } from "../../../src/worker/SiteThrottle.ts"
import { Workers } from "../../../src/worker/Workers.ts"
import { dirs } from "../../worker/support/Fakes.ts"
import type { Machine } from "./Machine.ts"
import { type Ports, portsOf } from "./SimPorts.ts"
import { Notices } from "./SimStore.ts"
import type { SimProcess } from "./World.ts"

const project = ProjectId.make("/home/person/project")

/** As HostRuntime, with the digest and the randomness of the simulation. */
const hostRuntime = Workers.layer.pipe(
  Layer.provide(JobWorker.layer),
  Layer.provideMerge(Receipts.layer),
  Layer.provide(SiteThrottle.layer)
)

export interface Ask {
  readonly archive: boolean
  readonly queue: boolean
  readonly prompt: string
  readonly followUpJobId?: JobId
  readonly conversation?: string
}

export class Programs {
  private readonly machine: Machine
  private readonly notices: Notices

  constructor(machine: Machine) {
    this.machine = machine
    this.notices = new Notices(machine)
  }

  startHost(): SimProcess {
    this.machine.count("hosts")
    return this.spawn("host", (ports) =>
      Host.run({ version: "1.0.0", embedded: false }).pipe(
        Effect.tap((end) => Effect.sync(() => this.machine.log(`a host ended: ${end}`))),
        Effect.provide(Layer.provideMerge(Layer.fresh(hostRuntime), ports), { local: true })
      ))
  }

  submit(ask: Ask, done: (id: JobId) => void): SimProcess {
    return this.command("submit", Effect.suspend(() => submit(this.plan(ask), () => {})), (job) => done(job.id))
  }

  cancel(id: JobId): SimProcess {
    return this.command(`cancel ${id.slice(-4)}`, Steering.cancel(id, "changed my mind"))
  }

  resume(id: JobId, options: { readonly conversation?: string; readonly sendAgain?: boolean }): SimProcess {
    return this.command(`resume ${id.slice(-4)} ${JSON.stringify(options)}`, Steering.resume(id, options))
  }

  /** What any look at a running job does: a dead host is replaced. */
  look(): SimProcess {
    return this.command("look", Effect.flatMap(HostLauncher, (launcher) => launcher.ensure))
  }

  private command<A, E extends { readonly message: string }>(
    name: string,
    effect: Effect.Effect<A, E, Ports | HostLauncher>,
    done: (value: A) => void = () => {}
  ): SimProcess {
    return this.spawn("client", (ports, process) =>
      effect.pipe(
        Effect.tap((value) => Effect.sync(() => done(value))),
        Effect.tapError((error) => Effect.sync(() => this.machine.log(`${process.name} ${name}: ${error.message}`))),
        Effect.provideServiceEffect(HostLauncher, this.launcher()),
        Effect.provide(ports, { local: true })
      ), name)
  }

  private spawn(
    kind: SimProcess["kind"],
    main: (ports: ReturnType<typeof portsOf>, process: SimProcess) => Effect.Effect<unknown, unknown>,
    name: string = kind
  ): SimProcess {
    const { machine } = this
    const process = machine.world.spawn(kind, (process) => {
      const ports = portsOf(machine, this.notices, process)
      return main(ports, process).pipe(
        Effect.tapDefect((defect) =>
          Effect.sync(() => machine.violate("no defect", `${process.name}: ${String(defect)}`))
        )
      )
    })
    process.watchers.push(() => machine.onGone(process))
    if (name !== "look") machine.log(`${process.name} starts: ${name}`)
    return process
  }

  /** As the launcher of processes: the record of the host decides, a dead one is replaced, a silent one is reported. */
  private launcher() {
    const start = () => this.startHost()
    return Effect.map(Effect.context<Ports>(), (context) => {
      const ensure = Effect.gen(function*() {
        let child: SimProcess | null = null
        for (let waited = 0; waited < 50_000; waited += 250) {
          const { state } = yield* HostStatus.status
          if (state === "running") return
          if (state === "absent" && child?.alive !== true) child = start()
          if (state === "silent" && waited > 6000) {
            return yield* oracleError("host_unresponsive", "the host is alive but does not answer")
          }
          yield* Effect.sleep(250)
        }
        return yield* oracleError("host_start_failed", "no host came up")
      }).pipe(Effect.provide(context))
      return HostLauncher.of({ ensure, keep: ensure })
    })
  }

  drain(): void {
    this.machine.files.set(`${dirs.state}/${HostRecord.drainName}`, "")
  }

  private plan(ask: Ask): SubmitPlan {
    const { config } = this.machine.settings
    const entries = [{ path: "a.ts", bytes: 10, executable: false, sha256: "2".repeat(64) }]
    return {
      request: {
        prompt: ask.prompt,
        files: [],
        archiveRequired: false,
        cwd: project,
        config,
        site: "practice",
        preset: "current",
        requester: { kind: "library" },
        queue: ask.queue,
        ...(ask.followUpJobId === undefined ? {} : { followUpJobId: ask.followUpJobId }),
        ...(ask.conversation === undefined ? {} : { conversation: ask.conversation })
      },
      attachments: [],
      secrets: [],
      projectId: project,
      site: "practice",
      account: config.defaults.account,
      selected: ask.archive
        ? { root: project, entries, exclusions: [], secrets: [], bytes: 10, tokens: 3, wholeProject: false }
        : null
    }
  }
}
