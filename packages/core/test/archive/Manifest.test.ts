import { Manifest, ManifestJson, manifestOf } from "@effect-oracle/core/archive/Manifest"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { build, makeProject, select, sha256 } from "./project.ts"
import { githubToken } from "./secretSamples.ts"

describe("Manifest", () => {
  it.effect.prop("survives being written and read", [Manifest], ([manifest]) =>
    Effect.gen(function*() {
      const text = yield* Schema.encodeEffect(ManifestJson)(manifest)
      assert.deepStrictEqual(yield* Schema.decodeEffect(ManifestJson)(text), manifest)
    }))

  it.effect("lists exactly the entries of the archive, and secrets masked", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({
        "app/dist/big.bin": randomBytes(100_000),
        "a.ts": `const key = "${githubToken}"`,
        "node_modules/m.js": "m"
      })
      const selected = yield* select(root, ["."])
      const built = yield* build(selected, join(outside, "context.tar.zst"), { maxBytes: 20_000 })
      const manifest = manifestOf(selected, built)
      assert.deepStrictEqual(manifest.entries.map(({ path }) => path), ["a.ts"])
      assert.deepStrictEqual(manifest.prunedPaths, ["app/dist"])
      assert.strictEqual(manifest.archive.entries, manifest.entries.length)
      assert.strictEqual(manifest.archive.sha256, sha256(readFileSync(built.path)))
      assert.deepStrictEqual(manifest.exclusions, [{
        path: "node_modules",
        rule: "built-in: dependency folder",
        directory: true
      }])
      const text = yield* Schema.encodeEffect(ManifestJson)(manifest)
      assert.lengthOf(manifest.secrets, 1)
      assert.notInclude(text, githubToken)
    }))
})
