import { BrowserLauncher, type LaunchRequest } from "@effect-oracle/browser/launch/Launch"
import { BrowserLocator } from "@effect-oracle/browser/locate/BrowserLocator"
import type { ProcessRecord } from "@effect-oracle/core/domain/ProcessRecord"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { Processes } from "@effect-oracle/core/port/Processes"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { inGroup, mentioning, runs } from "./processTable.ts"
import { privateTempFolder } from "./tempFolder.ts"
import { browserLayer, config, emptyRuntime, temporaryFolder } from "./workspace.ts"

const launch = (request: Omit<LaunchRequest, "config" | "onBrowser"> & Partial<LaunchRequest>) =>
  BrowserLauncher.use((launcher) => launcher.launch({ config, onBrowser: () => Effect.void, ...request }))

/** The value, once it is not undefined. */
const eventually = <A>(look: () => A | undefined): Effect.Effect<A> =>
  Effect.suspend(() => {
    const found = look()
    return found === undefined ? Effect.delay(eventually(look), "10 millis") : Effect.succeed(found)
  })

describe("launch", () => {
  it.live("starts a browser, names its process before use, and leaves no process and no temporary file", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const runtime = emptyRuntime(folder)
      const left = yield* privateTempFolder(folder)
      const named: Array<ProcessRecord> = []
      yield* Effect.gen(function*() {
        const browser = yield* launch({ ...runtime, onBrowser: (record) => Effect.sync(() => named.push(record)) })
        const processes = yield* Processes
        assert.deepStrictEqual(named, [browser.process])
        assert.isTrue(yield* processes.alive(browser.process))
        assert.strictEqual(yield* Effect.promise(() => browser.page.evaluate(() => 6 * 7)), 42)
        assert.deepStrictEqual(left(), [])
      }).pipe(Effect.scoped, Effect.provide(browserLayer(folder)))
      const [record] = named
      assert.deepStrictEqual(inGroup(record?.pid ?? 0), [])
      assert.deepStrictEqual(mentioning(runtime.profileDir), [])
      assert.deepStrictEqual(left(), [])
    }))

  it.live("hides no automation, opens no debug port and hands on no variable of the user's shell", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      process.env["ORACLE_TEST_SECRET"] = "do-not-pass-on"
      yield* Effect.gen(function*() {
        const browser = yield* launch(emptyRuntime(folder))
        assert.isTrue(yield* Effect.promise(() => browser.page.evaluate(() => navigator.webdriver)))
        const argv = readFileSync(`/proc/${browser.process.pid}/cmdline`, "utf8").split("\0")
        assert.include(argv, "--remote-debugging-pipe")
        assert.isFalse(argv.some((argument) => argument.startsWith("--remote-debugging-port")))
        assert.isFalse(argv.some((argument) => argument.includes("AutomationControlled")))
        const environment = readFileSync(`/proc/${browser.process.pid}/environ`, "utf8")
        assert.notInclude(environment, "do-not-pass-on")
        assert.include(environment, `TMPDIR=${join(folder, "runtime", "tmp")}`)
      }).pipe(Effect.scoped, Effect.provide(browserLayer(folder)))
    }))

  it.live("refuses a profile on which a browser runs and leaves that browser alone", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const runtime = emptyRuntime(folder)
      yield* Effect.gen(function*() {
        const first = yield* launch(runtime)
        const error = yield* Effect.flip(Effect.scoped(launch(runtime)))
        assert.strictEqual(error.code, "browser_launch_failed")
        assert.include(error.message, "in use by another browser")
        assert.strictEqual(yield* Effect.promise(() => first.page.evaluate(() => 1 + 1)), 2)
      }).pipe(Effect.scoped, Effect.provide(browserLayer(folder)))
    }))

  it.live("ends the browser when naming its process fails", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const runtime = emptyRuntime(folder)
      const error = yield* launch({
        ...runtime,
        onBrowser: () => Effect.fail(oracleError("storage_failed", "planted"))
      }).pipe(
        Effect.scoped,
        Effect.flip,
        Effect.provide(browserLayer(folder))
      )
      assert.strictEqual(error.message, "planted")
      assert.deepStrictEqual(mentioning(runtime.profileDir), [])
    }))

  it.live("ends the browser when it is interrupted while it starts", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const runtime = emptyRuntime(folder)
      const fiber = yield* launch(runtime).pipe(
        Effect.andThen(Effect.never),
        Effect.scoped,
        Effect.provide(browserLayer(folder)),
        Effect.forkChild({ startImmediately: true })
      )
      yield* eventually(() => mentioning(runtime.profileDir)[0])
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(mentioning(runtime.profileDir), [])
    }))

  it.live("closes after a kill only when the helpers of the browser are gone too, as they still write", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const killed = Effect.fnUntraced(function*(pid: number) {
        const helpers = inGroup(pid).filter((helper) => helper !== pid)
        assert.isNotEmpty(helpers)
        for (const helper of helpers) process.kill(helper, "SIGSTOP")
        process.kill(pid, "SIGKILL")
        const goOn = Effect.sync(() => {
          for (const helper of helpers.filter((one) => runs(one))) process.kill(helper, "SIGCONT")
        })
        yield* Effect.forkDetach(Effect.delay(goOn, "700 millis"))
      })
      const browser = yield* Effect.scoped(
        Effect.tap(launch(emptyRuntime(folder)), (browser) => killed(browser.process.pid))
      ).pipe(Effect.provide(browserLayer(folder)))
      assert.deepStrictEqual(inGroup(browser.process.pid), [])
    }))

  it.live("kills a browser that hangs at the end, within bounds", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const runtime = emptyRuntime(folder)
      const hasty = { ...config, worker: { ...config.worker, teardownTimeoutMs: 300 } }
      const pid = yield* launch({ ...runtime, config: hasty }).pipe(
        Effect.tap((browser) => Effect.sync(() => process.kill(-browser.process.pid, "SIGSTOP"))),
        Effect.map((browser) => browser.process.pid),
        Effect.scoped,
        Effect.provide(browserLayer(folder))
      )
      assert.isFalse(runs(pid))
      assert.deepStrictEqual(inGroup(pid), [])
    }))

  it.live("dies with the process that launched it, however that ends", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const left = yield* privateTempFolder(folder)
      const child = spawn(process.execPath, [
        "--conditions=oracle-source",
        join(import.meta.dirname, "orphan.ts"),
        folder
      ], {
        stdio: ["ignore", "pipe", "inherit"]
      })
      const [line] = yield* Effect.promise(() => once(child.stdout, "data"))
      const pid = Number(String(line))
      assert.isTrue(runs(pid))
      child.kill("SIGKILL")
      yield* eventually(() => inGroup(pid).length === 0 ? true : undefined).pipe(Effect.timeout("10 seconds"))
      assert.deepStrictEqual(mentioning(join(folder, "runtime")), [])
      assert.deepStrictEqual(left(), [])
    }))

  it.live("goes on without a sandbox where none works, and says so", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { path } = yield* BrowserLocator.use((locator) => locator.prepare(config)).pipe(
        Effect.provide(browserLayer(folder))
      )
      const program = join(folder, "picky-browser")
      const script = `case "$*" in *--no-sandbox*) exec "${path}" "$@";; esac\necho "No usable sandbox!" >&2\nexit 1\n`
      writeFileSync(program, `#!/bin/sh\n${script}`, { mode: 0o700 })
      const sandboxed = (sandbox: "auto" | "on") =>
        launch({
          ...emptyRuntime(folder),
          config: { ...config, browser: { ...config.browser, executablePath: program, sandbox } }
        })
      yield* Effect.gen(function*() {
        const browser = yield* Effect.scoped(sandboxed("auto"))
        assert.deepStrictEqual(browser.warnings, ["the sandbox of the browser does not work here; it runs without one"])
        const refused = yield* Effect.flip(Effect.scoped(sandboxed("on")))
        assert.include(refused.message, "its sandbox does not work here")
      }).pipe(Effect.provide(browserLayer(folder, { uid: 1000 })))
    }))

  it.live("reports a program that is no browser in one line and leaves nothing", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const runtime = emptyRuntime(folder)
      const program = join(folder, "broken-browser")
      writeFileSync(program, "#!/bin/sh\necho it broke >&2\nexit 1\n", { mode: 0o700 })
      const broken = { ...config, browser: { ...config.browser, executablePath: program } }
      const error = yield* launch({ ...runtime, config: broken }).pipe(
        Effect.scoped,
        Effect.flip,
        Effect.provide(browserLayer(folder))
      )
      assert.strictEqual(error.code, "browser_launch_failed")
      assert.include(error.message, `${program} did not start: `)
      assert.notInclude(error.message, "\n")
      assert.notInclude(error.message, "    at ")
      assert.deepStrictEqual(mentioning(runtime.profileDir), [])
    }))
})
