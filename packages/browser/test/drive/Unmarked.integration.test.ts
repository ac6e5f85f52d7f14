import { selectionOf } from "@effect-oracle/core/domain/ModelSelection"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { serveFixture } from "./fixture.ts"
import { stateOf } from "./practice.ts"
import { ask, openOn } from "./session.ts"

/** No ids, no test ids, no classes that tell anything: roles and names alone; the footer is drawn anew all the time. */
const page = (turn: { readonly user: string; readonly answer: string }) =>
  `<!doctype html><title>ChatGPT</title><style>.hide{position:absolute;width:1px;height:1px;overflow:hidden}</style>
<h1 class="hide">ChatGPT</h1><button aria-label="Open profile menu">A</button><div role="main"><div id="list"></div>
<div><div role="textbox" contenteditable="plaintext-only" aria-label="Ask ChatGPT" style="min-height:30px;white-space:pre-wrap"></div><div id="foot"></div></div></div><script>
const turn = ${JSON.stringify(turn)}
const $ = (selector) => document.querySelector(selector)
const make = (html) => { const box = document.createElement("div"); box.innerHTML = html; return box.firstElementChild }
let [model, effort, busy] = ["Instant", "Standard", false]
const choose = (options, now, pick) => (event) => {
  const box = document.body.appendChild(make('<div role="listbox"></div>'))
  for (const name of options) {
    const option = box.appendChild(make('<div role="option" aria-selected="' + (name === now) + '">' + name + "</div>"))
    option.onclick = () => { pick(name); box.remove(); draw() }
  }
  addEventListener("keydown", (key) => key.key === "Escape" && box.remove(), { once: true })
}
const control = (name, text, press) => { const button = make('<button aria-haspopup="listbox" aria-label="' + name + '"></button>'); button.textContent = text; button.onclick = press; return button }
const draw = () => {
  const send = make(busy ? '<button aria-label="Stop generating">s</button>' : '<button aria-label="Send">^</button>')
  if (!busy) send.onclick = say
  const efforts = model === "Pro" ? ["Standard", "Extended"] : ["Light", "Standard", "Extended", "Heavy"]
  $("#foot").replaceChildren(
    control("Model selector", model, choose(["Instant", "Thinking", "Pro"], model, (name) => { model = name; effort = "Standard" })),
    ...(model === "Instant" ? [] : [control("Thinking effort", effort, choose(efforts, effort, (name) => { effort = name }))]), send)
}
const say = async () => {
  const prompt = $("[role=textbox]").innerText
  $("[role=textbox]").textContent = ""
  busy = true
  draw()
  const mine = $("#list").appendChild(make(turn.user))
  mine.lastElementChild.textContent = prompt
  const answer = $("#list").appendChild(make(turn.answer))
  const text = await (await fetch("/say", { method: "POST", body: JSON.stringify({ prompt, model, effort }) })).text()
  history.pushState({}, "", "/c/WEB:1")
  answer.children[answer.children.length - 1].innerHTML = text
  history.replaceState({}, "", "/c/unmarked-1")
  busy = false
  draw()
  answer.append(make('<div><button aria-label="Copy response">c</button><button aria-label="Good response">g</button></div>'))
}
draw()
setInterval(() => $("[role=listbox]") === null && draw(), 1500)
</script>`

const marks: ReadonlyArray<readonly [string, { readonly user: string; readonly answer: string }]> = [
  ["headings for screen readers", {
    user: `<article><h5 class="hide">You said:</h5><p></p></article>`,
    answer: `<article><h6 class="hide">ChatGPT said:</h6><div></div></article>`
  }],
  ["names of list items", {
    user: `<section aria-label="You said"><p></p></section>`,
    answer: `<section aria-label="ChatGPT said"><div></div></section>`
  }],
  ["headings in German", {
    user: `<article><h5 class="hide">Du hast gesagt:</h5><p></p></article>`,
    answer: `<article><h6 class="hide">ChatGPT hat gesagt:</h6><div></div></article>`
  }]
]

describe("a page whose turns are marked by nothing but words", () => {
  for (const [what, turn] of marks) {
    it.live(`is driven by ${what}, with model and effort in controls of their own`, () =>
      Effect.scoped(Effect.gen(function*() {
        const said: Array<unknown> = []
        const site = yield* serveFixture({
          "/": page(turn),
          "/say": (_, response, body) => {
            said.push(JSON.parse(body))
            response.end("<p>First <b>bold</b></p><ul><li>one</li></ul>")
          }
        })
        const { page: driven } = yield* openOn({ site: "chatgpt", url: site.url, cookies: [] })
        yield* driven.goto({ _tag: "NewChat" })
        assert.strictEqual(yield* stateOf(driven, ["authenticated_and_ready"]), "authenticated_and_ready")
        const report = yield* driven.selectModel(selectionOf("pro_extended"))
        assert.isTrue(report.changed)
        const { anchor, end, sent } = yield* ask(driven, "Why?")
        const answer = yield* driven.extract(anchor)
        assert.strictEqual(sent._tag, "Confirmed")
        assert.deepStrictEqual(said, [{ prompt: "Why?", model: "Pro", effort: "Extended" }])
        assert.strictEqual(end?.verdict._tag, "Finished")
        assert.strictEqual(answer.markdown.trim(), "First **bold**\n\n- one")
        assert.strictEqual((yield* driven.thread)?.conversationId, "unmarked-1")
      })))
  }
})
