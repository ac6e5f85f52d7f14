import { kindOf } from "@effect-oracle/browser/locate/BrowserKind"
import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { closeSync, ftruncateSync, openSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "../launch/workspace.ts"
import { machine } from "./machine.ts"

/** A sparse file, so that it has the size without the bytes. */
const largeFile = (path: string): void => {
  const file = openSync(path, "w")
  ftruncateSync(file, 200 * 1024 ** 2)
  closeSync(file)
}

describe("kindOf", () => {
  it("knows a headless shell by its name", () => {
    for (const name of ["headless_shell", "chrome-headless-shell", "chrome-headless-shell.exe"]) {
      assert.strictEqual(kindOf(`/x/${name}`, machine({})), "headless_shell")
    }
    assert.strictEqual(kindOf("/x/chrome", machine({})), "full")
  })

  it.effect("knows a renamed headless shell by the resources that it lacks", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const here = { ...(yield* Surroundings), platform: "linux" as const }
      const program = join(folder, "chromium")
      largeFile(program)
      assert.strictEqual(kindOf(program, here), "headless_shell")
      writeFileSync(join(folder, "resources.pak"), "")
      assert.strictEqual(kindOf(program, here), "full")
      const script = join(folder, "wrapper")
      writeFileSync(script, "#!/bin/sh\n")
      assert.strictEqual(kindOf(script, here), "full")
    }))
})
