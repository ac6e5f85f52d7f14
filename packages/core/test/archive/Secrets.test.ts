import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { makeProject, pathsOf, scanText, select } from "./project.ts"
import { githubToken } from "./secretSamples.ts"

describe("Archiver, secrets", () => {
  it.effect("reports file, line and rule of a secret, and keeps the file in the selection for the caller to decide", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "a.ts": "const a = 1\n", "b.ts": `\nconst key = "${githubToken}"\n` })
      const selected = yield* select(root, ["."])
      assert.deepStrictEqual(pathsOf(selected), ["a.ts", "b.ts"])
      assert.deepStrictEqual(selected.secrets.map(({ allowed, line, path, rule }) => ({ allowed, line, path, rule })), [
        { allowed: false, line: 2, path: "b.ts", rule: "github/GITHUB_TOKEN" }
      ])
      for (const { masked } of selected.secrets) assert.notInclude(masked, githubToken.slice(4, -4))
    }))

  it.effect("marks the findings of a file that a person allowed by name", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "a.ts": githubToken, "b.ts": githubToken })
      const selected = yield* select(root, ["."], { allowSecretFiles: ["b.ts"] })
      assert.deepStrictEqual(selected.secrets.map(({ allowed }) => allowed), [false, true])
    }))

  it.effect("looks into UTF-16 text and into binary files", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({
        "binary.bin": Buffer.concat([Buffer.alloc(100), Buffer.from(` ${githubToken} `), Buffer.alloc(100)]),
        "utf16.txt": Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`key ${githubToken}`, "utf16le")])
      })
      const selected = yield* select(root, ["."])
      assert.deepStrictEqual(selected.secrets.map(({ path }) => path), ["binary.bin", "utf16.txt"])
    }))

  it.effect("finds a secret deep in a file that is read in parts", () =>
    Effect.gen(function*() {
      const part = 4_194_304
      const { root } = yield* makeProject({ "large.txt": `${"line of text\n".repeat(2 * part / 13)}${githubToken}\n` })
      const selected = yield* select(root, ["."])
      assert.deepStrictEqual(selected.secrets.map(({ line }) => line), [Math.floor(2 * part / 13) + 1])
    }))

  it.effect("counts tokens of text and none of binary content", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "a.txt": "hello world, this is text\n", "b.bin": Buffer.alloc(1000) })
      const text = yield* select(root, ["a.txt"])
      assert.isAbove(text.tokens, 3)
      assert.strictEqual((yield* select(root, ["."])).tokens, text.tokens)
    }))

  it.effect("finds secrets in a prompt", () =>
    Effect.gen(function*() {
      const findings = yield* scanText("prompt", `why does this fail?\ncurl -H "Authorization: ${githubToken}"`)
      assert.deepStrictEqual(findings.map(({ line, path }) => [path, line]), [["prompt", 2]])
      assert.deepStrictEqual(yield* scanText("prompt", "why does this fail?"), [])
    }))
})
