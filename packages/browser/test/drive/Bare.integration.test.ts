import { selectionOf } from "@effect-oracle/core/domain/ModelSelection"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { answerText, type BareOptions, serveBare } from "./bare.ts"
import { fileIn, stateOf } from "./practice.ts"
import { ask, openOn } from "./session.ts"

const base: BareOptions = {
  input: "textarea",
  address: "path",
  attach: "input",
  finish: "Copy",
  fallback: false,
  stop: "Stop generating"
}

const variants: ReadonlyArray<readonly [name: string, options: BareOptions]> = [
  ["a text area and nothing else", base],
  ["an editable without a framework, address in the hash", {
    ...base,
    input: "editable",
    address: "hash",
    finish: "Regenerate"
  }],
  ["no address at all, every path answering with the page", {
    ...base,
    address: "none",
    fallback: true,
    finish: "Read aloud"
  }],
  ["an attach button that makes its own input", { ...base, attach: "button", stop: "Stop" }],
  ["an attach menu", { ...base, attach: "menu", finish: "Good response" }]
]

const prompt = "One  two\n\n\tthree $& four\n  five"

describe("a page that has only the least", () => {
  for (const [name, options] of variants) {
    it.live(`is driven: ${name}`, () =>
      Effect.scoped(Effect.gen(function*() {
        const site = yield* serveBare(options)
        const { folder, page } = yield* openOn({ site: "chatgpt", url: site.url, cookies: [] })
        yield* page.goto({ _tag: "NewChat" })
        const state = yield* stateOf(page, ["authenticated_and_ready"])
        const model = yield* page.selectModel(selectionOf("current"))
        const proof = yield* page.attach([fileIn(folder, "context-1.tar.zst", "bytes")])
        const { anchor, end, sent } = yield* ask(page, prompt)
        const answer = yield* page.extract(anchor)
        const thread = yield* page.thread
        assert.strictEqual(state, "authenticated_and_ready")
        assert.deepStrictEqual(model, { shown: null, changed: false })
        assert.strictEqual(proof.files.length, 1)
        assert.strictEqual(sent._tag, "Confirmed")
        assert.strictEqual(end?.verdict._tag, "Finished")
        assert.deepStrictEqual(site.asked, [{ prompt, file: "context-1.tar.zst" }])
        assert.strictEqual(answer.text.replaceAll(/\s+/g, " ").trim(), answerText.replaceAll(/\s+/g, " ").trim())
        assert.strictEqual(thread?.conversationId ?? null, options.address === "none" ? null : "bare-1")
      })))
  }

  it.live("sees within seconds that an answer is over where no control that comes or goes is known", () =>
    Effect.scoped(Effect.gen(function*() {
      const site = yield* serveBare({ ...base, stop: "Halt", finish: "Pin", pieceMs: 600 })
      const { page } = yield* openOn({ site: "chatgpt", url: site.url, cookies: [] })
      yield* page.goto({ _tag: "NewChat" })
      const { end } = yield* ask(page, prompt, 30_000)
      assert.strictEqual(end?.verdict._tag, "Finished")
      assert.strictEqual(end?.probe.chars, answerText.length)
    })))

  it.live("has no model but the present one, and says so", () =>
    Effect.scoped(Effect.gen(function*() {
      const site = yield* serveBare(base)
      const { page } = yield* openOn({
        site: "chatgpt",
        url: site.url,
        cookies: [],
        overrides: { "limits.pickerMountMs": 500 }
      })
      yield* page.goto({ _tag: "NewChat" })
      const error = yield* Effect.flip(page.selectModel(selectionOf("pro_extended")))
      assert.strictEqual(error.code, "model_unavailable")
      assert.include(error.detail, "no model picker")
    })))

  it.live("is an outage when nobody listens", () =>
    Effect.scoped(Effect.gen(function*() {
      const { page } = yield* openOn({ site: "chatgpt", url: "http://127.0.0.1:9", cookies: [] })
      yield* page.goto({ _tag: "NewChat" })
      assert.strictEqual(yield* stateOf(page, ["transient_outage_error"]), "transient_outage_error")
    })))
})
