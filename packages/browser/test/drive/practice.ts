/** The practice site under a driven page, up to the point where it is ready. */
import { classify } from "@effect-oracle/core/page/PageClassifier"
import type { ChatPage } from "@effect-oracle/core/port/ChatBrowser"
import { serve } from "@effect-oracle/practice/PracticeSite"
import { Effect } from "effect"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type LocalSite, openOn } from "./session.ts"

type Options = NonNullable<Parameters<typeof serve>[0]>

/** Opens a new chat; the page may be in any state. */
export const visit = Effect.fnUntraced(function*(
  scenario: string,
  behaviour: NonNullable<Options["behaviour"]> = {},
  worker: LocalSite["worker"] = {}
) {
  const site = yield* serve({ scenario: scenario.split(","), behaviour })
  const opened = yield* openOn({
    site: "practice",
    url: site.url,
    worker,
    cookies: [...site.admin.storageState().cookies]
  })
  yield* opened.page.goto({ _tag: "NewChat" })
  return { ...opened, admin: site.admin, url: site.url }
})

/** Observes until the state is one of these; the last state when none came. */
export const stateOf = Effect.fnUntraced(function*(page: ChatPage, wanted: ReadonlyArray<string>, rounds = 40) {
  let state = classify(yield* page.observe)
  for (let round = 0; round < rounds && !wanted.includes(state.name); round += 1) {
    yield* Effect.sleep(150)
    state = classify(yield* page.observe)
  }
  return state.name
})

export const visitReady = Effect.fnUntraced(function*(
  scenario: string,
  behaviour?: Options["behaviour"],
  worker?: LocalSite["worker"]
) {
  const opened = yield* visit(scenario, behaviour, worker)
  yield* stateOf(opened.page, ["authenticated_and_ready"])
  yield* opened.page.dismissOverlays
  return opened
})

/** A file to attach, in the folder of the test. */
export const fileIn = (folder: string, name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return { path, name, bytes: content.length }
}

export const folderIn = (folder: string, name: string): string => {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}
