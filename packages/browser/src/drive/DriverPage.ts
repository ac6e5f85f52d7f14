/** One page of a runtime browser as the core sees it: every method is one action of this folder. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { SendBaseline } from "@effect-oracle/core/domain/SendLedger"
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import type { ChatPage } from "@effect-oracle/core/port/ChatBrowser"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import type { Dialog, Page } from "playwright-core"
import type { SiteDefinition } from "../site/Site.ts"
import { continueGenerating, extract } from "./Answer.ts"
import { download } from "./Artifacts.ts"
import { compose } from "./Composer.ts"
import { deleteConversation } from "./Conversation.ts"
import { saveCookies } from "./Cookies.ts"
import { diagnose } from "./Diagnostics.ts"
import type { Driver } from "./Driver.ts"
import { goto, reload } from "./Goto.ts"
import { watchLost } from "./Lost.ts"
import { selectModel } from "./ModelPicker.ts"
import { watch } from "./Network.ts"
import { observe, probe } from "./Observe.ts"
import { dismissOverlays } from "./Overlays.ts"
import { pageScript } from "./PageScript.ts"
import { newChat } from "./Place.ts"
import { send } from "./Send.ts"
import { baseline, findThread, holdsPrompt, thread } from "./Thread.ts"
import { startTrace } from "./Trace.ts"
import { attach } from "./Upload.ts"

export interface DriverRequest {
  readonly page: Page
  readonly site: SiteDefinition
  readonly config: OracleConfig
  readonly profileDir: string
  readonly downloadsDir: string
}

/** Leaving a page is agreed to; questions of the page are declined, because no choice is ever made here. */
const answerDialog = (dialog: Dialog): void => {
  const answer = dialog.type() === "beforeunload" || dialog.type() === "alert" ? dialog.accept() : dialog.dismiss()
  answer.catch(() => undefined)
}

export const makeDriver = Effect.fnUntraced(function*(request: DriverRequest) {
  return {
    ...request,
    network: watch(request.page, request.site),
    prompt: yield* Ref.make<string | null>(null),
    baseline: yield* Ref.make<SendBaseline | null>(null),
    attached: yield* Ref.make({ shown: 0, inInputs: 0 }),
    place: yield* Ref.make(newChat),
    lateDownload: yield* Ref.make(false)
  } satisfies Driver
})

/** Drives the page for as long as the scope lives; fails where the page script was not built. */
export const makePage = Effect.fnUntraced(
  function*(request: DriverRequest): Effect.fn.Return<ChatPage, OracleError, Scope.Scope> {
    const { page } = request
    const source = yield* pageScript(request.site)
    const { lost } = yield* watchLost(page)
    page.on("dialog", answerDialog)
    yield* Effect.ignore(Effect.tryPromise(() => page.addInitScript({ content: source })))
    const driver = yield* makeDriver(request)
    yield* startTrace(driver)
    return {
      goto: (target) => goto(driver, target),
      observe: observe(driver),
      reload: reload(driver),
      dismissOverlays: dismissOverlays(driver),
      selectModel: (selection) => selectModel(driver, selection),
      attach: (files, onProgress) => attach(driver, files, onProgress),
      compose: (prompt) => compose(driver, prompt),
      baseline: baseline(driver),
      send: (anchor) => send(driver, anchor),
      thread: thread(driver),
      findThread: (before, promptSha256) => findThread(driver, before, promptSha256),
      holdsPrompt: (promptSha256) => holdsPrompt(driver, promptSha256),
      probe: (anchor) => probe(driver, anchor),
      continueGenerating: (anchor) => continueGenerating(driver, anchor),
      extract: (anchor) => extract(driver, anchor),
      download: (file) => download(driver, file),
      deleteConversation: (thread) => deleteConversation(driver, thread),
      diagnose: (directory) => diagnose(driver, directory),
      saveCookies: saveCookies(driver),
      lost
    }
  }
)
