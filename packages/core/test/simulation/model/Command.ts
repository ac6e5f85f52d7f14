/** What may be done to a store, as data that shrinks. */
import { Schema } from "effect"

const upTo = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }))

/** Jobs and conversations by number; conversation 0 is none. */
const Nth = upTo(3)
const Conversation = upTo(2)
/** Mostly the present epoch; 1: the one before; 2: a write without a fence. */
const Age = upTo(7)

const Insert = Schema.TaggedStruct("Insert", { n: Nth, conversation: Conversation })
const Admit = Schema.TaggedStruct("Admit", { n: Nth, wait: Schema.Boolean })
const Promote = Schema.TaggedStruct("Promote", { age: Age })
const Take = Schema.TaggedStruct("Take", { n: Nth, conversation: Conversation, age: Age })
const Release = Schema.TaggedStruct("Release", {
  n: Nth,
  kinds: Schema.Literals(["runtime", "conversation", "both"]),
  age: Age
})
const Enter = Schema.TaggedStruct("Enter", {
  n: Nth,
  phase: Schema.Literals([
    "queued",
    "submitted",
    "cloning_runtime",
    "launching_browser",
    "verifying_auth",
    "sending",
    "awaiting_response",
    "extracting_response",
    "complete",
    "failed",
    "cancelled"
  ]),
  age: Age
})
/** Through as many phases as the number says, for runs that get somewhere. */
const Advance = Schema.TaggedStruct("Advance", { n: Nth, steps: upTo(7) })
const Fail = Schema.TaggedStruct("Fail", { n: Nth, age: Age })
const Intend = Schema.TaggedStruct("Intend", { n: Nth })
const Cancel = Schema.TaggedStruct("Cancel", { n: Nth, age: Age })
const Ledger = Schema.TaggedStruct("Ledger", {
  n: Nth,
  state: Schema.Literals(["not_started", "attempting", "refused", "confirmed"]),
  age: Age
})
const Resume = Schema.TaggedStruct("Resume", { n: Nth, sendAgain: Schema.Boolean })
const Remove = Schema.TaggedStruct("Remove", { n: Nth })
const AdvanceEpoch = Schema.TaggedStruct("AdvanceEpoch", {})

export const Command = Schema.Union([
  Insert,
  Admit,
  Admit,
  Promote,
  Take,
  Release,
  Enter,
  Advance,
  Advance,
  Fail,
  Intend,
  Cancel,
  Ledger,
  Resume,
  Remove,
  AdvanceEpoch
])
export type Command = typeof Command.Type

export const limits = { capacity: 2, perAccount: 2, maxJobs: 2 }
