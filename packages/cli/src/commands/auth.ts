/** `oracle auth`: makes the signed-in profile of a site and account. */
import { SiteName } from "@effect-oracle/core/domain/Ids"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import { requireConsent } from "../input/Consent.ts"
import { here, loadConfig } from "../input/Here.ts"
import { Json } from "../input/Json.ts"
import { accountFlag } from "../input/SubmissionFlags.ts"
import { Screen } from "../render/Screen.ts"
import { accountOf } from "./submission.ts"

export const auth = Command.make("auth", {
  site: Argument.Literals("site", SiteName.literals).pipe(
    Argument.withDescription("Site to sign in to (default: defaults.site of the configuration, which is chatgpt)"),
    Argument.optional
  ),
  account: accountFlag,
  stateFile: Flag.String("state-file").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription("Playwright storage state or cookie file of a signed-in browser"),
    Flag.optional
  ),
  acceptAutomation: Flag.Boolean("accept-automation").pipe(
    Flag.withDescription(
      "Agree that your own account is automated, without being asked (default: asked once per site)"
    ),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "Make the signed-in profile that the jobs of a site use. The state of a signed-in browser is taken from a file, "
      + "proven on the site, and kept; the profile before it stays as a fallback."
  ),
  Command.withShortDescription("Sign in to a site"),
  Command.withExamples([
    { command: "oracle auth chatgpt --state-file state.json", description: "Sign in with a Playwright storage state" },
    { command: "oracle auth chatgpt --account work --state-file work.json", description: "A second account" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.auth")(function*(flags) {
      const json = yield* Json
      const screen = yield* Screen
      if (Option.isNone(flags.stateFile)) {
        return yield* oracleError("usage_error", "there is no state file to sign in with", {
          step: "export the storage state of a signed-in browser and pass it with --state-file FILE"
        })
      }
      const file = (yield* Path.Path).resolve(yield* here, flags.stateFile.value)
      if (!(yield* Effect.orElseSucceed((yield* FileSystem.FileSystem).exists(file), () => false))) {
        return yield* oracleError("state_file_invalid", `${file} does not exist`, {
          step: "check the path given to --state-file"
        })
      }
      const { config } = yield* loadConfig()
      const site = Option.getOrElse(flags.site, () => config.defaults.site)
      const account = Option.isSome(flags.account) ? yield* accountOf(flags.account.value) : config.defaults.account
      yield* requireConsent({ site, accepted: flags.acceptAutomation })
      const { signIn } = yield* Effect.promise(() => import("../auth/signIn.ts"))
      yield* screen.status(`signing in to ${site}`)
      const seed = yield* signIn({ site, account, config, file }).pipe(
        Effect.mapError(withoutJob),
        Effect.ensuring(screen.status(""))
      )
      if (json) return yield* screen.json({ seed: { ...seed, createdAt: DateTime.formatIso(seed.createdAt) } })
      const name = account === "default" ? site : `${site} (account ${account})`
      yield* screen.print(`signed in to ${name} as ${sanitiseLine(seed.identity ?? "an account without a name")}`)
      yield* screen.note(`profile: ${seed.directory}`)
    })
  )
)

/** There is no job here that could be resumed or looked into. */
const withoutJob = (error: OracleError): OracleError =>
  error.nextStep.includes("<job>")
    ? oracleError(error.code, error.message, {
      step: "run the command again; if it fails again, open the site in a browser and see what it shows"
    })
    : error
