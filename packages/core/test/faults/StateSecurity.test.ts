/** State that others may have touched: what is ours is for us alone, and what was planted is refused, never followed. */
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { join } from "node:path"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import { OracleError } from "../../src/error/OracleError.ts"
import { HostLock } from "../../src/host/HostLock.ts"
import { HostSettings } from "../../src/host/HostSettings.ts"
import { openLog } from "../../src/node/HostLog.ts"
import { hostEnvironment, spawnHost } from "../../src/node/HostSpawn.ts"
import * as ProcessesNode from "../../src/node/ProcessesNode.ts"
import * as StateDirsNode from "../../src/node/StateDirsNode.ts"
import { Oracle } from "../../src/Oracle.ts"
import * as OracleInProcess from "../../src/OracleInProcess.ts"
import { StateDirs } from "../../src/store/StateDirs.ts"
import { FakeArchiver, request } from "../oracle/support/OracleBench.ts"
import { created, jobId, jobRecord } from "../store/fixtures.ts"
import { dirsAt, stateAt, temporaryDirectory } from "../store/stateDir.ts"
import { to, visit } from "../store/visits.ts"
import { FakeSeeds } from "../worker/support/Fakes.ts"
import { FakeSite } from "../worker/support/FakeSite.ts"

const isRoot = process.getuid?.() === 0
const nobody = 65_534

const codeOf = (error: unknown): string => error instanceof OracleError ? error.code : String(error)
const refusedBy = <A, E>(effect: Effect.Effect<A, E>) => Effect.map(Effect.flip(effect), codeOf)
const insertOne = (state: string) => visit(state, (store) => store.insert(jobRecord(1), created))

describe("a state directory after jobs have run", () => {
  it.live("is for its owner alone, down to every file, whatever the umask is", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const before = yield* Effect.acquireRelease(
        Effect.sync(() => process.umask(0)),
        (mask) => Effect.sync(() => process.umask(mask))
      )
      assert.isAtLeast(before, 0)
      const site = new FakeSite()
      site.answerMs = 0
      const archives = new Map<string, string>()
      const layer = OracleInProcess.layer({ version: "1.0.0" }).pipe(
        Layer.provideMerge(Layer.mergeAll(
          site.layer,
          new FakeSeeds().layer,
          ProcessesNode.layer,
          new FakeArchiver().layerOver(archives),
          HostSettings.layerOf(),
          NodeFileSystem.layer,
          NodePath.layer,
          stateAt(state)
        ))
      )
      yield* Effect.gen(function*() {
        const oracle = yield* Oracle
        const job = yield* oracle.submit(yield* oracle.plan(request({ cwd: yield* temporaryDirectory })))
        yield* oracle.wait(job.id)
      }).pipe(Effect.provide(layer))
      const names = readdirSync(state, { recursive: true, encoding: "utf8" })
      assert.isTrue(names.some((name) => name.endsWith("response.md")), names.join(" "))
      for (const name of names) {
        const found = lstatSync(join(state, name))
        assert.strictEqual(found.mode & 0o777, found.isDirectory() ? 0o700 : 0o600, name)
      }
    }))
})

describe("a planted", () => {
  for (const planted of ["", "/logs", "/artifacts", "/diagnostics"]) {
    it.effect(`link in the place of a job's directory${planted} gets nothing`, () =>
      Effect.gen(function*() {
        const state = yield* temporaryDirectory
        const trap = join(state, "trap")
        const directory = join(state, "jobs", `oracle-${jobId(1)}`)
        mkdirSync(trap)
        mkdirSync(planted === "" ? join(state, "jobs") : directory, { recursive: true })
        symlinkSync(trap, directory + planted)
        assert.strictEqual(yield* refusedBy(insertOne(state)), "state_unsafe")
        assert.deepStrictEqual(readdirSync(trap), [])
        assert.deepStrictEqual((yield* visit(state, (store) => store.list({}))).jobs, [])
      }))
  }

  it.effect("link in the place of the jobs directory is refused", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      mkdirSync(join(state, "elsewhere"))
      symlinkSync(join(state, "elsewhere"), join(state, "jobs"))
      const dirs = StateDirsNode.layer.pipe(
        Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ ORACLE_STATE_DIR: state })))
      )
      assert.strictEqual(yield* refusedBy(Effect.provide(StateDirs, dirs)), "state_unsafe")
    }))

  for (const name of ["oracle.db", "oracle.db-wal", "host-lock.db"]) {
    it.effect(`link in the place of ${name} is refused and not written through`, () =>
      Effect.gen(function*() {
        const state = yield* temporaryDirectory
        const target = join(state, "target")
        if (name === "oracle.db-wal") writeFileSync(join(state, "oracle.db"), "")
        symlinkSync(target, join(state, name))
        const acquire = Effect.scoped(HostLock.use((lock) => lock.tryAcquire)).pipe(Effect.provide(stateAt(state)))
        const code = name === "host-lock.db" ? yield* refusedBy(acquire) : yield* refusedBy(insertOne(state))
        assert.strictEqual(code, "state_unsafe")
        assert.isFalse(existsSync(target))
      }))
  }

  it.effect.skipIf(!isRoot)("directory or database of another user is refused", () =>
    Effect.gen(function*() {
      const layerOf = (state: string) =>
        StateDirsNode.layer.pipe(
          Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ ORACLE_STATE_DIR: state })))
        )
      const theirs = yield* temporaryDirectory
      chownSync(theirs, nobody, nobody)
      assert.strictEqual(yield* refusedBy(Effect.provide(StateDirs, layerOf(theirs))), "state_unsafe")

      const jobs = yield* temporaryDirectory
      mkdirSync(join(jobs, "jobs"))
      chownSync(join(jobs, "jobs"), nobody, nobody)
      assert.strictEqual(yield* refusedBy(Effect.provide(StateDirs, layerOf(jobs))), "state_unsafe")

      const job = yield* temporaryDirectory
      const directory = join(job, "jobs", `oracle-${jobId(1)}`)
      mkdirSync(directory, { recursive: true })
      chownSync(directory, nobody, nobody)
      assert.strictEqual(yield* refusedBy(insertOne(job)), "state_unsafe")
      assert.deepStrictEqual(readdirSync(directory), [])

      const database = yield* temporaryDirectory
      yield* insertOne(database)
      chownSync(join(database, "oracle.db"), nobody, nobody)
      assert.strictEqual(yield* refusedBy(visit(database, (store) => store.list({}))), "state_unsafe")
    }))

  it.effect("temporary file does not catch what is written, because its name is not known before", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const target = join(state, "target")
      yield* insertOne(state)
      const directory = realpathSync(join(state, "jobs", `oracle-${jobId(1)}`))
      for (const name of [".job.json.tmp", "job.json.tmp", ".job.json"]) symlinkSync(target, join(directory, name))
      yield* visit(state, (store) => Effect.andThen(store.advanceEpoch, store.update(jobId(1), to("queued"))))
      assert.isFalse(existsSync(target))
    }))
})

