/** One answer in the making. It runs on the server, whoever watches, and ends only by itself, by stop, or with the site. */
import type { Draft } from "../answer/compose.ts"
import type { Behaviour } from "../Behaviour.ts"
import type { Exchange } from "../state/Conversations.ts"
import type { StreamEvent, TurnState } from "../wire.ts"

export type Outcome = "complete" | "failed" | "stopped"

export interface GenerationHooks {
  readonly onPaused: () => void
  readonly onEnd: (outcome: Outcome) => void
}

export class Generation {
  private readonly exchange: Exchange
  private readonly drafts: ReadonlyArray<Draft>
  private readonly behaviour: Behaviour
  private readonly fails: boolean
  private readonly hooks: GenerationHooks
  private readonly listeners = new Set<(event: StreamEvent) => void>()
  private timer: NodeJS.Timeout | null = null
  private part = 1
  private stalled = false
  private flashed = false
  ended = false

  constructor(
    exchange: Exchange,
    drafts: ReadonlyArray<Draft>,
    behaviour: Behaviour,
    fails: boolean,
    hooks: GenerationHooks
  ) {
    this.exchange = exchange
    this.drafts = drafts
    this.behaviour = behaviour
    this.fails = fails
    this.hooks = hooks
  }

  start(): void {
    const { preamble, thinkingMs } = this.behaviour
    if (preamble === "") {
      this.think()
      return
    }
    this.change({ status: "answering", preamble })
    this.after(Math.min(thinkingMs, 1_000), () => this.think())
  }

  /** The events from now on, after one that holds the present state. */
  watch(listener: (event: StreamEvent) => void): () => void {
    listener({ type: "turn", turn: this.turn })
    if (!this.ended) this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  stop(): void {
    if (!this.ended) this.end("stopped", { status: "stopped" })
  }

  continue(): void {
    if (this.turn.status !== "paused") return
    this.part += 1
    this.change({ status: "answering" })
    this.write()
  }

  dispose(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.listeners.clear()
    this.ended = true
  }

  private get turn(): TurnState {
    return this.exchange.answer
  }

  private think(): void {
    const { failTurn, thinkingLabel, thinkingMs } = this.behaviour
    this.change({ status: "thinking", label: thinkingLabel })
    this.after(thinkingMs, () => {
      if (this.fails && failTurn === "thinking") {
        this.fail()
        return
      }
      this.change({
        status: "answering",
        thoughtSeconds: thinkingMs >= 1 ? Math.max(1, Math.round(thinkingMs / 1_000)) : null
      })
      this.write()
    })
  }

  private write(): void {
    const index = this.turn.messages.findIndex((message, at) =>
      message.text.length < (this.drafts[at]?.text.length ?? 0)
    )
    const draft = this.drafts[index]
    const message = this.turn.messages[index]
    if (draft === undefined || message === undefined) {
      this.finish()
      return
    }
    const half = wholeCharacters(draft.text, Math.floor(draft.text.length / 2))
    const from = message.text.length
    if (from >= half && index === 0 && this.interlude(half)) return
    const limit = Math.ceil((draft.text.length * this.part) / this.behaviour.continueParts)
    if (from >= limit) {
      this.change({ status: "paused" })
      this.hooks.onPaused()
      return
    }
    const end = wholeCharacters(draft.text, from + this.behaviour.chunkCharacters)
    const v = draft.text.slice(from, Math.min(limit, end, from < half ? half : end))
    this.exchange.answer = {
      ...this.turn,
      messages: this.turn.messages.map((other, at) => at === index ? { ...other, text: other.text + v } : other)
    }
    this.emit({ type: "delta", message: index, v })
    this.after(this.behaviour.tokenDelayMs, () => this.write())
  }

  /** What happens once in the middle of an answer: an error, a silence, a finish bar that comes too early. */
  private interlude(half: number): boolean {
    if (this.fails && this.behaviour.failTurn === "answering") {
      this.fail()
      return true
    }
    if (this.behaviour.flashBar && !this.flashed && half > 0) {
      this.flashed = true
      this.change({ barFlash: true })
      this.after(700, () => {
        this.change({ barFlash: false })
        this.after(300, () => this.write())
      })
      return true
    }
    if (this.behaviour.stallMs > 0 && !this.stalled) {
      this.stalled = true
      this.after(this.behaviour.stallMs, () => this.write())
      return true
    }
    return false
  }

  private finish(): void {
    const messages = this.turn.messages.map((message, at) => ({
      ...message,
      imageFileIds: this.drafts[at]?.imageFileIds ?? []
    }))
    this.end("complete", { status: "complete", messages })
  }

  private fail(): void {
    this.end("failed", {
      status: "failed",
      error:
        "Something went wrong while generating the response. If this issue persists please contact us through our help center at help.openai.com."
    })
  }

  private end(outcome: Outcome, change: Partial<TurnState>): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.ended = true
    this.change(change)
    this.listeners.clear()
    this.hooks.onEnd(outcome)
  }

  private change(change: Partial<TurnState>): void {
    this.exchange.answer = { ...this.turn, ...change }
    this.emit({ type: "turn", turn: this.exchange.answer })
  }

  private emit(event: StreamEvent): void {
    for (const listener of this.listeners) listener(event)
  }

  private after(ms: number, then: () => void): void {
    this.timer = setTimeout(then, ms)
  }
}

const wholeCharacters = (text: string, at: number): number => {
  const code = text.charCodeAt(at - 1)
  return code >= 0xd800 && code <= 0xdbff ? at + 1 : at
}
