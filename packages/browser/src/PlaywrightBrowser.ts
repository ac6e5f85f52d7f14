/** The `ChatBrowser` layer: launches runtime browsers through Playwright and drives their pages. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { ChatBrowser, type SiteFacts } from "@effect-oracle/core/port/ChatBrowser"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makePage } from "./drive/DriverPage.ts"
import { offeredBy } from "./drive/picker/Offered.ts"
import { BrowserLauncher } from "./launch/Launch.ts"
import { BrowserLocator } from "./locate/BrowserLocator.ts"
import type { SiteDefinition } from "./site/Site.ts"
import { resolveSite } from "./site/Sites.ts"
import { parseThreadValue } from "./site/ThreadAddress.ts"

const factsOf = (site: SiteDefinition): SiteFacts => ({
  name: site.name,
  label: site.label,
  baseUrl: site.baseUrl,
  archiveFormat: site.archive.format,
  archiveMaxBytes: site.archive.maxBytes,
  promptMaxChars: site.prompt.maxChars,
  presets: offeredBy(site.picker),
  maxFiles: site.limits.maxFiles,
  temporaryChats: site.paths.temporaryChat !== null,
  historyAuthoritative: site.historyAuthoritative,
  maxJobsPerAccount: site.maxJobsPerAccount
})

/** How long the last look at the cookies may hold up the end of a job. */
const lastLookMs = 3000

/** Wants a launcher and a locator. */
export const layerNoDeps = Layer.effect(
  ChatBrowser,
  Effect.gen(function*() {
    const launcher = yield* BrowserLauncher
    const locator = yield* BrowserLocator
    return ChatBrowser.of({
      site: (name, config) => Effect.map(Effect.fromResult(resolveSite(name, config)), factsOf),
      parseThread: Effect.fn("ChatBrowser.parseThread")(function*(name, config, value) {
        const site = yield* Effect.fromResult(resolveSite(name, config))
        const thread = parseThreadValue(site, value)
        return thread ??
          (yield* oracleError("invalid_option", `${value} is not a conversation of ${site.label} at ${site.baseUrl}`, {
            step: "give the address of the conversation, or its id"
          }))
      }),
      executable: (config) => locator.find(config),
      open: Effect.fn("ChatBrowser.open")(function*(request) {
        const site = yield* Effect.fromResult(resolveSite(request.site, request.config))
        const launched = yield* launcher.launch(request)
        const page = yield* makePage({
          page: launched.page,
          site,
          config: request.config,
          profileDir: launched.profileDir,
          downloadsDir: launched.downloadsDir
        })
        yield* Effect.addFinalizer(() =>
          page.saveCookies.pipe(Effect.interruptible, Effect.timeoutOption(lastLookMs), Effect.ignore)
        )
        return page
      })
    })
  })
)

/** Wants the processes and the state directories. */
export const layer = layerNoDeps.pipe(
  Layer.provide(BrowserLauncher.layerNoDeps),
  Layer.provide(BrowserLocator.layer)
)
