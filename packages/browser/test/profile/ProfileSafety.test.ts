import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import { folderState, unsafeReason } from "@effect-oracle/browser/profile/ProfileSafety"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { temporaryFolder } from "../launch/workspace.ts"

const homeIn = (folder: string) =>
  Effect.map(Effect.service(Surroundings), (real) => {
    const home = join(folder, "home", "jane")
    mkdirSync(home, { recursive: true })
    return { ...real, platform: "linux" as const, home, env: {} }
  })

describe("ProfileSafety", () => {
  it.effect("allows a folder of its own, also one that does not exist yet", () =>
    Effect.gen(function*() {
      const machine = yield* homeIn(yield* temporaryFolder)
      assert.isUndefined(unsafeReason(join(machine.home, ".local/state/oracle/seeds/chatgpt/default"), machine))
    }))

  it.effect("refuses the root, the home directory and what contains it, and relative paths", () =>
    Effect.gen(function*() {
      const machine = yield* homeIn(yield* temporaryFolder)
      assert.strictEqual(unsafeReason("/", machine), "is the root of the file system")
      assert.strictEqual(unsafeReason(machine.home, machine), "is the home directory")
      assert.strictEqual(unsafeReason(`${machine.home}/x/..`, machine), "is the home directory")
      assert.strictEqual(unsafeReason(dirname(machine.home), machine), "contains the home directory")
      assert.strictEqual(unsafeReason("seeds", machine), "is not an absolute path")
    }))

  it.effect("refuses the data of the browsers that people use, also through a link", () =>
    Effect.gen(function*() {
      const machine = yield* homeIn(yield* temporaryFolder)
      const chrome = join(machine.home, ".config/google-chrome")
      assert.strictEqual(unsafeReason(join(chrome, "oracle"), machine), "lies inside the data of a browser")
      mkdirSync(chrome, { recursive: true })
      symlinkSync(chrome, join(machine.home, "innocent"))
      assert.strictEqual(
        unsafeReason(join(machine.home, "innocent/seeds"), machine),
        "lies inside the data of a browser"
      )
      const moved = { ...machine, env: { XDG_CONFIG_HOME: join(machine.home, "conf") } }
      assert.strictEqual(
        unsafeReason(join(machine.home, "conf/chromium/x"), moved),
        "lies inside the data of a browser"
      )
      const mac = { ...machine, platform: "darwin" as const }
      const profile = join(machine.home, "Library/Application Support/Google/Chrome/Default")
      assert.strictEqual(unsafeReason(profile, mac), "lies inside the data of a browser")
    }))

  it.effect("refuses a folder inside any other browser's data", () =>
    Effect.gen(function*() {
      const machine = yield* homeIn(yield* temporaryFolder)
      const portable = join(machine.home, "apps", "portable")
      mkdirSync(join(portable, "Default"), { recursive: true })
      writeFileSync(join(portable, "Local State"), "{}")
      assert.include(unsafeReason(join(portable, "Default", "seeds"), machine) ?? "", portable)
      assert.isUndefined(unsafeReason(portable, machine))
    }))

  it.effect("tells a folder of ours from a link, a file and another user's", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const machine = yield* homeIn(folder)
      symlinkSync(folder, join(folder, "link"))
      writeFileSync(join(folder, "file"), "")
      assert.strictEqual(folderState(folder, machine), "folder")
      assert.strictEqual(folderState(join(folder, "link"), machine), "link")
      assert.strictEqual(folderState(join(folder, "file"), machine), "not a folder")
      assert.strictEqual(folderState(join(folder, "none"), machine), "absent")
      assert.strictEqual(folderState(folder, { ...machine, uid: (machine.uid ?? 0) + 1 }), "foreign")
    }))
})
