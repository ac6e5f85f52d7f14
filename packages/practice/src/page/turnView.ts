/** How one turn looks: the person's words, or the answer in whatever state it is. */
import type { AnswerMessage, Attachment, TurnState } from "../wire.ts"
import * as api from "./api.ts"
import { sentChip } from "./attachments.ts"
import { bootstrap } from "./bootstrap.ts"
import { button, h, icon } from "./dom.ts"
import { renderMarkdown, settledLength } from "./markdown.ts"
import { answerActions, userActions } from "./turnActions.ts"

export const userTurn = (
  number: number,
  id: string,
  text: string,
  attachments: ReadonlyArray<Attachment>
): HTMLElement =>
  shell(
    number,
    "user",
    id,
    "You said:",
    h(
      "div",
      { "data-message-author-role": "user", "data-message-id": id, dir: "auto", class: "min-h-8 text-message" },
      ...(attachments.length === 0 ? [] : [h("div", { class: "chips" }, ...attachments.map(sentChip))]),
      ...(text === ""
        ? []
        : [h("div", { class: "bubble user-message-bubble-color" }, h("div", { class: "whitespace-pre-wrap" }, text))])
    ),
    userActions(text)
  )

export interface AnswerContext {
  readonly conversationId: () => string | null
  readonly onRetry: () => void
  readonly onContinue: () => void
}

export class AnswerView {
  readonly element: HTMLElement
  private readonly context: AnswerContext
  private readonly body = h("div", { class: "text-base" })
  private bodies: Array<MessageBody> = []
  private turn: TurnState | null = null
  private signature = ""

  constructor(number: number, id: string, context: AnswerContext) {
    this.context = context
    this.element = shell(number, "assistant", id, "ChatGPT said:", this.body)
  }

  get working(): boolean {
    if (this.turn === null) return true
    return (this.turn.status === "thinking" || this.turn.status === "answering") && !this.turn.barFlash
  }

  /** Before the server has said anything about the answer. */
  wait(): void {
    this.body.replaceChildren(h("div", { class: "result-thinking loading-shimmer" }, "ChatGPT is getting ready"))
  }

  append(message: number, text: string): void {
    const body = this.bodies[message]
    if (body === undefined || this.turn === null) return
    const first = !body.begun
    body.append(text)
    if (first) this.body.replaceChildren(...this.parts(this.turn))
  }

  update(turn: TurnState): void {
    this.turn = turn
    const signature = turn.messages.map((message) => message.id).join()
    if (signature !== this.signature) {
      this.signature = signature
      this.bodies = turn.messages.map((message) => new MessageBody(message, turn.modelSlug))
    }
    turn.messages.forEach((message, index) => this.bodies[index]?.show(message, turn.status === "answering"))
    this.body.replaceChildren(...this.parts(turn))
  }

  private parts(turn: TurnState): ReadonlyArray<Node> {
    const finished = turn.status === "complete" || turn.status === "stopped"
    const pair = this.bodies.length > 1
    const answers = this.bodies.filter((body) => body.begun || finished).map((body) => body.element)
    return [
      ...(turn.preamble === "" ? [] : [preamble(turn)]),
      ...thinking(turn),
      ...(pair && answers.length > 0 ? [this.pair(finished)] : answers),
      ...(turn.error === null ? [] : [this.failure(turn.error)]),
      ...(turn.status === "paused"
        ? [button({ class: "btn btn-secondary" }, "Continue generating", this.context.onContinue)]
        : []),
      ...((finished && !pair) || turn.barFlash
        ? [
          answerActions(
            turn,
            () => this.bodies.map((body) => body.source).join("\n\n"),
            this.context.conversationId,
            finished && bootstrap.page.readAloud
          )
        ]
        : [])
    ]
  }

  private pair(finished: boolean): HTMLElement {
    return h(
      "div",
      { "data-testid": "paragen-root" },
      h("h3", {}, "You're giving feedback on a new version of ChatGPT."),
      h("p", {}, "Which response do you prefer? Responses may take a moment to load."),
      h(
        "div",
        { class: "pair" },
        ...this.bodies.map((body, index) =>
          h(
            "div",
            {},
            h("div", { class: "secondary" }, `Response ${index + 1}`),
            body.element,
            ...(finished
              ? [button({ "data-testid": "paragen-prefer-response-button" }, "I prefer this response", () =>
                api.note({ kind: "prefer", index }))]
              : [])
          )
        )
      )
    )
  }

