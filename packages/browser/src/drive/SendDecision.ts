/** Judges a reading after the click on send: proof, refusal, a swallowed click, or nothing yet. Pure. */
import type { SeenRequest } from "./Network.ts"

export interface SendReading {
  readonly requests: ReadonlyArray<Pick<SeenRequest, "declared" | "status">>
  /** The full draft stands in the composer. */
  readonly draftStands: boolean
  readonly composerEmpty: boolean
  readonly userTurn: boolean
  /** The assistant turn shows content or the marks of a finished turn; a placeholder of the page is none. */
  readonly answerTurn: boolean
  readonly generating: boolean
  /** Durable conversation of the page, where it is another one than before the click. */
  readonly newThread: boolean
  readonly sinceClickMs: number
  readonly clicks: number
}

export type SendJudgement =
  | { readonly _tag: "Proof"; readonly evidence: string }
  /** The site answered with an error that says that it took nothing. */
  | { readonly _tag: "Refused"; readonly evidence: string; readonly httpStatus: number | null }
  /** The request left and failed in a way that says nothing; only the history knows. */
  | { readonly _tag: "Doubt"; readonly evidence: string; readonly httpStatus: number | null }
  | { readonly _tag: "ClickAgain" }
  | { readonly _tag: "Wait" }

const maxClicks = 3
/** A page may renew its token and repeat the request by itself. */
const secondThoughtsMs = 1200

export interface SendTimes {
  readonly swallowedClickMs: number
  readonly sendProofMs: number
}

/** What the page shows after it was loaded anew. */
export interface Reloaded {
  readonly composerReady: boolean
  readonly draft: string
  readonly userTurn: boolean
  readonly newThread: boolean
  /** The turn that stood last before the send is not in the page, so that a new one may be hidden too. */
  readonly turnBeforeGone: boolean
  /** A send left after the click, later than the page was judged to have done nothing. */
  readonly requestLeft: boolean
}

/** True where a page loaded anew shows that nothing was taken: the draft or an empty composer, and no new turn. */
export const showsNothingTaken = (page: Reloaded, prompt: string): boolean =>
  page.composerReady && !page.userTurn && !page.newThread && !page.turnBeforeGone && !page.requestLeft
  && (page.draft === "" || page.draft === prompt)

const judgeRequests = (reading: SendReading): SendJudgement | null => {
  const declared = reading.requests.filter((request) => request.declared)
  const ok = declared.find((request) => request.status !== null && request.status >= 200 && request.status < 300)
  if (ok !== undefined) return { _tag: "Proof", evidence: "successful response to the send request" }
  if (declared.some((request) => request.status === null)) return null
  const failed = [...declared, ...reading.requests].find((request) =>
    request.status !== null && (request.status === 0 || request.status >= 400)
  )
  if (failed === undefined || failed.status === null) return null
  if (!failed.declared && !reading.draftStands) return null
  if (failed.status >= 400 && failed.status < 500) {
    return {
      _tag: "Refused",
      evidence: `the site answered the send request with ${failed.status}`,
      httpStatus: failed.status
    }
  }
  const evidence = failed.status === 0
    ? "the send request failed without an answer"
    : `the site answered the send request with ${failed.status}`
  return { _tag: "Doubt", evidence, httpStatus: failed.status === 0 ? null : failed.status }
}

export const judge = (reading: SendReading, times: SendTimes): SendJudgement => {
  if (reading.answerTurn && reading.userTurn) return { _tag: "Proof", evidence: "assistant turn" }
  const byRequest = judgeRequests(reading)
  if (byRequest?._tag === "Proof") return byRequest
  if (byRequest?._tag === "Refused") return reading.sinceClickMs >= secondThoughtsMs ? byRequest : { _tag: "Wait" }
  if (reading.newThread) return { _tag: "Proof", evidence: "conversation address" }
  if (byRequest !== null) return byRequest
  const untouched = reading.draftStands && reading.requests.length === 0 && !reading.userTurn && !reading.generating
  if (untouched && reading.sinceClickMs >= times.swallowedClickMs) {
    return reading.clicks < maxClicks
      ? { _tag: "ClickAgain" }
      : {
        _tag: "Refused",
        evidence: `the full draft still stands after ${reading.clicks} clicks and no request left`,
        httpStatus: null
      }
  }
  return reading.sinceClickMs >= times.sendProofMs
    ? { _tag: "Doubt", evidence: "nothing proved the send in time", httpStatus: null }
    : { _tag: "Wait" }
}
