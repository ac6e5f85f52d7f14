/** The port `ChatBrowser` for the tiny site: real browsers, and just enough of a page to prove a sign-in. */
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import * as JarFile from "@effect-oracle/browser/profile/JarFile"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { ChatBrowser, type ChatPage } from "@effect-oracle/core/port/ChatBrowser"
import { Effect, Layer } from "effect"
import type { Page } from "playwright-core"
import { observation } from "./observation.ts"

const notUsed = Effect.die("not used by a sign-in")

const emailOn = (page: Page): Effect.Effect<string | null> =>
  Effect.promise(() =>
    page.evaluate<string | null>("fetch('/me').then((answer) => answer.json()).then(({ email }) => email)")
  )

export const memberBrowser = Layer.effect(
  ChatBrowser,
  Effect.gen(function*() {
    const launcher = yield* BrowserLauncher
    return ChatBrowser.of({
      site: () => notUsed,
      parseThread: () => notUsed,
      executable: () => notUsed,
      open: Effect.fnUntraced(function*(request) {
        const { context, page } = yield* launcher.launch(request)
        const url = request.config.sites[request.site].baseUrl ?? "about:blank"
        const email = emailOn(page)
        return {
          goto: () => Effect.asVoid(Effect.promise(() => page.goto(url))),
          observe: Effect.map(email, (email) => ({
            ...observation(url),
            login: { asked: true, status: 200, identified: email !== null, anonymous: email === null, email }
          })),
          saveCookies: Effect.flatMap(
            Effect.fromResult(resolveSite(request.site, request.config)),
            (site) => Effect.asVoid(JarFile.observe(context, request.profileDir, site))
          ),
          reload: notUsed,
          dismissOverlays: Effect.void,
          selectModel: () => notUsed,
          attach: () => notUsed,
          compose: () => notUsed,
          baseline: notUsed,
          send: () => notUsed,
          thread: notUsed,
          findThread: () => notUsed,
          holdsPrompt: () => notUsed,
          probe: () => notUsed,
          continueGenerating: () => notUsed,
          extract: () => notUsed,
          download: () => notUsed,
          deleteConversation: () => Effect.die("not used"),
          diagnose: () => Effect.void,
          lost: Effect.never
        } satisfies ChatPage
      })
    })
  })
)
