/** One line of a job's history. Messages hold identifiers and sizes, never prompt or answer text. */
import * as Schema from "effect/Schema"
import { Time } from "./Time.ts"

/** Who wrote an event. */
export const EventSource = Schema.Literals(["client", "host", "worker", "reconcile"])

/** What an event is about. */
export const EventKind = Schema.Literals([
  "created",
  "phase",
  "send",
  "thread",
  "progress",
  "blocked",
  "cancel",
  "resume",
  "response",
  "artifact",
  "cleanup",
  "warning",
  "error",
  "wakeup",
  "note"
])

/** One line of a job's history; its message holds no prompt and no answer. */
export const JobEvent = Schema.Struct({
  at: Time,
  source: EventSource,
  kind: EventKind,
  message: Schema.String
})
export type JobEvent = typeof JobEvent.Type
export type EventSource = typeof EventSource.Type
export type EventKind = typeof EventKind.Type
