/** How many jobs may run on one account, by site: a site's own limit where it has one (PRODUCT, section 7). */
import * as Effect from "effect/Effect"
import type { OracleConfig } from "../config/OracleConfig.ts"
import { SiteName } from "../domain/Ids.ts"
import { ChatBrowser } from "../port/ChatBrowser.ts"
import type { Room } from "../queue/Admission.ts"
import * as SoleUse from "../worker/SoleUse.ts"
import { perAccount } from "./HostSettings.ts"

/** The room that a configuration gives. A site whose facts cannot be read has no limit of its own: its jobs say why. */
export const roomOf = Effect.fnUntraced(function*(config: OracleConfig) {
  const browser = yield* ChatBrowser
  const perSite: Partial<Record<SiteName, number>> = {}
  for (const name of SiteName.literals) {
    const facts = yield* Effect.option(browser.site(name, config))
    if (facts._tag === "Some") perSite[name] = Math.max(1, facts.value.maxJobsPerAccount)
  }
  const soleUse = yield* SoleUse.accounts()
  const room: Room = { capacity: config.browser.maxConcurrentJobs, perAccount, perSite, soleUse }
  return room
})
