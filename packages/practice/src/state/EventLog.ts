/** Everything of note that happened on the site, in order, and a way to wait for it. */
const eventTypes = [
  "page",
  "sign-in",
  "sign-out",
  "sessions-revoked",
  "challenge-solved",
  "upload",
  "upload-failed",
  "send",
  "send-refused",
  "answer-started",
  "answer-finished",
  "answer-failed",
  "answer-paused",
  "stop",
  "retry",
  "continue",
  "prefer",
  "answer-now",
  "copy",
  "consent",
  "mode",
  "account-chosen",
  "archive",
  "unarchive",
  "delete",
  "download",
  "model-default",
  "scenario"
] as const

export type EventType = typeof eventTypes[number]

export const eventTypeNamed = (name: string | null): EventType | undefined => eventTypes.find((type) => type === name)

export interface SiteEvent {
  readonly seq: number
  readonly at: string
  readonly type: EventType
  readonly detail: Readonly<Record<string, unknown>>
}

export class EventLog {
  private entries: Array<SiteEvent> = []
  private readonly watchers = new Set<() => void>()
  private closed = false
  private seq = 0

  add(type: EventType, detail: Readonly<Record<string, unknown>> = {}): SiteEvent {
    this.seq += 1
    const event: SiteEvent = { seq: this.seq, at: new Date().toISOString(), type, detail }
    this.entries.push(event)
    for (const watcher of this.watchers) watcher()
    return event
  }

  list(type?: EventType, after = 0): ReadonlyArray<SiteEvent> {
    return this.entries.filter((event) => event.seq > after && (type === undefined || event.type === type))
  }

  /** The events of that type once there are `n` of them after `after`, or what there is when the time is over. */
  waitFor(type: EventType, n: number, timeoutMs: number, after = 0): Promise<ReadonlyArray<SiteEvent>> {
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer)
        this.watchers.delete(check)
        resolve(this.list(type, after))
      }
      const check = () => {
        if (this.closed || this.list(type, after).length >= n) settle()
      }
      const timer = setTimeout(settle, timeoutMs)
      this.watchers.add(check)
      check()
    })
  }

  /** Settles everybody who waits, now and from now on. */
  close(): void {
    this.closed = true
    for (const watcher of this.watchers) watcher()
  }

  clear(): void {
    this.entries = []
  }
}
