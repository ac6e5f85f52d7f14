/** `oracle auth`: makes and looks after the signed-in profiles that jobs use. */
import { importBrowsers } from "@effect-oracle/browser/auth/SignInRequest"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import { withoutJob } from "@effect-oracle/core/text/SignIn"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { stageReporter } from "../auth/stages.ts"
import { chooseWay } from "../auth/Way.ts"
import { requireConsent } from "../input/Consent.ts"
import { Json } from "../input/Json.ts"
import { accountFlag } from "../input/SubmissionFlags.ts"
import { Screen } from "../render/Screen.ts"
import { exportCommand } from "./auth/export.ts"
import { rollback } from "./auth/rollback.ts"
import { seedView } from "./auth/seedView.ts"
import { status } from "./auth/status.ts"
import { nameOf, siteArgument, target } from "./auth/target.ts"

export const auth = Command.make("auth", {
  site: siteArgument.pipe(
    Argument.withDescription("Site to sign in to (default: defaults.site of the configuration, which is chatgpt)")
  ),
  account: accountFlag,
  fromBrowser: Flag.Literals("from-browser", importBrowsers).pipe(
    Flag.withDescription(
      "Copy the site's cookies out of this browser instead; chrome when no name follows (default: sign in by hand in a window)"
    ),
    Flag.optional
  ),
  profile: Flag.String("profile").pipe(
    Flag.withMetavar("name|path"),
    Flag.withDescription("Profile of that browser (default: auth.chromeProfile, else the browser's own default)"),
    Flag.optional
  ),
  stateFile: Flag.String("state-file").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription(
      "Take the cookies from this Playwright storage state or cookie file (default: sign in by hand)"
    ),
    Flag.optional
  ),
  yes: Flag.Boolean("yes").pipe(
    Flag.withDescription("Do not ask before cookies are copied out of a browser (default: ask a person, else refuse)"),
    Flag.withDefault(false)
  ),
  acceptAutomation: Flag.Boolean("accept-automation").pipe(
    Flag.withDescription(
      "Agree that your own account is automated, without being asked (default: asked once per site)"
    ),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "Make the signed-in profile that the jobs of a site use. Without further options a browser window opens in which you "
      + "sign in; on a machine without a display, bring a login with --state-file. The result is proven on the site before "
      + "it replaces the profile in use, which is kept ('oracle auth rollback')."
  ),
  Command.withShortDescription("Sign in to a site"),
  Command.withExamples([
    { command: "oracle auth chatgpt", description: "Sign in by hand, in a window" },
    { command: "oracle auth chatgpt --account work", description: "A second account" },
    { command: "oracle auth chatgpt --from-browser chrome", description: "Copy the login of your own browser" },
    { command: "oracle auth chatgpt --state-file state.json", description: "On a server: a login made elsewhere" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.auth")(function*(flags) {
      const json = yield* Json
      const screen = yield* Screen
      const key = yield* target(flags)
      const way = yield* chooseWay(flags, key)
      // Both now: the files of this program may be replaced while a person signs in.
      const [{ possible, signIn }, { carryOn }] = yield* Effect.promise(() =>
        Promise.all([import("../auth/signIn.ts"), import("../auth/WaitingJobs.ts")])
      )
      yield* possible(way)
      yield* requireConsent({ site: key.site, accepted: flags.acceptAutomation })
      const onStage = yield* stageReporter(key.site)
      const seed = yield* signIn({ ...way, onStage }).pipe(
        Effect.mapError(withoutJob(key)),
        Effect.onInterrupt(() =>
          Effect.andThen(screen.status(""), screen.note("\ninterrupted; the profile in use was not changed"))
        ),
        Effect.ensuring(screen.status(""))
      )
      if (json) {
        const jobs = yield* carryOn(key)
        return yield* screen.json({ seed: seedView(seed), jobs })
      }
      yield* screen.print(
        `signed in to ${nameOf(key)} as ${sanitiseLine(seed.identity ?? "an account without a name")}`
      )
      yield* screen.note(`profile: ${seed.directory}`)
      yield* carryOn(key)
    })
  ),
  Command.withSubcommands([status, exportCommand, rollback])
)