  private failure(text: string): HTMLElement {
    return h(
      "div",
      { class: "text-token-text-error", "data-testid": "turn-error" },
      h("div", {}, text),
      button(
        { class: "btn btn-secondary", "data-testid": "regenerate-thread-error-button" },
        "Retry",
        this.context.onRetry
      )
    )
  }
}

class MessageBody {
  readonly element: HTMLElement
  private readonly settled = h("div", { class: "contents" })
  private readonly growing = h("div", { class: "contents" })
  private readonly markdown = h(
    "div",
    { class: "markdown prose dark:prose-invert w-full break-words" },
    this.settled,
    this.growing
  )
  private readonly images = h("div", { class: "images" })
  private message: AnswerMessage
  private text = ""
  private done = 0

  constructor(message: AnswerMessage, modelSlug: string) {
    this.message = message
    this.element = h(
      "div",
      {
        "data-message-author-role": "assistant",
        "data-message-id": message.id,
        dir: "auto",
        "data-message-model-slug": modelSlug,
        class: "min-h-8 text-message"
      }
    )
  }

  get begun(): boolean {
    return this.text !== "" || this.message.imageFileIds.length > 0
  }

  /** The Markdown as the copy button gives it. */
  get source(): string {
    return this.message.references.reduce(
      (text, reference) => text.replaceAll(reference.matched_text, () => ` ${reference.alt}`),
      this.text
    )
  }

  show(message: AnswerMessage, streaming: boolean): void {
    this.message = message
    if (message.text !== this.text) this.append(message.text.slice(this.text.length))
    this.markdown.classList.toggle("result-streaming", streaming)
    this.images.replaceChildren(...message.imageFileIds.map(picture))
    this.place()
  }

  append(text: string): void {
    this.text += text
    const settled = settledLength(this.text, this.done)
    if (settled > this.done) {
      this.settled.insertAdjacentHTML(
        "beforeend",
        renderMarkdown(this.text.slice(this.done, settled), this.message.references)
      )
      this.done = settled
    }
    this.growing.innerHTML = renderMarkdown(this.text.slice(this.done), this.message.references)
    this.place()
  }

  private place(): void {
    const parts = [
      ...(this.message.imageFileIds.length === 0 ? [] : [this.images]),
      ...(this.text === "" ? [] : [this.markdown])
    ]
    if (parts.length !== this.element.childNodes.length) this.element.replaceChildren(...parts)
  }
}

const shell = (
  number: number,
  role: "user" | "assistant",
  id: string,
  heading: string,
  ...content: ReadonlyArray<Node>
): HTMLElement =>
  h(
    bootstrap.page.labels === "drift" ? "section" : "article",
    {
      class: "turn text-token-text-primary w-full",
      dir: "auto",
      "data-turn-id": id,
      "data-testid": `conversation-turn-${number}`,
      "data-turn": role
    },
    h("h5", { class: "sr-only" }, heading),
    ...content
  )

const thinking = (turn: TurnState): ReadonlyArray<Node> => {
  if (turn.status === "thinking" && bootstrap.page.thinkingPanel) return [h("div", { class: "secondary" }, turn.label)]
  if (turn.status === "thinking") {
    return [
      h(
        "div",
        { class: "thinking", "aria-busy": "true" },
        h("span", { class: "loading-shimmer" }, turn.label),
        ...answerNow(turn)
      )
    ]
  }
  if (turn.thoughtSeconds === null) return []
  return [h("button", { type: "button", class: "thought secondary" }, `Thought for ${turn.thoughtSeconds}s`)]
}

/** A message of its own before the thinking, which stays above the answer. */
const preamble = (turn: TurnState): HTMLElement =>
  h(
    "div",
    {
      "data-message-author-role": "assistant",
      "data-message-id": `${turn.id}-preamble`,
      dir: "auto",
      class: "text-message"
    },
    h("div", { class: "markdown prose dark:prose-invert w-full break-words" }, h("p", {}, turn.preamble))
  )

const answerNow = (turn: TurnState): ReadonlyArray<Node> =>
  turn.modelSlug.endsWith("pro")
    ? [button({ class: "btn" }, "Answer now", () => api.note({ kind: "answer-now", turnId: turn.id }))]
    : []

const picture = (fileId: string): HTMLElement =>
  h(
    "div",
    { class: "group/imagegen-image imagegen-image", id: `image-${fileId}` },
    h("img", {
      alt: "Generated image: a gradient",
      src: `/backend-api/estuary/content?id=${fileId}`,
      loading: "eager"
    }),
    h("button", { type: "button", "aria-label": "Download this image" }, icon("save"))
  )
