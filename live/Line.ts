/** One line of the live validation: what must be seen, how it is tried, and what came of it. */
import type { Walk } from "./Walk.ts"

export interface Line {
  /** As in docs/live-validation.md. */
  readonly name: string
  /** Resolves to what was seen; rejects with `NotRun` where it could not be tried, with anything else where it failed. */
  readonly run: (walk: Walk) => Promise<string>
}

/** The line could not be tried here; the message says why. */
export class NotRun extends Error {}

/** Fails the line with `what` unless it is so. */
export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what)
}
