// @effect-diagnostics nodeBuiltinImport:off
/** Starts the isolated browser of a job over the pipe and takes it down again, whatever happens in between. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { ProcessRecord } from "@effect-oracle/core/domain/ProcessRecord"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { reach } from "@effect-oracle/core/port/CrashPoint"
import { Processes } from "@effect-oracle/core/port/Processes"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { mkdirSync } from "node:fs"
import { availableParallelism } from "node:os"
import type { BrowserContext, Page } from "playwright-core"
import { BrowserLocator, type LocatedBrowser } from "../locate/BrowserLocator.ts"
import { Surroundings } from "../locate/Surroundings.ts"
import { fsFailure } from "../profile/FsFailure.ts"
import * as JarFile from "../profile/JarFile.ts"
import { profileInUse } from "./LaunchFailure.ts"
import { downloadsDirOf, launchOptions, type PersistentOptions, wantsSandbox } from "./LaunchOptions.ts"
import { shortened } from "./ShortTemp.ts"
import { bounded, loadDriver, startBrowser } from "./StartBrowser.ts"

/** What one browser is launched with. */
export interface LaunchRequest {
  /** Prepared profile; nobody else uses it. */
  readonly profileDir: string
  /** The job's folder for temporary files; downloads land in a folder inside it. */
  readonly tempDir: string
  readonly config: OracleConfig
  /** Called with the identity of the browser before its first use. */
  readonly onBrowser: (browser: ProcessRecord) => Effect.Effect<void, OracleError>
}

/** A running browser; it ends with its scope. */
export interface LaunchedBrowser {
  readonly context: BrowserContext
  /** The page that the browser opened with. */
  readonly page: Page
  readonly profileDir: string
  readonly downloadsDir: string
  readonly process: ProcessRecord
  readonly located: LocatedBrowser
  /** What a person should know, such as a sandbox that had to be switched off. */
  readonly warnings: ReadonlyArray<string>
}

/** Launches isolated browsers. */
export class BrowserLauncher extends Context.Service<BrowserLauncher, {
  /**
   * A browser on the profile. Closing the scope closes it so that it flushes, ends it by identity when it does not
   * close in time, and verifies that no browser is left on the profile. Fails as `browser_missing`,
   * `display_missing` or `browser_launch_failed`, with nothing left behind.
   */
  readonly launch: (request: LaunchRequest) => Effect.Effect<LaunchedBrowser, OracleError, Scope.Scope>
  /** Loads the driver and unpacks the npm Chromium when it is needed, so that the next launch finds both ready. */
  readonly warmUp: (config: OracleConfig) => Effect.Effect<void, OracleError>
}>()("@effect-oracle/browser/launch/Launch/BrowserLauncher") {
  static readonly layerNoDeps = Layer.effect(
    BrowserLauncher,
    Effect.gen(function*() {
      const locator = yield* BrowserLocator
      const processes = yield* Processes
      const machine = yield* Surroundings
      const slots = yield* Semaphore.make(availableParallelism())

      const endAll = Effect.fnUntraced(function*(profileDir: string, known: ReadonlyArray<ProcessRecord> = []) {
        const left = [...known, ...yield* processes.browsersOn(profileDir)]
        yield* Effect.forEach(left, (record) => bounded("ending the browser", processes.end(record), 6000), {
          discard: true
        })
      })

      const close = Effect.fnUntraced(function*(
        context: BrowserContext,
        request: LaunchRequest,
        known: ReadonlyArray<ProcessRecord>
      ) {
        yield* reach("browser.close.before")
        yield* bounded(
          "closing the browser",
          Effect.tryPromise(() => context.close()),
          Math.min(6000, request.config.worker.teardownTimeoutMs)
        )
        yield* endAll(request.profileDir, known)
        yield* reach("browser.close.after")
      })

      const start = (request: LaunchRequest, options: PersistentOptions) =>
        startBrowser(request.profileDir, options).pipe(Effect.onError(() => endAll(request.profileDir)))

      const startSandboxed = Effect.fnUntraced(function*(
        request: LaunchRequest,
        options: (sandbox: boolean) => PersistentOptions
      ) {
        const wanted = wantsSandbox(request.config, machine)
        const first = yield* Effect.result(start(request, options(wanted)))
        if (first._tag === "Success") return { context: first.success, warnings: [] }
        const retry = wanted && first.failure.sandbox && request.config.browser.sandbox === "auto"
        if (!retry) return yield* first.failure.error
        const context = yield* Effect.mapError(start(request, options(false)), ({ error }) => error)
        return { context, warnings: ["the sandbox of the browser does not work here; it runs without one"] }
      })

      const launch = Effect.fn("BrowserLauncher.launch")(function*(request: LaunchRequest) {
        const { config, profileDir, tempDir } = request
        const located = yield* locator.prepare(config)
        if ((yield* processes.browsersOn(profileDir)).length > 0) return yield* profileInUse(profileDir)
        const downloadsDir = downloadsDirOf(tempDir)
        yield* Effect.try({
          try: () => mkdirSync(downloadsDir, { recursive: true, mode: 0o700 }),
          catch: fsFailure(`create ${downloadsDir}`)
        })
        const shortTempDir = located.kind === "full" ? yield* shortened(tempDir, machine.platform) : tempDir
        const known: Array<ProcessRecord> = []
        const { context, warnings } = yield* Effect.acquireRelease(
          slots.withPermit(startSandboxed(
            request,
            (sandbox) => launchOptions({ config, located, machine, sandbox, shortTempDir, tempDir })
          )),
          ({ context }) => close(context, request, known),
          { interruptible: true }
        )
        yield* reach("launch.started")
        const process = yield* identify(context, profileDir, processes)
        known.push(process)
        yield* request.onBrowser(process)
        yield* JarFile.restore(context, profileDir)
        const page = yield* firstPage(context)
        const all = [...located.warnings, ...warnings]
        yield* Effect.forEach(all, (warning) => Effect.logWarning(warning), { discard: true })
        return { context, page, profileDir, downloadsDir, process, located, warnings: all }
      })

      const warmUp = Effect.fn("BrowserLauncher.warmUp")(function*(config: OracleConfig) {
        yield* locator.prepare(config)
        yield* Effect.ignore(loadDriver)
      })

      return BrowserLauncher.of({ launch, warmUp })
    })
  )

  /** Wants the processes and the state directories; brings its locator. */
  static readonly layer = this.layerNoDeps.pipe(Layer.provide(BrowserLocator.layer))
}

const gone = (cause: unknown): OracleError =>
  oracleError("browser_crashed", "the browser ended right after its start", { cause })

const firstPage = (context: BrowserContext): Effect.Effect<Page, OracleError> =>
  Effect.tryPromise({ try: async () => context.pages()[0] ?? await context.newPage(), catch: gone })

const mainPid = (context: BrowserContext): Effect.Effect<number | undefined, OracleError> =>
  Effect.tryPromise({
    try: async () => {
      const session = await context.browser()?.newBrowserCDPSession()
      const answer = await session?.send("SystemInfo.getProcessInfo")
      await session?.detach()
      return answer?.processInfo.find(({ type }) => type === "browser")?.id
    },
    catch: gone
  })

/** The browser says its own pid; a browser that does not is found by its profile. */
const identify = Effect.fnUntraced(function*(
  context: BrowserContext,
  profileDir: string,
  processes: Processes["Service"]
) {
  const pid = yield* mainPid(context)
  const record = pid === undefined ? null : yield* processes.identify(pid)
  const found = record ?? (yield* processes.browsersOn(profileDir))[0]
  return found === undefined ? yield* gone("no process is left on the profile") : found
})
