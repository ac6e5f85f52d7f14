import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { makeProject, pathsOf, refusal, select } from "./project.ts"

describe("Archiver.select at home", () => {
  it.effect("takes no folder and no glob of the home directory or of what holds it, but a file that is named", () =>
    Effect.gen(function*() {
      const { home, root } = yield* makeProject({ "a.md": "a", "p/b.md": "b" })
      yield* Effect.acquireRelease(
        Effect.sync(() => {
          const before = process.env["HOME"]
          process.env["HOME"] = root
          return before
        }),
        (before) =>
          Effect.sync(() => {
            process.env["HOME"] = before
          })
      )
      for (
        const [from, input] of [[root, "."], [root, "*.md"], [root, "**"], [home, "."], [home, "project"]] as const
      ) {
        assert.strictEqual((yield* refusal(from, [input])).code, "archive_input_outside", `${from} ${input}`)
      }
      assert.deepStrictEqual(pathsOf(yield* select(root, ["a.md"])), ["a.md"])
      assert.deepStrictEqual(pathsOf(yield* select(root, ["p"])), ["p/b.md"])
      assert.deepStrictEqual(pathsOf(yield* select(`${root}/p`, ["."])), ["b.md"])
    }))
})
