/** `oracle auth status`: every signed-in profile, how old it is, and until when it counts. */
import type { SeedReport } from "@effect-oracle/browser/profile/SeedCare"
import { viewOf } from "@effect-oracle/core/error/OracleError"
import { ago } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import { signInTarget } from "@effect-oracle/core/text/SignIn"
import * as Command from "effect/cli/Command"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { expiryText } from "../../auth/expiry.ts"
import { loadConfig } from "../../input/Here.ts"
import { Json } from "../../input/Json.ts"
import { Screen } from "../../render/Screen.ts"
import { table } from "../../render/Table.ts"

export const status = Command.make("status").pipe(
  Command.withDescription(
    "Show every signed-in profile: the account, when it was made, when a job last used it with success, and when its "
      + "login ends by its own cookies. Opens no browser."
  ),
  Command.withShortDescription("Show the signed-in profiles"),
  Command.withExamples([
    { command: "oracle auth status", description: "All sites and accounts" },
    { command: "oracle auth status --json", description: "For programs: {seeds}" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.auth.status")(function*() {
      const json = yield* Json
      const screen = yield* Screen
      const { config } = yield* loadConfig()
      const care = yield* Effect.promise(() => import("../../auth/seeds.ts"))
      const reports = yield* care.list(config)
      if (json) return yield* screen.json({ seeds: reports.map(viewOfReport) })
      if (reports.length === 0) return yield* screen.note("nobody is signed in yet; 'oracle auth' signs in")
      const now = yield* DateTime.now
      yield* screen.print(lines(reports, now).join("\n"))
      for (const { account, seed, site } of reports) {
        if (seed._tag === "Success") continue
        const { message, nextStep } = viewOf(seed.failure, { site: signInTarget({ site, account }) })
        yield* screen.note(sanitiseLine(`${site}/${account}: ${message}; ${nextStep}`))
      }
    })
  )
)

const lines = (reports: ReadonlyArray<SeedReport>, now: DateTime.Utc): ReadonlyArray<string> => {
  const since = (at: DateTime.Utc | null) =>
    at === null ? "-" : ago(DateTime.toEpochMillis(now) - DateTime.toEpochMillis(at))
  const of = <A>(
    { seed }: SeedReport,
    value: (seed: Extract<SeedReport["seed"], { _tag: "Success" }>["success"]) => A
  ) => seed._tag === "Success" ? value(seed.success) : null
  return table<SeedReport>([
    { title: "SITE", cell: ({ site }) => site },
    { title: "ACCOUNT", cell: ({ account }) => account },
    { title: "SIGNED IN AS", cell: (row) => sanitiseLine(of(row, ({ identity }) => identity ?? "?") ?? "unusable") },
    { title: "MADE", cell: (row) => since(of(row, ({ createdAt }) => createdAt)) },
    { title: "LAST SUCCESS", cell: ({ lastSuccess }) => since(lastSuccess) },
    {
      title: "ENDS",
      cell: (row) => of(row, ({ sessionExpiresAt }) => expiryText(sessionExpiresAt ?? null, now)) ?? "-"
    },
    { title: "BEFORE IT", cell: ({ hasPrevious }) => hasPrevious ? "kept" : "-" }
  ], reports)
}

const iso = (at: DateTime.Utc | null | undefined): string | null => at == null ? null : DateTime.formatIso(at)

const viewOfReport = ({ account, hasPrevious, lastSuccess, seed, site }: SeedReport) => ({
  site,
  account,
  usable: seed._tag === "Success",
  identity: seed._tag === "Success" ? seed.success.identity : null,
  generation: seed._tag === "Success" ? seed.success.generation : null,
  revision: seed._tag === "Success" ? seed.success.revision ?? 0 : null,
  createdAt: seed._tag === "Success" ? iso(seed.success.createdAt) : null,
  sessionExpiresAt: seed._tag === "Success" ? iso(seed.success.sessionExpiresAt) : null,
  lastSuccess: iso(lastSuccess),
  hasPrevious,
  error: seed._tag === "Failure" ? viewOf(seed.failure, { site: signInTarget({ site, account }) }) : null
})
