import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { serveFixture } from "./fixture.ts"
import { openOn } from "./session.ts"

const page = (attributes: string, content: string): string =>
  `<!doctype html><html><head><title>Chat</title></head><body><main><form>
  <div contenteditable="true" id="prompt-textarea" role="textbox" aria-label="Chat with ChatGPT" ${attributes}>${content}</div>
  <button type="button" data-testid="send-button" aria-label="Send prompt">↑</button></form></main></body></html>`

const layouts: ReadonlyArray<readonly [name: string, html: string]> = [
  ["folds spaces", page("", "")],
  ["keeps spaces", page("style=\"white-space:pre-wrap\"", "")],
  ["bears the class of an editor without having it", page("class=\"ProseMirror\"", "")],
  ["begins with a paragraph", page("style=\"white-space:pre-wrap\" class=\"ProseMirror\"", "<p><br></p>")]
]

const readings = (): ReadonlyArray<string> => {
  const input = document.querySelector<HTMLElement>("#prompt-textarea")
  if (input === null) return []
  const lines = Array.from(input.children, (child) => child.textContent)
  return [
    input.innerText.replaceAll("\u00a0", " "),
    input.textContent,
    ...(input.querySelector("p") === null ? [] : [lines.join("\n")])
  ]
}

const prompts = [
  "one\ntwo",
  "one  \n\ntwo\t$& `x`\n\n\n  three\n- four",
  Array.from({ length: 600 }, (_, index) => index % 5 === 0 ? "" : `line ${index}`).join("\n").trim()
]

describe("An editable without an editor behind it", () => {
  for (const [name, html] of layouts) {
    it.live(`gives the prompt in each way to read it: one that ${name}`, () =>
      Effect.scoped(Effect.gen(function*() {
        const site = yield* serveFixture({ "/": html })
        const { page, raw } = yield* openOn({ site: "chatgpt", url: site.url, cookies: [] })
        yield* page.goto({ _tag: "NewChat" })
        for (const prompt of prompts) {
          yield* page.compose(prompt)
          const read = yield* Effect.promise(() => raw.evaluate(readings))
          for (const text of read) assert.strictEqual(text, prompt)
        }
      })))
  }

  it.live("keeps a line end at the end", () =>
    Effect.scoped(Effect.gen(function*() {
      const site = yield* serveFixture({ "/": page("style=\"white-space:pre-wrap\"", "") })
      const { page: chat, raw } = yield* openOn({ site: "chatgpt", url: site.url, cookies: [] })
      yield* chat.goto({ _tag: "NewChat" })
      yield* chat.compose("one\n\ntwo\n")
      const [shown, content] = yield* Effect.promise(() => raw.evaluate(readings))
      assert.strictEqual(shown?.replace(/\n$/, ""), "one\n\ntwo\n")
      assert.strictEqual(content, "one\n\ntwo\n")
    })))
})
