/** The app of a signed-in member: sidebar, composer, thread. */
import type { Conversation, Piece } from "../Conversations.ts"
import type { Generation } from "../Generation.ts"
import { makeAttachments } from "./attachments.ts"
import { byId, h, report } from "./dom.ts"
import { plainEditor, richEditor } from "./editor.ts"
import { makePicker } from "./picker.ts"
import { type AnswerView, makeThread } from "./thread.ts"

const generation = JSON.parse(document.body.dataset["generation"] ?? "{}") as Generation
const session = await (await fetch("/api/auth/session")).json() as { accessToken: string }

const api = (path: string, init: RequestInit = {}) =>
  fetch(`/backend-api${path}`, { ...init, headers: { authorization: `Bearer ${session.accessToken}` } })

const thread = makeThread(generation, byId("thread"), api)
const idInUrl = () => /^\/c\/([\w-]+)$/.exec(location.pathname)?.[1] ?? null

const footer = h("div", { "data-testid": "composer-footer-actions" })
const form = h("form", { "data-testid": "composer" })
const editor = generation.composer === "textarea"
  ? plainEditor(generation.composerLabel, () => refresh())
  : richEditor(generation.composerLabel, () => refresh())
const attachments = makeAttachments(generation, api, () => refresh())
const send = h("button", {
  type: "submit",
  "aria-label": generation.sendLabel,
  ...(generation.name === "C" ? {} : { "data-testid": "send-button" })
}, "↑")
const stop = h("button", {
  type: "button",
  "aria-label": generation.name === "C" ? "Stop generating" : "Stop streaming",
  ...(generation.name === "A" ? { "data-testid": "stop-button" } : {}),
  ...(generation.name === "B" ? { "data-testid": "composer-stop-button" } : {})
}, "■")
stop.addEventListener("click", () => report("forbidden"))
const voice = h("button", { type: "button", "aria-label": "Start voice mode" }, "◉")

let generating = false
const refresh = () => {
  const empty = editor.text() === "" && attachments.count() === 0
  const wanted = generating ? stop : empty ? voice : send
  send.disabled = attachments.busy()
  if (!wanted.isConnected) {
    for (const other of [send, stop, voice]) other.remove()
    form.append(wanted)
  }
}

const follow = async (response: Response): Promise<void> => {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ""
  let view: AnswerView | null = null
  let conversationId = ""
  for (;;) {
    const { done, value } = await reader?.read() ?? { done: true, value: undefined }
    if (done) break
    rest += value
    const events = rest.split("\n\n")
    rest = events.pop() ?? ""
    for (const event of events) {
      const data = event.slice("data: ".length)
      if (data === "[DONE]") continue
      const piece = JSON.parse(data) as Piece
      if (piece.type === "conversation") {
        conversationId = piece.id
        view = thread.assistant(piece.turnId)
        setTimeout(() => history.replaceState(null, "", `/c/${piece.id}`), generation.name === "C" ? 0 : 400)
      } else if (piece.type === "thinking") view?.thinking()
      else if (piece.type === "text") view?.append(piece.text)
      else await finish(conversationId, view)
    }
  }
}

const finish = async (conversationId: string, view: AnswerView | null) => {
  const conversation = await (await api(`/conversation/${conversationId}`)).json() as Conversation
  const files = conversation.turns.at(-1)?.files ?? []
  if (generation.name === "B") view?.finish(files)
  generating = false
  refresh()
  if (generation.name !== "B") setTimeout(() => view?.finish(files), 200)
}

const submit = async () => {
  const text = editor.text()
  if (generating || attachments.busy() || (text === "" && attachments.count() === 0)) return
  generating = true
  const messageId = crypto.randomUUID()
  const taken = await attachments.take()
  editor.clear()
  thread.user(messageId, text, taken.names)
  const conversationId = idInUrl()
  if (conversationId === null && generation.name !== "C") history.pushState(null, "", `/c/WEB:${crypto.randomUUID()}`)
  const response = await api("/conversation", {
    method: "POST",
    body: JSON.stringify({
      conversation_id: conversationId,
      message_id: messageId,
      text,
      attachments: taken.ids,
      model: picker.model()
    })
  })
  await follow(response)
}

send.addEventListener("click", (event) => {
  if (event.isTrusted) return
  event.preventDefault()
  report("untrusted")
})
form.addEventListener("submit", (event) => {
  event.preventDefault()
  void submit()
})
editor.element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
  event.preventDefault()
  if (event.isTrusted) void submit()
})

const [photos, input, plus] = attachments.controls
const fallback = h("textarea", { name: "prompt-textarea", class: "hidden", "aria-hidden": "true" })
form.append(
  ...[photos, input].flatMap((control) => control ?? []),
  attachments.tray,
  ...(generation.composer === "prosemirror" ? [fallback] : []),
  editor.element,
  ...(plus === undefined ? [] : [plus]),
  footer
)
byId("composer-root").append(form)
const picker = makePicker(generation, byId("header"), footer)
refresh()

const sidebar = document.querySelector("nav")
sidebar?.append(
  h("input", { type: "text", placeholder: "Search", "aria-label": "Search" }),
  h("button", { "data-testid": "accounts-profile-button", "aria-label": "Open profile menu" }, "Ada Example")
)
const { items } = await (await api("/conversations?offset=0&limit=28")).json() as {
  items: ReadonlyArray<{ id: string; title: string }>
}
items.forEach(({ id, title }, index) =>
  sidebar?.append(h("a", { href: `/c/${id}`, "data-testid": `history-item-${index}` }, title))
)

const existing = idInUrl()
if (existing !== null) {
  const response = await api(`/conversation/${existing}`)
  if (response.ok) {
    const conversation = await response.json() as Conversation
    const running = conversation.turns.at(-1)?.state !== "finished"
    for (const turn of running ? conversation.turns.slice(0, -1) : conversation.turns) {
      if (turn.role === "user") thread.user(turn.id, turn.text, turn.files)
      else {
        const view = thread.assistant(turn.id)
        view.append(turn.text)
        view.finish(turn.files)
      }
    }
    if (running) {
      generating = true
      refresh()
      await follow(await api(`/conversation/${existing}/stream`))
    }
  } else byId("thread").append(h("p", { role: "alert" }, "Unable to load conversation"))
}
