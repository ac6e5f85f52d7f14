import { isInside, openInside, openRegular } from "@effect-oracle/core/node/archive/SafeFile"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { closeSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { makeFifo, makeProject, write } from "./project.ts"

describe("SafeFile", () => {
  it.effect("refuses a file whose folder was swapped for a link to outside", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "real/a.txt": "a" })
      write(outside, { "a.txt": "secret" })
      symlinkSync(outside, join(root, "swapped"))
      assert.strictEqual(openInside(root, join(root, "swapped/a.txt")), "outside")
      const opened = openInside(root, join(root, "real/a.txt"))
      assert.isObject(opened)
      if (typeof opened === "object") closeSync(opened.fd)
    }))

  it.effect("opens no link, no folder and no FIFO, and does not wait for a writer", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "a/b.txt": "b" })
      symlinkSync("a/b.txt", join(root, "link"))
      makeFifo(join(root, "pipe"))
      assert.strictEqual(openRegular(join(root, "link")), "symlink")
      assert.strictEqual(openRegular(join(root, "a")), "not a regular file")
      assert.strictEqual(openRegular(join(root, "pipe")), "not a regular file")
      assert.strictEqual(openRegular(join(root, "none")), "missing")
    }))

  it.each<[string, string, boolean]>([
    ["/p", "/p", true],
    ["/p", "/p/a", true],
    ["/p", "/project", false],
    ["/p", "/", false],
    ["/", "/a", true]
  ])("%s holds %s: %s", (root, path, inside) => {
    assert.strictEqual(isInside(root, path), inside)
  })
})
