import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fileIn, visitReady } from "./practice.ts"
import { anchorFor, ask, sha256 } from "./session.ts"

const lines = (count: number, chars: number): string =>
  Array.from({ length: count }, (_, line) => `${line}: ${"x".repeat(chars)}`).join("\n")

describe("a page with something in front", () => {
  it.live("gets the prompt once what came after the draft was closed, and nothing is chosen there", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page, raw } = yield* visitReady("fast")
      const prompt = "through the modal"
      yield* page.compose(prompt)
      const baseline = yield* page.baseline
      yield* Effect.promise(() =>
        raw.evaluate(() => {
          const front = document.createElement("div")
          front.innerHTML =
            `<div role="dialog" aria-label="Pro feedback" style="position:fixed;inset:0;background:white;z-index:9999">
              <p>Which one helped you more?</p><button>Good response</button><button aria-label="Close">x</button></div>`
          front.addEventListener("click", (event) => {
            const name = event.target instanceof Element ? event.target.getAttribute("aria-label") ?? "chosen" : ""
            document.body.dataset["pressed"] = `${document.body.dataset["pressed"] ?? ""}${name}`
            if (name === "Close") front.remove()
          })
          document.body.append(front)
        })
      )
      const sent = yield* page.send(anchorFor(baseline, prompt))
      const pressed = yield* Effect.promise(() => raw.evaluate(() => document.body.dataset["pressed"]))
      assert.deepStrictEqual([sent._tag, pressed, admin.log("send").length], ["Confirmed", "Close", 1])
    })))
})

describe("a page that makes files of long texts", () => {
  it.live("gets the prompt as text all the same, and the files that were attached, no more and no less", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, folder, page } = yield* visitReady("paste-becomes-file")
      const files = ["context.tar.zst", "shot.png", "notes.pdf"].map((name) => fileIn(folder, name, name))
      const prompt = lines(120, 100)
      const said: Array<string> = []
      yield* page.attach(files, ({ file, files: of }) => Effect.sync(() => void said.push(`${file}/${of}`)))
      const { end, sent } = yield* ask(page, prompt)
      const [send] = admin.log("send")
      assert.deepStrictEqual([sent._tag, end?.verdict._tag], ["Confirmed", "Finished"])
      assert.strictEqual(send?.detail["promptSha256"], sha256(prompt))
      assert.deepStrictEqual(send?.detail["attachmentNames"], files.map(({ name }) => name))
      assert.deepStrictEqual([...new Set(said)], ["1/3", "2/3", "3/3"])
    })))
})
