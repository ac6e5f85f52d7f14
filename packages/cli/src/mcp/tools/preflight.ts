/** `oracle_preflight`: what a submission needs, checked without a browser and without sending anything. */
import { SiteName } from "@effect-oracle/core/domain/Ids"
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import { ChatBrowser } from "@effect-oracle/core/port/ChatBrowser"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { plural } from "@effect-oracle/core/text/Format"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { accountOf } from "../../commands/submission.ts"
import { broken, ok } from "../../doctor/Finding.ts"
import { withOracle } from "../../graph/withOracle.ts"
import { CheckView } from "../../view/CheckView.ts"
import { configOf } from "../Config.ts"
import { project } from "../ProjectScope.ts"
import { register } from "../Tool.ts"

export const siteField = Schema.optionalKey(SiteName.annotate({ description: "Chat site (default: as configured)" }))
export const accountField = Schema.optionalKey(
  Schema.String.annotate({ description: "Signed-in account of the site (default: as configured)" })
)

export const preflight = register({
  name: "oracle_preflight",
  title: "Check that the oracle is ready",
  description:
    "Checks that a consultation can be submitted: the project, the configuration, the signed-in profile and the "
    + "browser. Call it first, before gathering context. Where 'ready' is false, tell the person the next step of each "
    + "failed check and stop: only a person can sign in.",
  hints: { readOnly: true, destructive: false, idempotent: true, openWorld: false },
  input: Schema.Struct({ site: siteField, account: accountField }),
  output: Schema.Struct({
    ready: Schema.Boolean,
    project: Schema.String,
    site: SiteName,
    account: Schema.String,
    checks: Schema.Array(CheckView)
  }),
  handle: (input) =>
    withOracle(Effect.gen(function*() {
      const root = yield* project
      const config = yield* configOf(root)
      const site = input.site ?? config.defaults.site
      const account = input.account === undefined ? config.defaults.account : yield* accountOf(input.account)
      const store = yield* JobStore
      const seeds = yield* SeedProfiles
      const browser = yield* ChatBrowser
      const checks = [
        ok("project", root),
        yield* check(
          "jobs",
          Effect.map(store.open, (open) => `${plural(open.length, "job")} not ended on this machine`)
        ),
        yield* check(
          "seed",
          Effect.map(seeds.check({ site, account, config }), ({ identity }) => `${site} as ${identity ?? account}`)
        ),
        yield* check("browser", Effect.map(browser.executable(config), ({ path }) => path))
      ]
      const ready = checks.every(({ level }) => level !== "fail")
      return { output: { ready, project: root, site, account, checks } }
    }))
})

const check = <R>(name: string, look: Effect.Effect<string, OracleError, R>) =>
  look.pipe(
    Effect.map((message) => ok(name, message)),
    Effect.catch((error) => Effect.succeed(broken(name, error)))
  )
