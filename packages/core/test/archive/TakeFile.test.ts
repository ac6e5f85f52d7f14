import { Archiver } from "@effect-oracle/core/archive/Archiver"
import { layer } from "@effect-oracle/core/node/archive/ArchiverNode"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { randomBytes } from "node:crypto"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { makeProject, select, write } from "./project.ts"

const take = Effect.fnUntraced(function*(root: string, target: string, meanwhile: () => void = () => undefined) {
  const selected = yield* select(root, ["shot.png"])
  meanwhile()
  const [entry] = selected.entries
  if (entry === undefined) return yield* Effect.die("nothing selected")
  yield* Archiver.use((archiver) => archiver.take({ root: selected.root, entry, target }))
}, Effect.provide(layer))

describe("a file that is sent as it is", () => {
  it.effect("is copied byte for byte, readable for its owner only", () =>
    Effect.gen(function*() {
      const content = randomBytes(3_000_000)
      const { home, root } = yield* makeProject({ "shot.png": content })
      const target = join(home, "job", "1", "shot.png")
      yield* take(root, target)
      assert.isTrue(readFileSync(target).equals(content))
      assert.deepStrictEqual([statSync(target).mode & 0o777, statSync(join(home, "job", "1")).mode & 0o777], [
        0o600,
        0o700
      ])
    }))

  it.effect("is refused by name when it changed after the scan, and nothing of it is left", () =>
    Effect.gen(function*() {
      const { home, root } = yield* makeProject({ "shot.png": "one" })
      const target = join(home, "job", "shot.png")
      const error = yield* Effect.flip(take(root, target, () => write(root, { "shot.png": "two" })))
      assert.strictEqual(error.code, "archive_file_changed")
      assert.include(error.message, "shot.png")
      assert.deepStrictEqual([existsSync(target), readdirSync(join(home, "job"))], [false, []])
    }))
})
