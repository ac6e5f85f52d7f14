import { type Preset, selectionOf } from "@effect-oracle/core/domain/ModelSelection"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { serveFixture } from "./fixture.ts"
import { openOn } from "./session.ts"

/** A dialog of families and efforts that keeps each choice at once; Pro has no effort but Standard. */
const dialog =
  `<!doctype html><html><body><header><button id="t" data-testid="model-switcher-dropdown-button"></button></header>
<main><form><textarea aria-label="Message"></textarea></form></main><script>
  const efforts = { Instant: [], Thinking: ["Light", "Standard", "Extended", "Heavy"], Pro: ["Standard"] }
  let [family, effort] = ["Thinking", "Extended"]
  const h = (html) => { const e = document.createElement("div"); e.innerHTML = html; return e.firstElementChild }
  const keep = () => { fetch("/chosen?" + family + "/" + effort); t.textContent = family }
  const draw = (box) => {
    box.replaceChildren(...Object.keys(efforts).map((name) => {
      const row = h('<button role="radio" aria-checked="' + (name === family) + '">' + name + "</button>")
      row.onclick = () => { family = name; effort = efforts[name].includes("Standard") ? "Standard" : "none"; keep(); draw(box) }
      return row
    }))
    if (efforts[family].length > 0) {
      const combo = h('<button role="combobox" aria-label="' + (family === "Pro" ? "Pro thinking effort" : "Thinking effort") + '">' + effort + "</button>")
      combo.onclick = () => {
        for (const name of efforts[family]) {
          const option = h('<div role="option" aria-selected="' + (name === effort) + '">' + name + "</div>")
          option.onclick = () => { effort = name; keep(); draw(box) }
          box.append(option)
        }
      }
      box.append(combo)
    }
    const close = h('<button aria-label="Close">x</button>')
    close.onclick = () => box.remove()
    box.append(close)
  }
  t.textContent = family
  t.onclick = () => { const box = h('<div role="dialog"></div>'); document.body.append(box); draw(box) }
</script></body></html>`

/** A menu whose rows are never marked; the closed pill alone tells what is chosen, and High falls back to Medium. */
const forgetful = `<!doctype html><html><body><main><form><textarea aria-label="Message"></textarea>
<button id="t" type="button" class="__composer-pill" aria-haspopup="menu">Extra High</button></form></main><script>
  t.onclick = () => {
    const menu = document.body.appendChild(Object.assign(document.createElement("div"), { role: "menu" }))
    for (const name of ["Instant", "Medium", "High", "Extra High", "Pro"]) {
      const row = menu.appendChild(Object.assign(document.createElement("div"), { role: "menuitemradio", textContent: name }))
      row.onclick = () => { t.textContent = name === "High" ? "Medium" : name; fetch("/chosen?" + name); menu.remove() }
    }
    addEventListener("keydown", () => menu.remove(), { once: true })
  }
</script></body></html>`

const cases: ReadonlyArray<
  readonly [what: string, html: string, preset: Preset, code: string, words: string, seen: ReadonlyArray<string>]
> = [
  [
    "an effort that its family turns out not to have",
    dialog,
    "pro_extended",
    "model_unavailable",
    "Thinking extended (or High), which was chosen before, is chosen again",
    ["Pro/Standard", "Thinking/Standard", "Thinking/Extended"]
  ],
  [
    "a level that the page does not keep",
    forgetful,
    "thinking_extended",
    "model_unverified",
    "Thinking heavy (or Extra High), which was chosen before, is chosen again",
    ["High", "Extra High"]
  ]
]

describe("a choice of model that fails", () => {
  for (const [what, html, preset, code, words, seen] of cases) {
    it.live(`leaves the person's own choice as it was: ${what}`, () =>
      Effect.scoped(Effect.gen(function*() {
        const chosen: Array<string> = []
        const site = yield* serveFixture({
          "/": html,
          "/chosen": (request, response) => {
            chosen.push(decodeURI(new URL(request.url ?? "", "http://site").search.slice(1)))
            response.end()
          }
        })
        const { page, raw } = yield* openOn({ site: "chatgpt", url: site.url, cookies: [] })
        yield* page.goto({ _tag: "NewChat" })
        const error = yield* Effect.flip(page.selectModel(selectionOf(preset)))
        const open = yield* Effect.promise(() =>
          raw.evaluate("document.querySelectorAll('[role=dialog],[role=menu]').length")
        )
        assert.strictEqual(error.code, code)
        assert.include(error.detail, words)
        assert.deepStrictEqual(chosen, seen)
        assert.strictEqual(open, 0)
      })))
  }
})
