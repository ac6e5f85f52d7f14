/** The open conversation: loads it, sends into it, and follows answers in the making. */
import type { ConversationJson, ConversationMode, HistoryItem, MappingMessage, StreamEvent } from "../wire.ts"
import { addressOf } from "./address.ts"
import * as api from "./api.ts"
import { bootstrap } from "./bootstrap.ts"
import type { Composer, Draft } from "./composer.ts"
import { showDialog, showToast } from "./dialogs.ts"
import { h } from "./dom.ts"
import { reportProblem } from "./problems.ts"
import { showThinkingPanel } from "./thinkingPanel.ts"
import { listenForContentClicks } from "./turnActions.ts"
import { AnswerView, userTurn } from "./turnView.ts"

/** So many of the newest turns are in the page; older ones come when it is scrolled to the top. */
const windowSize = 40

const textOf = (message: MappingMessage): string => {
  const part = message.content.parts?.[0]
  return typeof part === "string" ? part : ""
}

interface Row {
  readonly element: () => HTMLElement
}

/** A temporary thread keeps its address and is in no history; one in Work never gets a durable address. */
export type ThreadKind = ConversationMode | "temporary"

export interface ThreadHooks {
  readonly onOpened: (conversation: ConversationJson) => void
  readonly onConversation: (item: HistoryItem) => void
  readonly onChange: (empty: boolean) => void
}

export class Thread {
  readonly element = h("div", { class: "thread", "data-testid": "chat-thread" })
  conversationId: string | null = null
  kind: ThreadKind = "chat"
  composer: Composer | null = null
  private readonly column = h("div", { class: "column" })
  private readonly live = h("div", { class: "sr-only", "aria-live": "polite" })
  private readonly hooks: ThreadHooks
  private rows: Array<Row> = []
  private firstShown = 0
  private lastMessageId: string | null = null
  private answer: AnswerView | null = null
  private visit = 0

  constructor(hooks: ThreadHooks) {
    this.hooks = hooks
    this.element.append(this.column, this.live)
    this.element.addEventListener("scroll", () => {
      if (this.element.scrollTop < 40 && this.firstShown > 0) this.showOlder()
    })
    listenForContentClicks(this.element, () => this.conversationId)
  }

  /** An empty thread, which becomes a conversation with the first send. */
  reset(kind: ThreadKind = "chat"): void {
    this.kind = kind
    this.visit += 1
    this.conversationId = null
    this.rows = []
    this.firstShown = 0
    this.lastMessageId = null
    this.answer = null
    this.column.replaceChildren()
    this.composer?.setGenerating(false)
    this.hooks.onChange(true)
  }

  async open(id: string): Promise<void> {
    this.reset()
    const visit = this.visit
    this.conversationId = id
    this.hooks.onChange(false)
    try {
      const conversation = await api.conversation(id)
      if (visit !== this.visit) return
      document.title = conversation.title
      history.replaceState({}, "", addressOf(id))
      this.hooks.onOpened(conversation)
      this.fill(conversation)
      if (conversation.async_status !== null) await this.follow(await api.resume(id), visit)
    } catch (error) {
      if (visit === this.visit) reportProblem(error, () => showToast(`Unable to load conversation ${id}`))
    }
  }

  async send(draft: Draft): Promise<void> {
    const { visit } = this
    const messageId = crypto.randomUUID()
    const isNew = this.conversationId === null
    const { kind } = this
    const selection = this.composer?.picker.selection ?? bootstrap.modelSelection
    const before = this.rows.length
    this.push(userTurn(before + 1, messageId, draft.text, draft.attachments))
    const view = this.pushAnswer()
    view.wait()
    this.hooks.onChange(false)
    this.composer?.setGenerating(true)
    if (isNew && kind !== "temporary") history.pushState({}, "", `/c/WEB:${crypto.randomUUID()}`)
    try {
      const stream = await api.send({
        action: "next",
        conversation_id: this.conversationId,
        parent_message_id: this.lastMessageId,
        message: { id: messageId, text: draft.text, attachments: draft.attachments },
        model: this.composer?.picker.slug ?? "",
        thinking_effort: selection.effort,
        selection,
        mode: kind === "work" ? "work" : "chat",
        history_and_training_disabled: kind === "temporary"
      })
      await this.follow(stream, visit)
    } catch (error) {
      if (visit !== this.visit) return
      if (view.element.querySelector("[data-message-id]") === null) this.takeBack(before, draft, isNew)
      reportProblem(
        error,
        () =>
          showToast(
            "Something went wrong. If this issue persists please contact us through our help center at help.openai.com."
          )
      )
    }
  }

