/** `oracle auth rollback`: goes back to the sign-in before. */
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Command from "effect/cli/Command"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { Json } from "../../input/Json.ts"
import { accountFlag } from "../../input/SubmissionFlags.ts"
import { Screen } from "../../render/Screen.ts"
import { seedView } from "./seedView.ts"
import { nameOf, siteArgument, target } from "./target.ts"

export const rollback = Command.make("rollback", { site: siteArgument, account: accountFlag }).pipe(
  Command.withDescription(
    "Put the signed-in profile before the present one back in use. The present one is kept in its place, so doing it "
      + "again undoes it. The site is not asked; 'oracle doctor' and the next job show whether the login still counts."
  ),
  Command.withShortDescription("Go back to the sign-in before"),
  Command.withExamples([{
    command: "oracle auth rollback chatgpt",
    description: "After a sign-in to the wrong account"
  }]),
  Command.withHandler(
    Effect.fn("oracle.auth.rollback")(function*(flags) {
      const json = yield* Json
      const screen = yield* Screen
      const key = yield* target(flags)
      const care = yield* Effect.promise(() => import("../../auth/seeds.ts"))
      const seed = yield* care.rollback(key)
      if (json) return yield* screen.json({ seed: seedView(seed) })
      const identity = sanitiseLine(seed.identity ?? "an account without a name")
      yield* screen.print(
        `${nameOf(key)} uses the sign-in of ${DateTime.formatIso(seed.createdAt)} again (${identity})`
      )
    })
  )
)
