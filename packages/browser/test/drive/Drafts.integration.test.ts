import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fileIn, visitReady } from "./practice.ts"
import { ask, sha256 } from "./session.ts"

const lines = (count: number, chars: number): string =>
  Array.from({ length: count }, (_, line) => `${line}: ${"x".repeat(chars)}`).join("\n")

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
