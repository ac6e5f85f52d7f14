/** Tells a person what happens during a sign-in, and what is to be done. */
import type { SignInStage } from "@effect-oracle/browser/auth/SignInRequest"
import type { SiteName } from "@effect-oracle/core/domain/Ids"
import { plural } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Effect from "effect/Effect"
import { Screen } from "../render/Screen.ts"

const minutes = (milliseconds: number): string => plural(Math.max(1, Math.round(milliseconds / 60_000)), "minute")

const quitWords = process.platform === "darwin" ? "quit that browser (Cmd-Q)" : "close the window"

export const windowLines = (site: SiteName, address: string, limitMs: number): ReadonlyArray<string> => [
  `A browser window opens on ${address}. It has nothing of your own browser in it.`,
  `  1. Sign in to ${site} there, as you always do.`,
  `  2. When you see your chats, ${quitWords}.`,
  `Oracle waits (at most ${minutes(limitMs)}), then checks the login in a browser of its own and keeps it.`,
  "To leave everything as it is, close the window without signing in, or press Ctrl-C here."
]

/** The reporter of one sign-in. */
export const stageReporter = (site: SiteName) =>
  Effect.map(Screen, (screen) => (stage: SignInStage): Effect.Effect<void> => {
    switch (stage._tag) {
      case "WindowOpen":
        return Effect.andThen(
          screen.note(windowLines(site, stage.address, stage.limitMs).join("\n")),
          screen.status("waiting for you to sign in and close the window")
        )
      case "Verifying":
        return screen.status(`checking that ${site} knows you`)
      case "ChallengeOpen":
        return Effect.andThen(
          screen.note(
            `${site} wants to see that you are a person. Solve the check in the window that opens now; Oracle does not ` +
              `touch it, and goes on by itself when it is solved (within ${minutes(stage.limitMs)}).`
          ),
          screen.status("waiting for the check to be solved")
        )
      case "Remark":
        return screen.note(sanitiseLine(stage.text))
    }
  })