  async stop(): Promise<void> {
    if (this.conversationId !== null) await api.stop(this.conversationId).catch(() => undefined)
  }

  private async follow(stream: AsyncIterable<StreamEvent>, visit: number): Promise<void> {
    const view = this.answer ?? this.pushAnswer()
    for await (const event of stream) {
      if (visit !== this.visit) return
      this.take(event, view)
    }
    if (bootstrap.page.feedbackDialog && !view.working) {
      showDialog({ title: "Pro feedback", text: "How was this answer?", action: "Submit", closable: true })
    }
  }

  private take(event: StreamEvent, view: AnswerView): void {
    switch (event.type) {
      case "conversation":
        this.conversationId = event.conversation_id
        if (this.kind === "temporary") break
        if (this.kind === "chat") history.replaceState({}, "", addressOf(event.conversation_id))
        document.title = event.title
        this.hooks.onConversation({
          id: event.conversation_id,
          title: event.title,
          mode: this.kind,
          update_time: new Date().toISOString()
        })
        break
      case "turn":
        view.update(event.turn)
        if (bootstrap.page.thinkingPanel) showThinkingPanel(event.turn)
        this.lastMessageId = event.turn.messages.at(-1)?.id ?? this.lastMessageId
        this.composer?.setGenerating(view.working)
        this.live.textContent = view.working ? "ChatGPT is still generating a response..." : ""
        this.scrollToEnd()
        break
      case "delta":
        view.append(event.message, event.v)
        this.scrollToEnd()
        break
      case "throttled":
        reportProblem(new api.ApiProblem(429, "rate_limit_exceeded", ""), () => undefined)
    }
  }

  private fill(conversation: ConversationJson): void {
    for (
      let id: string | undefined = "client-created-root";
      id !== undefined;
      id = conversation.mapping[id]?.children[0]
    ) {
      const message = conversation.mapping[id]?.message
      if (message === null || message === undefined) continue
      const number = this.rows.length + 1
      if (message.author.role === "user") {
        const attachments = message.metadata.attachments ?? []
        this.rows.push({
          element: () => userTurn(number, message.id, textOf(message), attachments)
        })
      } else if (message.metadata.turn !== undefined) {
        const { turn } = message.metadata
        const view = new AnswerView(number, turn.id, this.context())
        this.answer = view
        this.lastMessageId = message.id
        this.rows.push({
          element: () => {
            view.update(turn)
            return view.element
          }
        })
      }
    }
    this.firstShown = Math.max(0, this.rows.length - windowSize)
    this.column.replaceChildren(...this.rows.slice(this.firstShown).map((row) => row.element()))
    this.scrollToEnd()
  }

  private showOlder(): void {
    const from = Math.max(0, this.firstShown - windowSize)
    const height = this.element.scrollHeight
    this.column.prepend(...this.rows.slice(from, this.firstShown).map((row) => row.element()))
    this.firstShown = from
    this.element.scrollTop += this.element.scrollHeight - height
  }

  private push(element: HTMLElement): void {
    this.rows.push({ element: () => element })
    this.column.append(element)
    this.scrollToEnd()
  }

  private pushAnswer(): AnswerView {
    const view = new AnswerView(this.rows.length + 1, `request-${crypto.randomUUID()}`, this.context())
    this.answer = view
    this.push(view.element)
    return view
  }

  private context() {
    return {
      conversationId: () => this.conversationId,
      onRetry: () => void this.retry(),
      onContinue: () => void (this.conversationId === null ? undefined : api.proceed(this.conversationId))
    }
  }

  private async retry(): Promise<void> {
    if (this.conversationId === null) return
    await this.follow(await api.retry(this.conversationId), this.visit)
  }

  private takeBack(rows: number, draft: Draft, isNew: boolean): void {
    this.rows = this.rows.slice(0, rows)
    this.column.replaceChildren(...[...this.column.children].slice(0, rows - this.firstShown))
    this.answer = null
    if (isNew && this.kind !== "temporary") history.replaceState({}, "", this.kind === "work" ? "/work" : "/")
    this.composer?.setGenerating(false)
    draft.restore()
    this.hooks.onChange(rows === 0)
  }

  private scrollToEnd(): void {
    this.element.scrollTop = this.element.scrollHeight
  }
}
