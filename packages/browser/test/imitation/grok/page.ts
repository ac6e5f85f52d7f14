/** The page of the Grok imitation: one document with its script, in the manner that is publicly known of grok.com. */

export interface GrokOptions {
  /** The plan of the account: without it Heavy is shown but locked. */
  readonly heavy: boolean
  /** Where conversations live. */
  readonly path: "c" | "chat"
}

const script = (options: GrokOptions): string => `
const options = ${JSON.stringify(options)}
const h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}
const { answer, untrusted } = {
  answer: (html) => { const box = h("div", { class: "response-content-markdown markdown" }); box.innerHTML = html; return box },
  untrusted: () => fetch("/seen/untrusted", { method: "POST" })
}
let [mode, uploads, conversation] = ["Auto", [], null]
const thread = h("div", { class: "thread" })
const bubble = (testId, ...children) => {
  const row = h("div", { class: "message-row" }, h("div", { class: "message-bubble", ...(testId ? { "data-testid": testId } : {}) }, ...children))
  thread.append(row)
  return row
}
const showUser = ({ text, files }) => {
  const words = h("span", { class: "whitespace-pre-wrap" })
  words.textContent = text
  bubble("user-message", words, ...files.map((name) => h("div", { class: "file-pill" }, name)))
}
const bar = (row) => row.append(h("div", { class: "action-buttons" },
  ...["Regenerate", "Read aloud", "Copy", "Like", "Dislike"].map((name) => h("button", { "aria-label": name, onclick: () => name === "Regenerate" && fetch("/seen/forbidden", { method: "POST" }) }, "•"))))
const showAnswer = ({ html, thought }) => bar(bubble(null, ...(thought ? [h("div", { class: "thinking-container" }, h("button", {}, "Thought for 2s"))] : []), answer(html)))

const editor = h("div", { contenteditable: "true", role: "textbox", "aria-label": "Ask Grok anything", class: "tiptap ProseMirror", translate: "no" })
const text = () => editor.innerText.replace(/\\n$/, "")
const chips = h("div", { class: "chips" })
const input = h("input", { type: "file", multiple: "", hidden: "", name: "files" })
input.onchange = async () => {
  for (const file of input.files) {
    const chip = h("div", { class: "chip", "data-state": "loading" }, h("span", {}, file.name), h("button", { type: "button", "aria-label": "Remove", onclick: () => { chip.remove(); uploads = uploads.filter(({ chip: own }) => own !== chip) } }, "×"))
    chips.append(chip)
    const response = await fetch("/rest/app-chat/upload-file?name=" + encodeURIComponent(file.name), { method: "POST", body: file })
    const { fileMetadataId } = await response.json()
    chip.removeAttribute("data-state")
    uploads.push({ chip, id: fileMetadataId, name: file.name })
  }
  input.value = ""
}
const attach = h("button", { type: "button", "aria-label": "Attach", onclick: () => {
  const menu = h("div", { role: "menu" }, h("div", { role: "menuitem", tabindex: "-1", onclick: () => { menu.remove(); input.click() } }, "Upload a file"), h("div", { role: "menuitem", tabindex: "-1" }, "Add text content"))
  document.body.append(menu)
} }, "📎")
const select = h("button", { type: "button", "aria-label": "Model select", "aria-haspopup": "menu", onclick: () => {
  const menu = h("div", { role: "menu" }, ...[["Auto", "Chooses Fast or Expert"], ["Fast", "Quick responses"], ["Expert", "Thinks hard"], ["Heavy", "Team of experts"]].map(([name, hint]) => {
    const locked = name === "Heavy" && !options.heavy
    const row = h("div", { role: "menuitem", tabindex: "-1", ...(name === mode ? { "data-state": "checked" } : {}), ...(locked ? { "aria-disabled": "true" } : {}) }, h("span", {}, name), h("span", {}, locked ? "Upgrade to SuperGrok" : hint))
    row.onclick = () => { if (!locked) { mode = name; select.textContent = name; menu.remove() } }
    return row
  }))
  document.addEventListener("keydown", (event) => event.key === "Escape" && menu.remove(), { once: true })
  document.body.append(menu)
} }, "Auto")
const submit = h("button", { type: "submit", "aria-label": "Submit", disabled: "" }, "↑")
const stop = h("button", { type: "button", "aria-label": "Stop model response", onclick: () => fetch("/seen/forbidden", { method: "POST" }) }, "■")
editor.oninput = () => submit.toggleAttribute("disabled", text().trim() === "")
submit.addEventListener("click", (event) => { if (!event.isTrusted) untrusted() })
const form = h("form", {}, chips, editor, input, attach, select, submit)
form.onsubmit = async (event) => {
  event.preventDefault()
  const message = text()
  if (message.trim() === "") return
  const files = uploads.splice(0)
  editor.replaceChildren()
  chips.replaceChildren()
  showUser({ text: message, files: files.map(({ name }) => name) })
  submit.replaceWith(stop)
  const path = conversation === null ? "new" : conversation + "/responses"
  const response = await fetch("/rest/app-chat/conversations/" + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ message, modelMode: mode, fileAttachments: files.map(({ id }) => id) }) })
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let [pending, row, content] = ["", null, null]
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const lines = (pending + value).split("\\n")
    pending = lines.pop()
    for (const line of lines) {
      const piece = JSON.parse(line)
      if (piece.conversationId && conversation === null) {
        conversation = piece.conversationId
        setTimeout(() => history.replaceState({}, "", "/" + options.path + "/" + conversation), 300)
      }
      if (piece.thinking) row ??= bubble(null, h("div", { class: "thinking-container" }, "Thinking about your request"))
      if (piece.html !== undefined) {
        row ??= bubble(null)
        if (content === null) {
          const box = row.querySelector(".message-bubble")
          box.querySelector(".thinking-container")?.replaceChildren(h("button", { type: "button" }, "Thought for 2s"))
          content = box.appendChild(answer(""))
        }
        content.innerHTML = piece.html
      }
    }
  }
  stop.replaceWith(submit)
  editor.oninput()
  bar(row)
}
const side = h("aside", { "aria-label": "History" })
const load = async () => {
  const id = /\\/(?:c|chat)\\/([\\w-]+)/.exec(location.pathname)?.[1]
  const known = await (await fetch("/rest/app-chat/conversations")).json()
  side.append(h("input", { type: "search", placeholder: "Search" }), ...known.map(({ id, title }) => h("a", { href: "/" + options.path + "/" + id }, title)), h("button", { "aria-label": "Profile" }, "JD"))
  if (id === undefined) return
  const turns = await (await fetch("/rest/app-chat/conversations/" + id)).json()
  conversation = id
  for (const turn of turns) turn.role === "user" ? showUser(turn) : showAnswer(turn)
}
setTimeout(() => {
  document.body.append(side, h("main", {}, thread, form))
  load()
}, 250)
`

const style = `body { display: flex } aside { width: 200px } aside a { display: block } main { flex: 1 }
.tiptap { min-height: 24px; white-space: pre-wrap } .whitespace-pre-wrap { white-space: pre-wrap }
[role=menu] { position: fixed; bottom: 120px; left: 260px; background: #eee } [role=menuitem] span { display: block }`

export const memberPage = (options: GrokOptions): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Grok</title><style>${style}</style></head><body><script>${
    script(options)
  }</script></body></html>`

/** Visitors may look, and are asked to sign in. */
export const guestPage =
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Grok</title></head><body><main><a href="/sign-in">Sign in</a><a href="/sign-up">Sign up</a>
<form><div contenteditable="true" role="textbox" aria-label="Ask Grok anything" style="min-height:24px"></div><button type="button" aria-label="Attach">📎</button></form></main></body></html>`
