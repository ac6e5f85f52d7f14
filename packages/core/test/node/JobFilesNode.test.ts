import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileFailure } from "../../src/node/fileFailure.ts"
import * as JobFilesNode from "../../src/node/JobFilesNode.ts"
import { JobFiles } from "../../src/store/JobFiles.ts"
import { jobId } from "../store/fixtures.ts"
import { dirsAt, temporaryDirectory } from "../store/stateDir.ts"

const filesAt = (state: string) =>
  Effect.provide(JobFiles, Layer.fresh(JobFilesNode.layer.pipe(Layer.provide(dirsAt(state)))), { local: true })

const withFiles = <A, E>(body: (files: JobFiles["Service"], state: string) => Effect.Effect<A, E>) =>
  Effect.gen(function*() {
    const state = yield* temporaryDirectory
    return yield* body(yield* filesAt(state), state)
  })

const mode = (path: string) => statSync(path).mode & 0o777

describe("JobFiles", () => {
  it.effect("makes the directories of a job for their owner only, again and again", () =>
    withFiles(Effect.fnUntraced(function*(files) {
      yield* files.makeDirs(jobId(1))
      const paths = yield* files.makeDirs(jobId(1))
      for (const path of [paths.directory, paths.artifacts, paths.diagnostics]) assert.strictEqual(mode(path), 0o700)
      assert.deepStrictEqual(yield* files.list, [jobId(1)])
    })))

  it.effect("replaces a file whole and leaves nothing else behind", () =>
    withFiles(Effect.fnUntraced(function*(files) {
      const { directory, prompt } = yield* files.makeDirs(jobId(1))
      yield* files.write(prompt, "first")
      yield* files.write(prompt, new TextEncoder().encode("zweite Fassung: ä"))
      assert.strictEqual(yield* files.read(prompt), "zweite Fassung: ä")
      assert.strictEqual(mode(prompt), 0o600)
      assert.deepStrictEqual(readdirSync(directory).filter((name) => name.startsWith(".")), [])
    })))

  it.effect("writes over a symlink instead of through it, and does not read or append through one", () =>
    withFiles(Effect.fnUntraced(function*(files, state) {
      const { eventLog, prompt } = yield* files.makeDirs(jobId(1))
      const target = join(state, "precious")
      writeFileSync(target, "precious")
      symlinkSync(target, prompt)
      symlinkSync(target, eventLog)
      assert.strictEqual((yield* Effect.flip(files.read(prompt))).code, "storage_failed")
      assert.strictEqual((yield* Effect.flip(files.append(eventLog, "x"))).code, "storage_failed")
      yield* files.write(prompt, "mine")
      assert.strictEqual(readFileSync(target, "utf8"), "precious")
      assert.strictEqual(yield* files.read(prompt), "mine")
    })))

  it.effect("keeps the old content and removes the new file when the exchange fails", () =>
    withFiles(Effect.fnUntraced(function*(files) {
      const { artifacts, directory } = yield* files.makeDirs(jobId(1))
      const error = yield* Effect.flip(files.write(artifacts, "a file cannot replace a directory"))
      assert.include(error.message, artifacts)
      assert.deepStrictEqual(readdirSync(directory).toSorted(), ["artifacts", "diagnostics", "logs"])
    })))

  it.effect("appends, and reads heads and missing files", () =>
    withFiles(Effect.fnUntraced(function*(files) {
      const { eventLog, prompt } = yield* files.makeDirs(jobId(1))
      yield* files.append(eventLog, "one\n")
      yield* files.append(eventLog, "two\n")
      assert.strictEqual(yield* files.read(eventLog), "one\ntwo\n")
      assert.strictEqual(yield* files.readHead(eventLog, 3), "one")
      assert.strictEqual(mode(eventLog), 0o600)
      assert.isNull(yield* files.read(prompt))
      assert.isNull(yield* files.readHead(prompt, 3))
    })))

  it.effect("removes one file of the job, and refuses paths that leave it", () =>
    withFiles(Effect.fnUntraced(function*(files, state) {
      const paths = yield* files.makeDirs(jobId(1))
      const outside = join(state, "outside")
      writeFileSync(outside, "")
      yield* files.write(paths.prompt, "x")
      yield* files.removeFile(jobId(1), paths.prompt)
      yield* files.removeFile(jobId(1), paths.prompt)
      assert.isNull(yield* files.read(paths.prompt))
      for (const path of [outside, join(paths.directory, "..", "x"), paths.directory, `${paths.directory}x`]) {
        assert.strictEqual((yield* Effect.flip(files.removeFile(jobId(1), path))).code, "storage_failed", path)
      }
      assert.isTrue(existsSync(outside))
    })))

  it.effect("removes all copies of what was to be sent, finished or not, and nothing else of the job", () =>
    withFiles(Effect.fnUntraced(function*(files) {
      const paths = yield* files.makeDirs(jobId(1))
      mkdirSync(join(paths.attachments, "1"), { recursive: true })
      const copies = [
        paths.archive("tar.zst"),
        paths.archive("tar.gz"),
        `${paths.archive("tar.zst")}.12-4a8e1c1e.tmp`,
        join(paths.attachments, "1", "a.png"),
        join(paths.attachments, "1", "a.png.12-4a8e1c1e.tmp")
      ]
      for (const path of [...copies, paths.prompt, paths.manifest]) writeFileSync(path, "")
      yield* files.removeCopies(jobId(1))
      yield* files.removeCopies(jobId(1))
      assert.deepStrictEqual(copies.filter((path) => existsSync(path)), [])
      assert.isFalse(existsSync(paths.attachments))
      assert.isTrue(existsSync(paths.prompt) && existsSync(paths.manifest))
    })))

  it.effect("removes a job's directory, never what a symlink in its place leads to", () =>
    withFiles(Effect.fnUntraced(function*(files, state) {
      const { directory } = yield* files.makeDirs(jobId(1))
      const other = join(state, "other")
      mkdirSync(other)
      writeFileSync(join(other, "precious"), "")
      symlinkSync(other, join(directory, "link"))
      yield* files.remove(jobId(1))
      yield* files.remove(jobId(1))
      assert.isFalse(existsSync(directory))
      symlinkSync(other, directory)
      assert.strictEqual((yield* Effect.flip(files.remove(jobId(1)))).code, "storage_failed")
      assert.isTrue(existsSync(join(other, "precious")))
    })))

  it.effect("lists only directories that carry an id of ours", () =>
    withFiles(Effect.fnUntraced(function*(files, state) {
      assert.deepStrictEqual(yield* files.list, [])
      for (const n of [2, 1]) yield* files.makeDirs(jobId(n))
      for (const name of ["oracle-x", "oracle-0b5d5b0e-0000-4000-8000-000000000000", "notes"]) {
        mkdirSync(join(state, "jobs", name))
      }
      assert.deepStrictEqual(yield* files.list, [1, 2].map(jobId))
      rmSync(join(state, "jobs"), { recursive: true })
      assert.deepStrictEqual(yield* files.list, [])
    })))
})

describe("a failure of the file system", () => {
  const failing = (code: string) => fileFailure("/jobs/job.json")(Object.assign(new Error(code), { code })).code

  it("is told apart as full, unwritable and other", () => {
    assert.deepStrictEqual(["ENOSPC", "EDQUOT", "EACCES", "EROFS", "EPERM", "EIO", "EMFILE"].map(failing), [
      "disk_full",
      "disk_full",
      "state_unwritable",
      "state_unwritable",
      "state_unwritable",
      "storage_failed",
      "too_many_files"
    ])
  })
})
