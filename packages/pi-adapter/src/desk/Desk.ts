/**
 * Everything behind the extension as plain promises. Loaded with the first request; owns the runtimes, and gives
 * everything back within bounds when the session ends. A request never rejects.
 */
// @effect-diagnostics nodeBuiltinImport:off
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as ManagedRuntime from "effect/ManagedRuntime"
import { existsSync } from "node:fs"
import { authCommand, authTool, type SigningIn } from "./auth.ts"
import { cancelCommand, cancelTool } from "./cancel.ts"
import * as Graph from "./Graph.ts"
import * as Listening from "./Listening.ts"
import { cleanCommand, status } from "./listing.ts"
import { failed, type Outcome } from "./Outcome.ts"
import type { Asked } from "./Person.ts"
import type { Place } from "./Place.ts"
import { preflight } from "./preflight.ts"
import { readCommand, readTool } from "./read.ts"
import { submit, type Submitting } from "./submit.ts"

/** A listener or runtime that does not end within this time is left behind. */
const endMs = 3000

const within = (work: Promise<unknown>): Promise<void> =>
  Effect.runPromise(Effect.ignore(Effect.timeout(Effect.tryPromise(() => work), endMs)))

export class Desk {
  private runtimes = Graph.make()
  private listening: { readonly session: string; readonly stop: () => Promise<void> } | null = null
  private closed = false
  /** Jobs that a request of this session is ending just now. */
  private readonly ending = new Set<string>()

  preflight(place: Place, given: unknown, signal?: AbortSignal): Promise<Outcome> {
    return this.full(preflight(place, given), signal)
  }

  submit(context: Submitting, given: unknown, signal?: AbortSignal): Promise<Outcome> {
    return this.full(submit(context, given), signal)
  }

  readTool(place: Place, given: unknown, signal?: AbortSignal): Promise<Outcome> {
    return this.full(readTool(place, given), signal)
  }

  readCommand(place: Place, text: string): Promise<Outcome> {
    return this.full(readCommand(place, text))
  }

  cancelTool(place: Place, given: unknown, signal?: AbortSignal): Promise<Outcome> {
    return this.full(cancelTool({ place, ending: this.ending }, given), signal)
  }

  cancelCommand(place: Place, text: string): Promise<Outcome> {
    return this.full(cancelCommand({ place, ending: this.ending }, text))
  }

  authTool(context: SigningIn, given: unknown, signal?: AbortSignal): Promise<Outcome> {
    return this.full(authTool(context, given), signal)
  }

  authCommand(context: SigningIn, text: string): Promise<Outcome> {
    return this.full(authCommand(context, text))
  }

  status(place: Place, text: string): Promise<Outcome> {
    return this.outcome(() => this.runtimes.ground, status(place, text))
  }

  clean(place: Place, person: Asked, text: string): Promise<Outcome> {
    return this.outcome(() => this.runtimes.ground, cleanCommand(place, person, text))
  }

  /**
   * Listens for the session until {@link close}; a second call for the same session does nothing, one for another moves
   * over. Where Oracle was never used there is nothing to listen to, unless `evenIfUnused`.
   */
  async listen(place: Place, ear: Listening.Ear, evenIfUnused: boolean): Promise<void> {
    const { session } = place
    if (this.closed || session === null || this.listening?.session === session.id) return
    if (!evenIfUnused && !(await hasState())) return
    await this.stopListening()
    // Another call or the end of the session may have come meanwhile.
    if (this.isClosed() || this.listening !== null) return
    const fiber = this.runtimes.ground.runFork(Effect.exit(Listening.listen(place, this.patient(ear))))
    const ended = new Promise<void>((resolve) => fiber.addObserver(() => resolve()))
    this.listening = {
      session: session.id,
      stop: () => {
        fiber.interruptUnsafe()
        return ended
      }
    }
  }

  /** Waits for jobs of the session, at most `limitMs`; answers the ids of those that are still open. Never rejects. */
  async hold(place: Place, ear: Listening.Ear, limitMs: number, signal?: AbortSignal): Promise<ReadonlyArray<string>> {
    const exit = await this.exit(() => this.runtimes.ground, Listening.hold(place, this.patient(ear), limitMs), signal)
    return Exit.isSuccess(exit) ? exit.value : []
  }

  /** Ends the listener and gives everything back; takes a few seconds at most. Harmless when called again. */
  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    await this.stopListening()
    const { full, ground } = this.runtimes
    await within(Promise.all([full.dispose(), ground.dispose()]))
  }

  /** What a request is about to tell needs no reminder. */
  private patient(ear: Listening.Ear): Listening.Ear {
    return { ...ear, inFlight: (job, attempt) => this.ending.has(job) || ear.inFlight(job, attempt) }
  }

  private isClosed(): boolean {
    return this.closed
  }

  private async stopListening(): Promise<void> {
    const { listening } = this
    this.listening = null
    if (listening !== null) await within(listening.stop())
  }

  private full<A extends Outcome, E>(
    effect: Effect.Effect<A, E, ManagedRuntime.ManagedRuntime.Services<Graph.Runtimes["full"]>>,
    signal?: AbortSignal
  ): Promise<Outcome> {
    return this.outcome(() => this.runtimes.full, effect, signal)
  }

  private async outcome<A extends Outcome, E, R, ER>(
    runtime: () => ManagedRuntime.ManagedRuntime<R, ER>,
    effect: Effect.Effect<A, E, R>,
    signal?: AbortSignal
  ): Promise<Outcome> {
    const exit = await this.exit(runtime, effect, signal)
    return Exit.isSuccess(exit) ? exit.value : failed(exit.cause)
  }

  /** What could not be opened is opened anew by the next request: the disk may have room again by then. */
  private async exit<A, E, R, ER>(
    runtime: () => ManagedRuntime.ManagedRuntime<R, ER>,
    effect: Effect.Effect<A, E, R>,
    signal?: AbortSignal
  ): Promise<Exit.Exit<A, E | ER>> {
    const opened = await runtime().runPromiseExit(Effect.void)
    if (Exit.isFailure(opened)) {
      if (this.listening === null) this.runtimes = Graph.make()
      return Exit.failCause(opened.cause)
    }
    return runtime().runPromiseExit(effect, signal === undefined ? {} : { signal })
  }
}

/** True where Oracle has kept something already; makes nothing. */
const hasState = (): Promise<boolean> =>
  Effect.runPromise(
    StateDirs.use((dirs) => Effect.sync(() => existsSync(dirs.database))).pipe(
      Effect.provide(StateDirsNode.layerPaths),
      Effect.orElseSucceed(() => false)
    )
  )
