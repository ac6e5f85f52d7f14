/** The durable record of the one send of a job: what was about to happen, and what is proven (PRODUCT, section 6). */
import * as Schema from "effect/Schema"
import { Time } from "./Time.ts"

/** What is known about the one send. */
export const SendState = Schema.Literals(["not_started", "attempting", "refused", "confirmed"])
export type SendState = typeof SendState.Type

/** What the site held before the click: later, only what is not in here can be ours. */
export const SendBaseline = Schema.Struct({
  /** Ids of the newest 30 conversations, newest first. */
  conversationIds: Schema.Array(Schema.String),
  /** False when the site's history could not be read: absence from it proves nothing then. */
  historyRead: Schema.Boolean,
  /** For a follow-up: id of the last turn of the thread before the send. */
  lastTurnId: Schema.NullOr(Schema.String),
  /** Number of turns in the thread before the send. */
  turnCount: Schema.Natural
})
export type SendBaseline = typeof SendBaseline.Type

/** The proof that a prompt is sent at most once; durable before the click. */
export const SendLedger = Schema.Struct({
  state: SendState,
  baseline: Schema.NullOr(SendBaseline),
  attemptingAt: Schema.NullOr(Time),
  refusedAt: Schema.NullOr(Time),
  confirmedAt: Schema.NullOr(Time),
  /** What proved `confirmed` or `refused`, in words of the driver; never page text. */
  evidence: Schema.NullOr(Schema.String),
  /** Id of the user turn that carries the prompt, where the page shows one. */
  userTurnId: Schema.NullOr(Schema.String),
  /** A conversation that a person named as the one that holds the prompt, until the worker has looked into it. */
  named: Schema.optionalKey(Schema.NullOr(Schema.Struct({ url: Schema.String, conversationId: Schema.String })))
})
export type SendLedger = typeof SendLedger.Type

/** The ledger of a job that has sent nothing. */
export const emptyLedger: SendLedger = {
  state: "not_started",
  baseline: null,
  attemptingAt: null,
  refusedAt: null,
  confirmedAt: null,
  evidence: null,
  userTurnId: null
}

/** The prompt is at the site, or may be. */
export const mayBeOut = ({ state }: SendLedger): boolean => state === "confirmed" || state === "attempting"

const next: Record<SendState, ReadonlyArray<SendState>> = {
  not_started: ["attempting"],
  attempting: ["confirmed", "refused"],
  refused: ["attempting"],
  confirmed: []
}

/** `confirmed` is final and only `not_started` and `refused` may be (re)attempted: a prompt is sent at most once. */
export const maySend = (from: SendState, to: SendState): boolean => next[from].includes(to)
