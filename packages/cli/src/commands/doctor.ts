/** `oracle doctor`: checks what a job needs, line by line, each with its next step. Sends nothing. */
import { AccountName, type SiteName } from "@effect-oracle/core/domain/Ids"
import { exitOf } from "@effect-oracle/core/error/ErrorTable"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { sanitise } from "@effect-oracle/core/text/Sanitise"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Finding } from "../doctor/Finding.ts"
import type { SiteReport } from "../doctor/site.ts"
import { loadConfig } from "../input/Here.ts"
import { Json } from "../input/Json.ts"
import { accountFlag, siteFlag } from "../input/SubmissionFlags.ts"
import { Reported } from "../render/Failure.ts"
import { Screen } from "../render/Screen.ts"

export const doctor = Command.make("doctor", {
  site: siteFlag.pipe(
    Flag.withDescription(
      "Open this site with a clone of its seed and say what of its page is found, and what is missing "
        + "(default: no site is opened)"
    )
  ),
  account: accountFlag
}).pipe(
  Command.withDescription(
    "Check what a job needs: Node, configuration, state directory, database, host, browser and signed-in profiles. "
      + "Each line says ok, warn or fail, and what to do. Exits 3 when something fails. With --site the page of that site "
      + "is opened in the isolated browser and compared with what Oracle knows of it; nothing is sent or pressed."
  ),
  Command.withShortDescription("Check what a job needs and say what to do"),
  Command.withExamples([
    { command: "oracle doctor", description: "Check this machine and this project" },
    { command: "oracle doctor --site chatgpt", description: "Has the page of ChatGPT changed?" },
    { command: "oracle doctor --json", description: "For programs: {ok, checks: [{name, level, message, nextStep}]}" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.doctor")(function*({ account, site }) {
      const report = Option.isSome(site)
        ? yield* reportOn(site.value, yield* accountOf(account))
        : { findings: yield* examineHere, survey: null }
      yield* show(report, Option.isSome(site))
    })
  )
)

const examineHere = Effect.flatMap(Effect.promise(() => import("../doctor/examine.ts")), ({ examine }) => examine)

const accountOf = (account: Option.Option<string>) =>
  Option.isNone(account)
    ? Effect.map(loadConfig(), ({ config }) => config.defaults.account)
    : Effect.mapError(Schema.decodeUnknownEffect(AccountName)(account.value), () =>
      oracleError("invalid_option", `${account.value} is no account name`, {
        step: "use lower-case letters, digits, '-' and '_'"
      }))

const reportOn = Effect.fnUntraced(function*(site: SiteName, account: AccountName) {
  const { examineSite } = yield* Effect.promise(() => import("../doctor/site.ts"))
  const { config } = yield* loadConfig()
  return yield* examineSite({ site, account, config })
})

const show = Effect.fnUntraced(function*({ findings, survey }: SiteReport, ofSite: boolean) {
  const screen = yield* Screen
  const failed = findings.some(({ level }) => level === "fail")
  const more = ofSite
    ? {
      state: survey?.state ?? null,
      url: survey?.url ?? null,
      screenshot: survey?.screenshot ?? null,
      parts: survey?.parts ?? []
    }
    : {}
  if (yield* Json) yield* screen.json({ ok: !failed, checks: findings, ...more })
  else {
    const width = 2 + Math.max(14, ...findings.map(({ name }) => name.length))
    yield* screen.print(findings.map((finding) => line(finding, width, screen.styleOut)).join("\n"))
  }
  if (failed) return yield* new Reported({ exit: exitOf.notReady })
})

const colours = { ok: "green", warn: "yellow", fail: "red" } as const

const line = (
  { level, message, name, nextStep }: Finding,
  width: number,
  style: Screen["Service"]["styleOut"]
): string => {
  const head = `${style(colours[level], level.padEnd(6))}${name.padEnd(width)}`
  const below = `\n${" ".repeat(6 + width)}`
  return `${head}${sanitise(message).split("\n").join(below)}${
    nextStep === null ? "" : `${below}next: ${sanitise(nextStep)}`
  }`
}
