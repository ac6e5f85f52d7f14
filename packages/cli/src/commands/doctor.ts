/** `oracle doctor`: checks what a job needs, line by line, each with its next step. Changes nothing. */
import { exitOf } from "@effect-oracle/core/error/ErrorTable"
import { sanitise } from "@effect-oracle/core/text/Sanitise"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import type { Finding } from "../doctor/Finding.ts"
import { Json } from "../input/Json.ts"
import { Reported } from "../render/Failure.ts"
import { Screen } from "../render/Screen.ts"

export const doctor = Command.make("doctor").pipe(
  Command.withDescription(
    "Check what a job needs: Node, configuration, state directory, database, host, browser and signed-in profiles. "
      + "Each line says ok, warn or fail, and what to do. Exits 3 when something fails."
  ),
  Command.withShortDescription("Check what a job needs and say what to do"),
  Command.withExamples([
    { command: "oracle doctor", description: "Check this machine and this project" },
    { command: "oracle doctor --json", description: "For programs: {ok, checks: [{name, level, message, nextStep}]}" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.doctor")(function*() {
      const screen = yield* Screen
      const { examine } = yield* Effect.promise(() => import("../doctor/examine.ts"))
      const findings = yield* examine
      const failed = findings.some(({ level }) => level === "fail")
      if (yield* Json) yield* screen.json({ ok: !failed, checks: findings })
      else yield* screen.print(findings.map((finding) => line(finding, screen.styleOut)).join("\n"))
      if (failed) return yield* new Reported({ exit: exitOf.notReady })
    })
  )
)

const colours = { ok: "green", warn: "yellow", fail: "red" } as const

const line = ({ level, message, name, nextStep }: Finding, style: Screen["Service"]["styleOut"]): string => {
  const head = `${style(colours[level], level.padEnd(6))}${name.padEnd(16)}`
  const lines = sanitise(message).split("\n").join(`\n${" ".repeat(22)}`)
  return `${head}${lines}${nextStep === null ? "" : `\n${" ".repeat(22)}next: ${sanitise(nextStep)}`}`
}
