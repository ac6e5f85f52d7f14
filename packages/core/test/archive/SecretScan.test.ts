import { libraryMarks, ownRules, worthScanning } from "@effect-oracle/core/archive/SecretRules"
import {
  chunkChars,
  findingsAtMost,
  overlapChars,
  scanText,
  SecretScanner
} from "@effect-oracle/core/archive/SecretScan"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { githubToken, librarySamples, ownSamples, privateKey } from "./secretSamples.ts"

const scan = (text: string) => Effect.promise(() => scanText("file.txt", text))

describe("SecretScan", () => {
  it.effect.each(Object.entries(librarySamples))(
    "finds what the library's rule %s finds",
    ([rule, sample]) =>
      Effect.gen(function*() {
        const findings = yield* Effect.promise(() => scanText("account.json", sample))
        assert.include(findings.map((finding) => finding.rule.split("/")[0]), rule)
      })
  )

  it.effect.each(Object.entries(ownSamples))(
    "finds %s, which the library does not know",
    ([rule, sample]) =>
      Effect.gen(function*() {
        const findings = yield* scan(`one\ntwo ${sample} three\n`)
        assert.deepStrictEqual(findings.map((finding) => [finding.line, finding.rule]), [[2, rule]])
      })
  )

  it("has a sample for each own rule and each mark", () => {
    assert.deepStrictEqual(Object.keys(ownSamples).toSorted(), ownRules.map(({ id }) => id).toSorted())
    assert.deepStrictEqual(Object.keys(librarySamples).toSorted(), Object.keys(libraryMarks).toSorted())
  })

  it.effect("has a mark for every rule that the library recommends", () =>
    Effect.gen(function*() {
      const { rules } = yield* Effect.promise(() => import("@secretlint/secretlint-rule-preset-recommend"))
      const known = rules.map(({ meta }) => meta.id.replace("@secretlint/secretlint-rule-", ""))
      assert.deepStrictEqual(known.toSorted(), [...Object.keys(libraryMarks), "filter-comments"].toSorted())
    }))

  it("does not call the rules for a text without a mark", () => {
    assert.isFalse(worthScanning("export const answer = 42\n".repeat(100)))
  })

  it.effect("finds nothing in plain code, placeholders and the vendors' examples", () =>
    Effect.gen(function*() {
      const text = [
        "const token = process.env.GITHUB_TOKEN",
        ["AKIA", "IOSFODNN7EXAMPLE"].join(""),
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "postgres://localhost:5432/test",
        "sk-proj-..."
      ].join("\n")
      assert.deepStrictEqual(yield* scan(text), [])
    }))

  it.effect("says the line, and shows only the ends of the value", () =>
    Effect.gen(function*() {
      const [finding] = yield* scan(`\n\nkey: ${githubToken}\n`)
      assert.strictEqual(finding?.line, 3)
      assert.strictEqual(finding?.rule, "github/GITHUB_TOKEN")
      assert.strictEqual(finding?.masked, `${githubToken.slice(0, 4)}********${githubToken.slice(-4)}`)
    }))

  it.effect("is not silenced by a comment in the file", () =>
    Effect.gen(function*() {
      const findings = yield* scan(`// secretlint-disable\n${githubToken} // secretlint-disable-line\n`)
      assert.lengthOf(findings, 1)
    }))

  it.effect("reports a private key once, whichever rules know it", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* scan(privateKey)).map(({ rule }) => rule), ["privatekey/PrivateKey"])
    }))

  it.effect("stops listing at a bound, so that a hostile file stays cheap", () =>
    Effect.gen(function*() {
      const findings = yield* scan(`${githubToken} `.repeat(20_000))
      assert.lengthOf(findings, findingsAtMost)
    }))

  const step = chunkChars - overlapChars
  const Offset = Schema.Int.check(Schema.isBetween({ minimum: -60, maximum: 60 }))

  it.effect.each([step - 1, step, step + 1, chunkChars - githubToken.length, chunkChars])(
    "finds a token that begins at %i once",
    (at) =>
      Effect.gen(function*() {
        const text = `${" ".repeat(at)}${githubToken}${" ".repeat(chunkChars)}`
        assert.lengthOf(yield* scan(text), 1)
      })
  )

  it.effect.prop(
    "finds a token once wherever the chunks are cut",
    [Offset, Schema.Literals([0, step, 2 * step, chunkChars, chunkChars + step])],
    ([offset, near]) =>
      Effect.gen(function*() {
        const at = Math.max(0, near + offset)
        const text = `${".".repeat(Math.max(0, at - 1))}\n${githubToken}\n${" ".repeat(chunkChars)}`
        const findings = yield* scan(text)
        assert.deepStrictEqual(findings.map(({ line }) => line), [2])
      }),
    { arbitrary: { runs: 25 } }
  )

  it.effect.prop(
    "finds the same in a text that comes in parts",
    [Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 300_000 }))).check(Schema.isMaxLength(6))],
    ([cuts]) =>
      Effect.gen(function*() {
        const text = `x\n${"y".repeat(200_000)}\n${githubToken}\n${"z ".repeat(150_000)}\n${githubToken}`
        const scanner = new SecretScanner("file.txt")
        let at = 0
        for (const cut of cuts) {
          yield* Effect.promise(() => scanner.push(text.slice(at, at + cut)))
          at += cut
        }
        yield* Effect.promise(() => scanner.push(text.slice(at)))
        assert.deepStrictEqual(yield* Effect.promise(() => scanner.end()), yield* scan(text))
      }),
    { arbitrary: { runs: 15 } }
  )
})
