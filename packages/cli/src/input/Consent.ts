/**
 * The first use of a site says that the person's own account is automated, and asks. The answer is kept in the state
 * directory, per site. Where nobody can be asked the words are printed once and the command goes on: the account was
 * given on purpose, with `oracle auth`, and a script must not hang.
 */
import type { SiteName } from "@effect-oracle/core/domain/Ids"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as Schema from "effect/Schema"
import { Screen } from "../render/Screen.ts"
import { confirm } from "./Ask.ts"

const Given = Schema.fromJsonString(Schema.Record(Schema.String, Schema.String))

/** What a person agrees to. */
export const consentWords = (site: SiteName): string =>
  `Oracle works with your own ${site} account through an automated browser. The site's terms of use apply to you, and it
may limit or close accounts that are automated. What leaves this machine is the prompt and the files that you select;
each submission lists them.`

export interface ConsentOptions {
  readonly site: SiteName
  /** `--accept-automation` */
  readonly accepted: boolean
}

/** Fails as `submission_declined` when the person says no. */
export const requireConsent = Effect.fn("Consent.requireConsent")(function*({ accepted, site }: ConsentOptions) {
  if (yield* consentGiven(site)) return
  const screen = yield* Screen
  if (!accepted) {
    yield* screen.alert(consentWords(site))
    if (screen.interactive && !(yield* confirm(`Use your ${site} account this way?`))) {
      return yield* oracleError("submission_declined", "nothing was sent, because you said no", {
        step: "run the command again when you agree"
      })
    }
    if (!screen.interactive) yield* screen.note("This is said once; --accept-automation keeps it quiet.")
  }
  yield* keepConsent(site)
})

/** The practice site is nobody's account. */
export const consentGiven = Effect.fn("Consent.consentGiven")(function*(site: SiteName) {
  return site === "practice" || (yield* read)[site] !== undefined
})

/** Remembers that a person agreed. */
export const keepConsent = Effect.fn("Consent.keepConsent")(function*(site: SiteName) {
  yield* write({ ...(yield* read), [site]: DateTime.formatIso(yield* DateTime.now) })
})

const file = Effect.gen(function*() {
  const dirs = yield* StateDirs
  return (yield* Path.Path).join(dirs.state, "consent.json")
})

const read = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  const text = yield* files.readFileString(yield* file)
  return yield* Schema.decodeEffect(Given)(text)
}).pipe(Effect.orElseSucceed((): Readonly<Record<string, string>> => ({})))

/** A state directory that cannot be written is reported by the submission itself, with its own words. */
const write = Effect.fnUntraced(
  function*(given: Readonly<Record<string, string>>) {
    const files = yield* FileSystem.FileSystem
    const dirs = yield* StateDirs
    yield* files.makeDirectory(dirs.state, { recursive: true, mode: 0o700 })
    yield* files.writeFileString(yield* file, yield* Schema.encodeEffect(Given)(given), { mode: 0o600 })
  },
  Effect.ignore
)
