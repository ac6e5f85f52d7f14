/** Which way into the seed the flags ask for, with everything that can be wrong with it before a browser starts. */
import type { ImportBrowser } from "@effect-oracle/browser/auth/SignInRequest"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import type { SeedKey } from "@effect-oracle/core/port/SeedProfiles"
import { signInTarget } from "@effect-oracle/core/text/SignIn"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import { confirm } from "../input/Ask.ts"
import { here } from "../input/Here.ts"
import { Screen } from "../render/Screen.ts"

interface Flags {
  readonly fromBrowser: Option.Option<ImportBrowser>
  readonly profile: Option.Option<string>
  readonly stateFile: Option.Option<string>
  readonly yes: boolean
}

/** A person has agreed when this answers with an import. */
export const chooseWay = Effect.fnUntraced(function*({ fromBrowser, profile, stateFile, yes }: Flags, key: SeedKey) {
  if (Option.isSome(fromBrowser) && Option.isSome(stateFile)) {
    return yield* oracleError("usage_error", "--from-browser and --state-file are two different ways in", {
      step: "give one of them"
    })
  }
  if (Option.isSome(stateFile)) {
    return { _tag: "FromStateFile", ...key, file: yield* existing(stateFile.value) } as const
  }
  if (Option.isNone(fromBrowser)) {
    if (Option.isNone(profile)) return { _tag: "ByHand", ...key } as const
    return yield* oracleError("usage_error", "--profile names a profile of the browser that --from-browser names", {
      step: "add --from-browser, or leave --profile out"
    })
  }
  if (!yes) yield* agree(fromBrowser.value, key)
  const path = yield* Path.Path
  const named = Option.map(profile, (text) => /[/\\]/.test(text) ? path.resolve(text) : text)
  return {
    _tag: "FromBrowser",
    ...key,
    browser: fromBrowser.value,
    ...(Option.isSome(named) ? { profile: named.value } : {})
  } as const
})

const existing = Effect.fnUntraced(function*(text: string) {
  const files = yield* FileSystem.FileSystem
  const file = (yield* Path.Path).resolve(yield* here, text)
  if (yield* Effect.orElseSucceed(files.exists(file), () => false)) return file
  return yield* oracleError("state_file_invalid", `${file} does not exist`, {
    step: "check the path given to --state-file"
  })
})

const warning = (browser: ImportBrowser, key: SeedKey) => {
  const { site } = key
  return `The cookies of ${site} are copied out of ${browser}, which is only read; nothing else is taken. Some sites renew a login
at every visit and end its copies: ${browser} may be signed out of ${site} then, or the copy may stop working. Signing in by
hand ('oracle auth ${signInTarget(key)}') gives Oracle a login of its own.`
}

const agree = Effect.fnUntraced(function*(browser: ImportBrowser, key: SeedKey) {
  const screen = yield* Screen
  if (!screen.interactive) {
    return yield* oracleError(
      "declined",
      "cookies are copied out of a browser only when a person agrees, and nobody can be asked"
    )
  }
  yield* screen.note(warning(browser, key))
  if (yield* confirm(`Copy the ${key.site} cookies of ${browser}?`)) return
  return yield* oracleError("declined", "nothing was copied, because you said no", {
    step: `sign in by hand with 'oracle auth ${signInTarget(key)}'`
  })
})
