/**
 * A person agrees once for each site that their own account is automated; the answer is kept in the state directory,
 * whichever surface asked.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as Schema from "effect/Schema"
import type { SiteName } from "../domain/Ids.ts"
import { StateDirs } from "../store/StateDirs.ts"

const Given = Schema.fromJsonString(Schema.Record(Schema.String, Schema.String))

/** What a person agrees to. */
export const consentWords = (site: SiteName): string =>
  `Oracle works with your own ${site} account through an automated browser. The site's terms of use apply to you, and it
may limit or close accounts that are automated. What leaves this machine is the prompt and the files that you select;
each submission lists them.`

/** The practice site is nobody's account. */
export const consentGiven = Effect.fn("Consent.consentGiven")(function*(site: SiteName) {
  return site === "practice" || (yield* read)[site] !== undefined
})

/** Remembers that a person agreed. A state that cannot be written is reported by the submission itself. */
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

const write = Effect.fnUntraced(
  function*(given: Readonly<Record<string, string>>) {
    const files = yield* FileSystem.FileSystem
    const dirs = yield* StateDirs
    yield* files.makeDirectory(dirs.state, { recursive: true, mode: 0o700 })
    yield* files.writeFileString(yield* file, yield* Schema.encodeEffect(Given)(given), { mode: 0o600 })
  },
  Effect.ignore
)