describe("a folder for runtimes that cannot be made", () => {
  it.live.skipIf(process.platform !== "linux")(
    "is refused before anything is archived, and at once",
    () =>
      Effect.gen(function*() {
        const state = yield* temporaryDirectory
        const site = new FakeSite()
        const layer = OracleInProcess.layer({ version: "1.0.0" }).pipe(
          Layer.provideMerge(Layer.mergeAll(
            site.layer,
            new FakeSeeds().layer,
            ProcessesNode.layer,
            new FakeArchiver().layerOver(new Map()),
            HostSettings.layerOf(),
            NodeFileSystem.layer,
            NodePath.layer,
            stateAt(state)
          ))
        )
        yield* Effect.gen(function*() {
          const oracle = yield* Oracle
          const browser = { ...defaultConfig.browser, runtimeProfilesDir: "/proc/oracle/runtimes" }
          const asked = request({ cwd: yield* temporaryDirectory, config: { ...defaultConfig, browser } })
          const error = yield* Effect.flip(oracle.plan(asked))
          assert.strictEqual(error.code, "state_unwritable")
          assert.include(error.message, "/proc/oracle")
        }).pipe(Effect.provide(layer))
      })
  )
})

describe("the process of a host", () => {
  it("gets the part of the environment that it needs and no secret of anybody", () => {
    const secrets = {
      OPENAI_API_KEY: "s1",
      AWS_SECRET_ACCESS_KEY: "s2",
      GITHUB_TOKEN: "s3",
      NODE_OPTIONS: "--require ./evil.js",
      LD_PRELOAD: "evil.so",
      SSH_AUTH_SOCK: "s4",
      DATABASE_URL: "s5",
      ELECTRON_RUN_AS_NODE: "1"
    }
    const kept = { PATH: "/bin", HOME: "/h", LANG: "C", ORACLE_STATE_DIR: "/s", XDG_STATE_HOME: "/x", LC_ALL: "C" }
    assert.deepStrictEqual(hostEnvironment({ ...secrets, ...kept }), kept)
  })

  it.live.skipIf(process.platform !== "linux")(
    "shows neither in its arguments nor in its environment what a job holds",
    () =>
      Effect.gen(function*() {
        const state = yield* temporaryDirectory
        const dirs = yield* Effect.provide(StateDirs, dirsAt(state))
        process.env["ORACLE_TEST_TOKEN_FOR_NOBODY"] = "kept-because-of-its-prefix"
        process.env["SECRET_OF_SOMEBODY"] = "do-not-pass-on"
        const entry = join(import.meta.dirname, "..", "node", "children", "sleep.ts")
        const child = yield* Effect.acquireRelease(
          Effect.sync(() => spawnHost({ file: entry, execArgv: [], version: "1.0.0" }, dirs, openLog(dirs.hostLog), 0)),
          ({ pid }) => Effect.sync(() => void (pid !== undefined && process.kill(pid, "SIGKILL")))
        )
        delete process.env["SECRET_OF_SOMEBODY"]
        delete process.env["ORACLE_TEST_TOKEN_FOR_NOBODY"]
        yield* Effect.sleep("50 millis").pipe(
          Effect.repeat({
            until: () => readFileSync(`/proc/${child.pid}/cmdline`, "utf8").includes("sleep.ts"),
            times: 100
          })
        )
        const args = readFileSync(`/proc/${child.pid}/cmdline`, "utf8").split("\0").filter((arg) => arg !== "")
        assert.deepStrictEqual(args, [process.execPath, "--max-semi-space-size=1", "--optimize-for-size", entry])
        const environment = readFileSync(`/proc/${child.pid}/environ`, "utf8")
        assert.notInclude(environment, "do-not-pass-on")
        assert.include(environment, `ORACLE_STATE_DIR=${state}`)
      })
  )
})
