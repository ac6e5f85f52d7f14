/** `oracle auth export`: takes a login to another machine. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { plural } from "@effect-oracle/core/text/Format"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"
import { confirm } from "../../input/Ask.ts"
import { here } from "../../input/Here.ts"
import { Json } from "../../input/Json.ts"
import { accountFlag } from "../../input/SubmissionFlags.ts"
import { Screen } from "../../render/Screen.ts"
import { nameOf, siteArgument, target } from "./target.ts"

export const exportCommand = Command.make("export", {
  site: siteArgument.pipe(Argument.withDescription("Site (default: defaults.site of the configuration)")),
  account: accountFlag,
  output: Flag.String("output").pipe(
    Flag.withAlias("o"),
    Flag.withMetavar("file"),
    Flag.withDescription("File to write, needed; it must not exist yet")
  ),
  yes: Flag.Boolean("yes").pipe(
    Flag.withDescription("Do not ask (default: ask a person; refuse where nobody can be asked)"),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "Write the login of a signed-in profile into a file that 'oracle auth --state-file' takes on another machine. Who has "
      + "the file has the account: it is readable by you alone, so move it safely and delete it afterwards."
  ),
  Command.withShortDescription("Write a login into a file, for another machine"),
  Command.withExamples([
    {
      command: "oracle auth export chatgpt -o chatgpt.json",
      description: "Then, there: oracle auth chatgpt --state-file"
    }
  ]),
  Command.withHandler(
    Effect.fn("oracle.auth.export")(function*({ account, output, site, yes }) {
      const json = yield* Json
      const screen = yield* Screen
      const key = yield* target({ site, account })
      const file = (yield* Path.Path).resolve(yield* here, output)
      if (!yes) yield* agree(nameOf(key), file)
      const care = yield* Effect.promise(() => import("../../auth/seeds.ts"))
      const cookies = yield* care.exportState(key, file)
      if (json) return yield* screen.json({ file, cookies })
      yield* screen.print(`${file}: ${plural(cookies, "cookie")} of ${nameOf(key)}`)
      yield* screen.note("Who has this file has the account. Delete it when it has done its work.")
    })
  )
)

const agree = Effect.fnUntraced(function*(name: string, file: string) {
  const screen = yield* Screen
  if (!screen.interactive) {
    return yield* oracleError(
      "declined",
      "a login is written into a file only when a person agrees, and nobody can be asked"
    )
  }
  yield* screen.note("Who has that file has the account, without a password.")
  if (yield* confirm(`Write the login of ${name} into ${file}?`)) return
  return yield* oracleError("declined", "nothing was written, because you said no")
})
