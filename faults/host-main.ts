/**
 * A host for tests which ends itself, its browser or its page at a named moment, once for each state directory:
 * `host-main.ts [--at NAME[:N]] [--kill host|browser|page] [--look-ms N]`. Production has no such entry.
 */
import { CrashPoint, type CrashPointName } from "@effect-oracle/core/port/CrashPoint"
import { LookPauses } from "@effect-oracle/core/worker/steps/Thread"
import { Cause, Effect, Exit, Layer, Logger } from "effect"
import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { run } from "../packages/browser/src/HostProcess.ts"
import { crashMark, hostVersion } from "./support/TestHost.ts"
import { browsersIn, endAll, pagesIn } from "./support/Victims.ts"

const { values } = parseArgs({
  options: {
    at: { type: "string" },
    kill: { type: "string", default: "host" },
    "look-ms": { type: "string" }
  }
})
const state = process.env["ORACLE_STATE_DIR"] ?? ""
const [wanted, nth = "1"] = (values.at ?? "").split(":")

let reached = 0

const strike = (): void => {
  const victims = values.kill === "host" ? [] : values.kill === "page" ? pagesIn(state) : browsersIn(state)
  const record = { at: Date.now(), point: values.at, kill: values.kill, victims: victims.length }
  writeFileSync(join(state, crashMark), JSON.stringify(record), { flush: true })
  if (values.kill === "host") process.kill(process.pid, "SIGKILL")
  else endAll(victims)
}

const reach = (name: CrashPointName) =>
  Effect.sync(() => {
    if (name !== wanted) return
    reached += 1
    if (reached === Number(nth) && !existsSync(join(state, crashMark))) strike()
  })

const pauses = values["look-ms"] === undefined ? undefined : Number(values["look-ms"])
const layers = Layer.mergeAll(
  Logger.layer([Logger.consoleLogFmt]),
  Layer.succeed(CrashPoint, { reach }),
  pauses === undefined ? Layer.empty : Layer.succeed(LookPauses, [pauses, pauses])
)

const fiber = Effect.runFork(run(hostVersion).pipe(Effect.provide(layers)))

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => fiber.interruptUnsafe())

fiber.addObserver((exit) => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) process.exit(0)
  process.stderr.write(`the host failed: ${Cause.pretty(exit.cause)}\n`)
  process.exit(1)
})
