import { readStateFile } from "@effect-oracle/browser/auth/StateFile"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "../launch/workspace.ts"

const cookie = { name: "session", value: "very-secret", domain: "127.0.0.1" }

const reading = (text: string) =>
  Effect.gen(function*() {
    const file = join(yield* temporaryFolder, "state.json")
    writeFileSync(file, text)
    return { file, read: readStateFile(file) }
  })

const refusal = (text: string) =>
  Effect.gen(function*() {
    const { file, read } = yield* reading(text)
    const error = yield* Effect.flip(read)
    assert.strictEqual(error.code, "state_file_invalid")
    assert.isTrue(error.message.startsWith(`${file}: `), error.message)
    assert.notInclude(`${error.message}${JSON.stringify(error)}${String(error.cause)}`, "very-secret")
    return error.message.slice(file.length + 2)
  })

describe("readStateFile", () => {
  it.effect("reads a Playwright storage state and a plain array of cookies alike", () =>
    Effect.gen(function*() {
      const localStorage = [{ name: "theme", value: "dark" }]
      const state = yield* reading(
        JSON.stringify({ cookies: [cookie], origins: [{ origin: "https://x.example", localStorage }] })
      )
      assert.deepStrictEqual((yield* state.read).origins, [{ origin: "https://x.example", localStorage }])
      const plain = yield* reading(JSON.stringify([{ ...cookie, sameSite: null, expirationDate: 1.5, hostOnly: true }]))
      const { cookies, origins } = yield* plain.read
      assert.deepStrictEqual([cookies[0]?.name, cookies[0]?.expirationDate, origins], ["session", 1.5, []])
    }))

  it.effect("names line, column and key of a mistake, and never a value", () =>
    Effect.gen(function*() {
      const wrong = "{\n  \"cookies\": [\n    {\"name\": \"a\", \"value\": \"very-secret\", \"domain\": 7}\n  ]\n}"
      assert.match(
        yield* refusal(wrong),
        /^line 3, column \d+: cookies\[0\]\.domain is missing or not of the expected type$/
      )
      const valueless = JSON.stringify([{ name: "a", value: { nested: "very-secret" }, domain: "x" }])
      assert.match(yield* refusal(valueless), /\[0\]\.value is missing or not of the expected type$/)
      assert.match(
        yield* refusal(JSON.stringify({ cookies: [cookie], origins: [{ localStorage: [] }] })),
        /origins\[0\]\.origin/
      )
    }))

  it.effect("says where the text stops being JSON", () =>
    Effect.gen(function*() {
      assert.match(
        yield* refusal("{\"cookies\": [\n{\"value\": \"very-secret\",}]}"),
        /^line 2, column \d+: this is not JSON$/
      )
    }))

  it.effect("refuses what is neither form", () =>
    Effect.gen(function*() {
      const neither = "it is neither a Playwright storage state nor an array of cookies"
      for (const text of ["7", "\"very-secret\"", "null"]) assert.strictEqual(yield* refusal(text), neither)
      assert.include(yield* refusal("{\"storage\": \"very-secret\"}"), "cookies is missing")
    }))

  it.effect("refuses a file that is missing, a folder or far too large", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const missing = yield* Effect.flip(readStateFile(join(folder, "none.json")))
      assert.strictEqual(missing.message, `${join(folder, "none.json")}: there is no such file`)
      mkdirSync(join(folder, "folder"))
      assert.include((yield* Effect.flip(readStateFile(join(folder, "folder")))).message, "this is not a file")
      writeFileSync(join(folder, "large"), Buffer.alloc(17 * 1024 ** 2, " "))
      assert.include((yield* Effect.flip(readStateFile(join(folder, "large")))).message, "larger than 16 MiB")
    }))
})
