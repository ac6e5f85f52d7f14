/** What an extension remembers between the calls of pi: its desk, loaded with the first request, and what has happened. */
import type { Desk } from "../desk/Desk.ts"
import { Reminders } from "../session/Reminders.ts"

export class Life {
  /** The session is over: nothing is sent or drawn any more. */
  ended = false
  /** This run submitted something that a run which ends with its answer has to wait for. */
  submitted = false
  readonly reminders = new Reminders()
  private opened: Promise<Desk> | null = null

  /** The one desk of this extension; a loading that failed is tried again. */
  open(): Promise<Desk> {
    if (process.versions["bun"] !== undefined) {
      return Promise.reject(new Error("Oracle needs a pi that runs on Node (npm install -g), not the Bun binary"))
    }
    this.opened ??= import("../desk/Desk.ts").then(({ Desk }) => new Desk())
    this.opened.catch(() => (this.opened = null))
    return this.opened
  }

  /** Gives back what was loaded. */
  close(): Promise<void> {
    this.ended = true
    const closing = this.opened
    this.opened = null
    return closing === null ? Promise.resolve() : closing.then((desk) => desk.close(), () => {})
  }
}
