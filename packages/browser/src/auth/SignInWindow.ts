// @effect-diagnostics nodeBuiltinImport:off
/**
 * A browser as a plain process, in which a person signs in: sign-in pages refuse automated browsers, so there is no debug
 * pipe, no port and no automation switch, and nothing is known of the page until the window is closed.
 */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { Processes } from "@effect-oracle/core/port/Processes"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { spawn } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { childEnvironment } from "../launch/ChildEnvironment.ts"
import { isSandboxFailure, launchFailure } from "../launch/LaunchFailure.ts"
import { proxyOf, wantsSandbox } from "../launch/LaunchOptions.ts"
import { shortened } from "../launch/ShortTemp.ts"
import { bounded } from "../launch/StartBrowser.ts"
import type { LocatedBrowser } from "../locate/BrowserLocator.ts"
import type { Surroundings } from "../locate/Surroundings.ts"
import { fsFailure } from "../profile/FsFailure.ts"
import { cookieFiles } from "../profile/SeedInspection.ts"

export interface WindowRequest {
  readonly located: LocatedBrowser
  readonly machine: Surroundings
  readonly config: OracleConfig
  readonly profileDir: string
  readonly tempDir: string
  readonly address: string
}

/**
 * No bubble offers to save the password, no button asks to sign in to the browser itself, and cookies without an expiry
 * date are still there at the next start.
 */
const preferences = JSON.stringify({
  credentials_enable_service: false,
  signin: { allowed: false, allowed_on_next_startup: false },
  profile: { password_manager_enabled: false, name: "Oracle sign-in" },
  session: { restore_on_startup: 1 }
})

const automation = /^--(enable-automation|headless|remote-debugging|disable-blink-features)/

/** The command line of the window; credentials of a proxy are never part of it, the browser asks for them. */
export const windowArgs = (request: Omit<WindowRequest, "located" | "tempDir">, sandbox: boolean): Array<string> => {
  const { address, config, machine, profileDir } = request
  const { args, proxy, userAgent } = config.browser
  return [
    `--user-data-dir=${profileDir}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    ...(machine.platform === "darwin" ? ["--use-mock-keychain"] : []),
    ...(sandbox ? [] : ["--no-sandbox"]),
    ...(proxy === undefined ? [] : [`--proxy-server=${proxyOf(proxy).server}`, "--proxy-bypass-list=<-loopback>"]),
    ...(userAgent === undefined ? [] : [`--user-agent=${userAgent}`]),
    ...args.filter((arg) => !automation.test(arg.trim())),
    address
  ]
}

interface Ended {
  readonly code: number | null
  readonly errors: string
}

const keptErrors = 8192

const started = (request: WindowRequest, args: ReadonlyArray<string>, shortTempDir: string): Effect.Effect<Ended> =>
  Effect.callback<Ended>((resume) => {
    const { located, machine } = request
    let errors = ""
    const child = spawn(located.path, args, {
      env: childEnvironment({ machine, headed: true, tempDir: shortTempDir, extra: located.env }),
      stdio: ["ignore", "ignore", "pipe"],
      detached: true
    })
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = `${errors}${text}`.slice(-keptErrors)))
    child.once("error", (error) => resume(Effect.succeed({ code: null, errors: error.message })))
    child.once("exit", (code) => resume(Effect.succeed({ code, errors })))
  })

/** A start script may end before the browser that it started. */
const allEnded = Effect.fnUntraced(function*(profileDir: string, pollMs: number) {
  const processes = yield* Processes
  while ((yield* processes.browsersOn(profileDir)).length > 0) yield* Effect.sleep(pollMs)
})

const endAll = Effect.fnUntraced(function*(profileDir: string) {
  const processes = yield* Processes
  for (const record of yield* processes.browsersOn(profileDir)) {
    yield* bounded("ending the sign-in window", processes.end(record), 6000)
  }
})

const prepare = ({ profileDir }: WindowRequest): void => {
  mkdirSync(join(profileDir, "Default"), { recursive: true, mode: 0o700 })
  writeFileSync(join(profileDir, "Default", "Preferences"), preferences, { mode: 0o600 })
}

const tooLong = (limitMs: number): OracleError =>
  oracleError("sign_in_timeout", `nobody closed the window within ${Math.round(limitMs / 60_000)} minutes`)

/**
 * Returns when the person has closed the window; its cookies are on disk then. Fails as `sign_in_timeout`,
 * `display_missing` or `browser_launch_failed`; however it ends, no browser is left on the profile.
 */
export const signInWindow = Effect.fn("SignInWindow.signInWindow")(function*(request: WindowRequest) {
  const { config, located, machine, profileDir, tempDir } = request
  const limitMs = config.auth.bootstrapTimeoutMs
  yield* Effect.try({ try: () => prepare(request), catch: fsFailure(`prepare ${profileDir}`) })
  const shortTempDir = yield* shortened(tempDir, machine.platform)
  const run = Effect.fnUntraced(function*(sandbox: boolean) {
    const ended = yield* started(request, windowArgs(request, sandbox), shortTempDir)
    yield* allEnded(profileDir, config.auth.pollMs)
    return ended
  })
  const whole = Effect.gen(function*() {
    const sandbox = wantsSandbox(config, machine)
    const first = yield* run(sandbox)
    const retry = sandbox && config.browser.sandbox === "auto" && first.code !== 0 &&
      isSandboxFailure(new Error(first.errors))
    return retry ? yield* run(false) : first
  })
  const ended = yield* whole.pipe(Effect.timeoutOption(limitMs), Effect.ensuring(endAll(profileDir)))
  if (Option.isNone(ended)) return yield* tooLong(limitMs)
  const used = cookieFiles.some((name) => machine.isFile(join(profileDir, name)))
  if (ended.value.code !== 0 && !used) return yield* launchFailure(located.path, new Error(ended.value.errors))
  yield* Effect.try({
    try: () => rmSync(join(profileDir, "Default", "Sessions"), { recursive: true, force: true }),
    catch: fsFailure(`tidy ${profileDir}`)
  })
}, Effect.scoped)
