import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import * as StateDirsNode from "../../src/node/StateDirsNode.ts"
import { fileSystemOf, isNetwork, makeSafe } from "../../src/node/StateSafety.ts"
import { StateDirs } from "../../src/store/StateDirs.ts"
import { jobId } from "../store/fixtures.ts"
import { temporaryDirectory } from "../store/stateDir.ts"

const resolved = (variables: Record<string, string>, layer: typeof StateDirsNode.layer = StateDirsNode.layerPaths) =>
  Effect.provide(
    StateDirs,
    Layer.fresh(layer).pipe(Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(variables)))),
    { local: true }
  )

describe("StateDirs from the environment", () => {
  it.effect("follows ORACLE_STATE_DIR before XDG_STATE_HOME before the home directory", () =>
    Effect.gen(function*() {
      const state = (variables: Record<string, string>) => Effect.map(resolved(variables), (dirs) => dirs.state)
      assert.strictEqual(yield* state({ ORACLE_STATE_DIR: "/s", XDG_STATE_HOME: "/x", HOME: "/h" }), "/s")
      assert.strictEqual(yield* state({ XDG_STATE_HOME: "/x", HOME: "/h" }), "/x/oracle")
      assert.strictEqual(yield* state({ XDG_STATE_HOME: "not/absolute", HOME: "/h" }), "/h/.local/state/oracle")
      assert.strictEqual(yield* state({ ORACLE_STATE_DIR: "", HOME: "/h" }), "/h/.local/state/oracle")
      assert.strictEqual(yield* state({}), join(homedir(), ".local/state/oracle"))
    }))

  it.effect("follows ORACLE_JOBS_DIR before PI_ORACLE_JOBS_DIR before the state directory", () =>
    Effect.gen(function*() {
      const jobs = (variables: Record<string, string>) =>
        Effect.map(resolved({ ORACLE_STATE_DIR: "/s", ...variables }), (dirs) => dirs.jobs)
      assert.strictEqual(yield* jobs({ ORACLE_JOBS_DIR: "/a", PI_ORACLE_JOBS_DIR: "/b" }), "/a")
      assert.strictEqual(yield* jobs({ PI_ORACLE_JOBS_DIR: "/b" }), "/b")
      assert.strictEqual(yield* jobs({}), "/s/jobs")
    }))

  it.effect("names the files of a job as documented", () =>
    Effect.gen(function*() {
      const dirs = yield* resolved({ ORACLE_STATE_DIR: "/s", XDG_CONFIG_HOME: "/c", HOME: "/h" })
      const paths = dirs.job(jobId(1))
      assert.strictEqual(paths.directory, `/s/jobs/oracle-${jobId(1)}`)
      assert.strictEqual(paths.archive("tar.zst"), join(paths.directory, `context-${jobId(1)}.tar.zst`))
      assert.deepStrictEqual([dirs.database, dirs.hostLock, dirs.globalConfigFile, dirs.cache], [
        "/s/oracle.db",
        "/s/host-lock.db",
        "/c/oracle/config.json",
        "/h/.cache/oracle"
      ])
    }))

  it("uses the native places of macOS and Windows", () => {
    const none = {
      state: undefined,
      jobs: undefined,
      piJobs: undefined,
      config: undefined,
      xdgState: undefined,
      xdgConfig: undefined,
      xdgCache: undefined,
      localAppData: undefined,
      appData: undefined,
      home: "/Users/me"
    }
    assert.strictEqual(StateDirsNode.dirsOf(none, "darwin").state, "/Users/me/Library/Application Support/oracle")
    const windows = StateDirsNode.dirsOf({ ...none, localAppData: "/Local" }, "win32")
    assert.deepStrictEqual([windows.state, windows.jobs], ["/Local/oracle", "/Local/oracle/jobs"])
  })

  it.effect("makes what is missing, for its owner only", () =>
    Effect.gen(function*() {
      const state = join(yield* temporaryDirectory, "a", "state")
      const dirs = yield* resolved({ ORACLE_STATE_DIR: state }, StateDirsNode.layer)
      for (const path of [dirs.state, dirs.jobs]) assert.strictEqual(statSync(path).mode & 0o777, 0o700, path)
    }))
})

describe("an unsafe state directory", () => {
  const refused = (prepare: (directory: string) => string) =>
    Effect.gen(function*() {
      const path = prepare(yield* temporaryDirectory)
      const error = yield* Effect.flip(makeSafe(path))
      assert.include(error.message, path)
      return error
    })

  it.effect("is refused when others may write to it", () =>
    Effect.gen(function*() {
      for (const mode of [0o770, 0o777, 0o1777, 0o702]) {
        const error = yield* refused((directory) => {
          chmodSync(directory, mode)
          return directory
        })
        assert.strictEqual(error.code, "state_unsafe")
      }
    }))

  it.effect("is refused when it is a symbolic link, also a dangling one, or a file", () =>
    Effect.gen(function*() {
      const link = (target: string) => (directory: string) => {
        symlinkSync(join(directory, target), join(directory, "link"))
        return join(directory, "link")
      }
      assert.strictEqual((yield* refused(link("."))).code, "state_unsafe")
      assert.strictEqual((yield* refused(link("nowhere"))).code, "state_unsafe")
      const file = yield* refused((directory) => {
        writeFileSync(join(directory, "file"), "")
        return join(directory, "file")
      })
      assert.strictEqual(file.code, "state_unsafe")
    }))

  it.effect.skipIf(process.getuid?.() === 0)(
    "is refused when it cannot be made or written",
    () =>
      Effect.gen(function*() {
        const closed = (name: string) => (directory: string) => {
          mkdirSync(join(directory, "closed"), { mode: 0o500 })
          return join(directory, "closed", name)
        }
        assert.strictEqual((yield* refused(closed("state"))).code, "state_unwritable")
        assert.strictEqual((yield* refused(closed("."))).code, "state_unwritable")
      })
  )

  it.effect("below a file is called unwritable", () =>
    Effect.gen(function*() {
      const error = yield* refused((directory) => {
        writeFileSync(join(directory, "file"), "")
        return join(directory, "file", "state")
      })
      assert.strictEqual(error.code, "state_unwritable")
    }))

  it("is recognised on a network file system by its closest mount", () => {
    const mounts = [
      "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
      "30 22 0:40 / /home rw - nfs4 server:/home rw",
      "31 30 8:2 / /home/me/local rw - xfs /dev/sdb1 rw",
      "32 22 0:41 / /mnt/with\\040blank rw - fuse.sshfs me@there:/ rw"
    ].join("\n")
    assert.strictEqual(fileSystemOf(mounts, "/home/me/.local/state/oracle"), "nfs4")
    assert.strictEqual(fileSystemOf(mounts, "/home/me/local/state"), "xfs")
    assert.strictEqual(fileSystemOf(mounts, "/homework"), "ext4")
    assert.strictEqual(fileSystemOf(mounts, "/mnt/with blank/x"), "fuse.sshfs")
    assert.isNull(fileSystemOf("", "/"))
    for (const type of ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone"]) {
      assert.isTrue(isNetwork(type))
    }
    for (const type of ["ext4", "xfs", "btrfs", "overlay", "tmpfs", "fuse.ntfs-3g", "zfs"]) {
      assert.isFalse(isNetwork(type))
    }
  })
})
