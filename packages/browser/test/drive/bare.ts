/** The least that still is a chat page: no test ids, no back end but one end point, every part optional. */
import { Effect } from "effect"
import { serveFixture } from "./fixture.ts"

export interface BareOptions {
  readonly input: "textarea" | "editable"
  /** Where the conversation's address goes: a path, a hash, or nowhere. */
  readonly address: "path" | "hash" | "none"
  readonly attach: "input" | "button" | "menu"
  readonly finish: string
  /** Every unknown path answers with the page itself, as single-page servers do. */
  readonly fallback: boolean
  readonly stop: string
  readonly pieceMs?: number
}

const script = (options: BareOptions): string => `
const options = ${JSON.stringify(options)}
const $ = (selector) => document.querySelector(selector)
const thread = $("#thread")
let file = null
const turn = (role, text) => {
  const outer = document.createElement("div")
  const inner = document.createElement("div")
  inner.setAttribute("data-message-author-role", role)
  inner.innerText = text
  outer.append(inner)
  thread.append(outer)
  return { outer, inner }
}
const take = (input) => input.addEventListener("change", () => {
  file = input.files[0] ?? null
  const chip = document.createElement("div")
  chip.className = "attachment-chip"
  chip.innerHTML = "<span></span><button type=button aria-label='Remove attachment'>x</button>"
  chip.querySelector("span").textContent = file ? file.name : ""
  chip.querySelector("button").onclick = () => { chip.remove(); file = null }
  $("#chips").replaceChildren(chip)
})
const picker = () => {
  const input = document.createElement("input")
  input.type = "file"
  take(input)
  input.click()
}
if (options.attach === "input") take($("#file"))
if (options.attach === "button") $("#plus").onclick = picker
if (options.attach === "menu") $("#plus").onclick = () => {
  const menu = document.createElement("div")
  menu.setAttribute("role", "menu")
  menu.innerHTML = "<div role=menuitem tabindex=-1>Add photos and files</div><div role=menuitem tabindex=-1>Search the web</div>"
  menu.firstChild.onclick = () => { menu.remove(); picker() }
  document.addEventListener("keydown", (event) => event.key === "Escape" && menu.remove(), { once: true })
  document.body.append(menu)
}
const field = $("#field")
const text = () => options.input === "textarea" ? field.value : field.innerText.replace(/\\n$/, "")
$("form").onsubmit = async (event) => {
  event.preventDefault()
  const prompt = text()
  const body = new FormData()
  body.set("prompt", prompt)
  if (file) body.set("file", file)
  if (options.input === "textarea") field.value = ""
  else field.replaceChildren()
  $("#chips").replaceChildren()
  turn("user", prompt)
  const { inner, outer } = turn("assistant", "")
  const stop = document.createElement("button")
  stop.type = "button"
  stop.setAttribute("aria-label", options.stop)
  stop.textContent = "■"
  $("#send").replaceWith(stop)
  const answer = await (await fetch("/api/ask", { method: "POST", body: JSON.stringify({ prompt, file: file && file.name }) })).json()
  if (options.address === "path") history.pushState({}, "", "/c/bare-1")
  if (options.address === "hash") location.hash = "/c/bare-1"
  for (const piece of answer.text.match(/[\\s\\S]{1,9}/g)) {
    inner.textContent += piece
    await new Promise((resolve) => setTimeout(resolve, options.pieceMs ?? 30))
  }
  stop.replaceWith(send)
  const done = document.createElement("button")
  done.textContent = options.finish
  outer.append(done)
}
const send = $("#send")
`

const page = (options: BareOptions): string =>
  `<!doctype html><html><head><title>Chat</title><style>
  #thread div div { white-space: pre-wrap } form { border: 1px solid } #field { min-height: 30px; width: 500px }
</style></head><body><main><h1>Hi</h1><div id="thread"></div>
<form><div id="chips"></div>
  ${
    options.input === "textarea"
      ? "<textarea id=\"field\" placeholder=\"Message ChatGPT\"></textarea>"
      : "<div id=\"field\" contenteditable=\"true\" role=\"textbox\" aria-label=\"Ask ChatGPT\"></div>"
  }
  ${
    options.attach === "input"
      ? "<input id=\"file\" type=\"file\">"
      : "<button id=\"plus\" type=\"button\" aria-label=\"Attach files\">+</button>"
  }
  <button id="send" aria-label="Send message">↑</button>
</form></main><script>${script(options)}</script></body></html>`

export const answerText = "First line\n\n  indented, two  spaces\nLast line about rate limits."

/** The site, and the prompts that reached it. */
export const serveBare = Effect.fnUntraced(function*(options: BareOptions) {
  const asked: Array<{ readonly prompt: string; readonly file: string | null }> = []
  const html = page(options)
  const fixture = yield* serveFixture({
    "/": html,
    "/c/bare-1": html,
    "/api/ask": (_, response, body) => {
      asked.push(
        JSON.parse(Buffer.from(body, "latin1").toString("utf8")) as {
          readonly prompt: string
          readonly file: string | null
        }
      )
      response.writeHead(200, { "content-type": "application/json" })
      response.end(JSON.stringify({ text: answerText }))
    },
    ...(options.fallback ? { "*": html } : {})
  })
  return { ...fixture, asked }
})
