/** A driven page on a local site, signed in, in a real browser. */
import { makePage } from "@effect-oracle/browser/drive/DriverPage"
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import type { SiteDefinition } from "@effect-oracle/browser/site/Site"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { type OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { TurnAnchor } from "@effect-oracle/core/page/TurnProbe"
import * as TurnProgress from "@effect-oracle/core/page/TurnProgress"
import type { ChatPage } from "@effect-oracle/core/port/ChatBrowser"
import { Clock, Effect } from "effect"
import { createHash } from "node:crypto"
import type { BrowserContext } from "playwright-core"
import { browserLayer, config, emptyRuntime, temporaryFolder } from "../launch/workspace.ts"

export interface LocalSite {
  readonly site: "chatgpt" | "practice"
  readonly url: string
  readonly cookies: Parameters<BrowserContext["addCookies"]>[0]
  /** A second origin that counts as the site's own. */
  readonly beside?: string
  readonly worker?: Partial<OracleConfig["worker"]>
  readonly overrides?: OracleConfig["sites"]["chatgpt"]["overrides"]
  /** Instead of the site's own definition. */
  readonly definition?: SiteDefinition
}

export const configFor = ({ overrides, site, url, worker }: LocalSite): OracleConfig => ({
  ...config,
  worker: { ...config.worker, ...worker },
  sites: { ...config.sites, [site]: { baseUrl: url, ...(overrides === undefined ? {} : { overrides }) } }
})

/** The page lives as long as the scope. */
export const openOn = Effect.fnUntraced(function*(local: LocalSite) {
  const folder = yield* temporaryFolder
  const settings = configFor(local)
  const resolved = local.definition ?? (yield* Effect.fromResult(resolveSite(local.site, settings)))
  const beside = local.beside === undefined ? [] : [local.beside]
  const site = { ...resolved, origins: [...resolved.origins, ...beside] }
  return yield* Effect.gen(function*() {
    const launcher = yield* BrowserLauncher
    const launched = yield* launcher.launch({ ...emptyRuntime(folder), config: settings, onBrowser: () => Effect.void })
    yield* Effect.promise(() => launched.context.addCookies(local.cookies))
    const page = yield* makePage({
      page: launched.page,
      site,
      config: settings,
      profileDir: launched.profileDir,
      downloadsDir: launched.downloadsDir
    })
    return { page, raw: launched.page, folder, context: launched.context, site }
  }).pipe(Effect.provide(browserLayer(folder)))
})

export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex")

export const anchorFor = (
  baseline: { readonly turnCount: number; readonly lastTurnId: string | null },
  prompt: string,
  userTurnId: string | null = null
): TurnAnchor => ({
  userTurnId,
  turnsBefore: baseline.turnCount,
  lastTurnIdBefore: baseline.lastTurnId,
  promptSha256: sha256(prompt)
})

/** Waits for the end of the turn as a worker does. */
export const follow = Effect.fnUntraced(function*(page: ChatPage, anchor: TurnAnchor, limitMs = 60_000) {
  const end = (yield* Clock.currentTimeMillis) + limitMs
  let state = TurnProgress.initial
  for (;;) {
    const probe = yield* page.probe(anchor)
    const now = yield* Clock.currentTimeMillis
    const next = TurnProgress.step(state, probe, now)
    state = next.state
    if (next.verdict._tag === "Continue") {
      yield* page.continueGenerating(anchor)
      state = TurnProgress.initial
      yield* Effect.sleep(500)
    } else if (next.verdict._tag !== "Wait") return { verdict: next.verdict, probe }
    else if (now > end) return { verdict: next.verdict, probe }
    else yield* Effect.sleep(next.verdict.nextMs)
  }
})

/** Composes, sends and waits. */
export const ask = Effect.fnUntraced(function*(page: ChatPage, prompt: string, limitMs?: number) {
  yield* page.compose(prompt)
  const baseline = yield* page.baseline
  const sent = yield* page.send(anchorFor(baseline, prompt))
  const anchor = anchorFor(baseline, prompt, sent._tag === "Confirmed" ? sent.userTurnId : null)
  const end = sent._tag === "Confirmed" ? yield* follow(page, anchor, limitMs) : null
  return { sent, anchor, end, baseline }
})
