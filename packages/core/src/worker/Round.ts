/** The steps of one round, chosen by what the record says (Recovery). */
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Result from "effect/Result"
import * as JobTransition from "../domain/JobTransition.ts"
import type { ChatPage, Target } from "../port/ChatBrowser.ts"
import { reach } from "../port/CrashPoint.ts"
import { cleanRuntime } from "../upkeep/CleanRuntime.ts"
import type { JobRun } from "./JobRun.ts"
import { decide, type Decision } from "./Recovery.ts"
import * as SoleUse from "./SoleUse.ts"
import { adoptNamed } from "./steps/Adopt.ts"
import { downloadArtifacts } from "./steps/Artifacts.ts"
import { awaitAnswer } from "./steps/AwaitAnswer.ts"
import { complete } from "./steps/Complete.ts"
import { extract } from "./steps/Extract.ts"
import { toldByThePage } from "./steps/InFront.ts"
import { open } from "./steps/Open.ts"
import { configureModel, uploadArchive } from "./steps/Prepare.ts"
import { reachReady } from "./steps/Ready.ts"
import { composeAndSend } from "./steps/Send.ts"
import { lookForThread, noticeThread } from "./steps/Thread.ts"
import { checkThrottle } from "./steps/Throttle.ts"

/** Runs to the end of the job; `opened` gets the page for diagnostics. */
export const drive = Effect.fnUntraced(function*(run: JobRun, opened: Ref.Ref<ChatPage | null>) {
  const decision = decide(yield* run.job)
  if (decision._tag === "FailWith") return yield* decision.error
  yield* begin(run, decision)
  yield* checkThrottle(run)
  const page = yield* open(run)
  yield* Ref.set(opened, page)
  yield* Effect.raceFirst(withPage(run, page, decision), page.lost)
})

/** Back to `submitted`, without what an earlier round could not remove; a start is counted while nothing was sent. */
const begin = Effect.fnUntraced(function*(run: JobRun, decision: Decision) {
  const { runtime } = yield* run.job
  if (runtime !== null) yield* cleanRuntime(run.config, runtime.id, runtime.browser)
  yield* run.change((job, now) => {
    const starts = decision._tag === "StartAgain" ? job.starts + 1 : job.starts
    const entered = job.phase === "submitted" ? Result.succeed(job) : JobTransition.toPhase(job, "submitted", now)
    return Result.map(entered, (job) => ({ ...job, starts, runtime: null }))
  })
})

const withPage = Effect.fnUntraced(function*(run: JobRun, page: ChatPage, decision: Decision) {
  const { chatUrl, temporary = false } = yield* run.job
  yield* run.enter("verifying_auth", SoleUse.loadNote)
  switch (decision._tag) {
    case "StartAgain": {
      const target: Target = chatUrl === null ? { _tag: "NewChat", temporary } : { _tag: "Conversation", url: chatUrl }
      yield* reachReady(run, page, target, false)
      yield* reach("cookies.before")
      yield* saveCookies(run, page)
      yield* reach("cookies.after")
      yield* toldByThePage(run, page)(Effect.gen(function*() {
        yield* configureModel(run, page)
        yield* uploadArchive(run, page)
        yield* composeAndSend(run, page)
      }))
      yield* saveCookies(run, page)
      yield* noticeThread(run, page)
      break
    }
    case "ResumeThread":
      yield* reachReady(run, page, { _tag: "Conversation", url: decision.url }, true)
      break
    case "Adopt":
      yield* adoptNamed(run, page, decision.thread)
      break
    case "LookForThread":
      yield* lookForThread(run, page)
      break
    case "FailWith":
      return yield* decision.error
  }
  yield* downloadArtifacts(run, page, yield* finishedAnswer(run, page))
  yield* complete(run)
})

/** Waits again for as long as a turn that seemed finished goes on. */
const finishedAnswer = Effect.fnUntraced(function*(run: JobRun, page: ChatPage) {
  for (let nth = 1;; nth += 1) {
    yield* awaitAnswer(run, page)
    const answer = yield* extract(run, page, nth)
    if (answer !== null) return answer
  }
})

/** Rotated cookies go back while this host is the one that may write; that they could not be saved loses nothing. */
const saveCookies = (run: JobRun, page: ChatPage) => Effect.andThen(run.owned, Effect.ignore(page.saveCookies))
