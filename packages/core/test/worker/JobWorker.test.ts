import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import { oracleError } from "../../src/error/OracleError.ts"
import { prompt } from "./support/Bench.ts"
import { dirs } from "./support/Fakes.ts"
import { nothingLeft, run } from "./support/runJob.ts"

describe("a job that goes well", () => {
  it.effect("brings the answer back and leaves nothing behind", () =>
    Effect.gen(function*() {
      const done = yield* run(() => undefined)
      const { files, job, site } = done
      const paths = dirs.job(job.id)
      assert.strictEqual(job.phase, "complete")
      assert.deepStrictEqual(site.sends, [prompt])
      assert.deepStrictEqual(site.uploads, [`context-${job.id}.tar.zst`])
      assert.strictEqual(files.files.get(paths.responseMarkdown), "# The answer")
      assert.strictEqual(files.files.get(paths.responseText), "The answer")
      assert.strictEqual(job.chatUrl, "https://site.test/c/c1")
      assert.strictEqual(job.send.state, "confirmed")
      assert.deepStrictEqual(job.cleanup.warnings, [])
      assert.notStrictEqual(job.archive?.deletedAt, null)
      assert.isFalse(files.files.has(paths.archive("tar.zst")))
      nothingLeft(done)
    }))

  it.effect("keeps the archive when the configuration says so", () =>
    Effect.gen(function*() {
      const config = { ...defaultConfig, archive: { ...defaultConfig.archive, keep: true } }
      const { files, job } = yield* run(() => undefined, { config })
      assert.strictEqual(job.archive?.deletedAt, null)
      assert.isTrue(files.files.has(dirs.job(job.id).archive("tar.zst")))
    }))

  it.effect("sends without an archive when the job has none", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(() => undefined, { archive: null })
      assert.strictEqual(job.phase, "complete")
      assert.deepStrictEqual(site.uploads, [])
    }))

  it.effect("keeps the second of two offered answers in a file of its own", () =>
    Effect.gen(function*() {
      const { files, job } = yield* run(({ site }) => {
        site.answer = { ...site.answer, alternative: { markdown: "# Another", text: "Another" } }
      })
      assert.strictEqual(files.files.get(dirs.job(job.id).responseAlternative), "# Another")
      assert.strictEqual(job.response?.alternativePath, dirs.job(job.id).responseAlternative)
    }))

  it.effect("saves the files of the answer under names of their own, with a manifest", () =>
    Effect.gen(function*() {
      const { files, job } = yield* run(({ site }) => {
        site.answer = {
          ...site.answer,
          files: [{ key: "1", label: "a.txt", kind: "file" }, { key: "2", label: "a.txt", kind: "file" }]
        }
      })
      assert.strictEqual(job.phase, "complete")
      assert.deepStrictEqual(job.artifacts, {
        manifestPath: dirs.job(job.id).artifactManifest,
        count: 2,
        failures: 0
      })
      const manifest = files.files.get(dirs.job(job.id).artifactManifest) ?? ""
      assert.include(manifest, "\"a.txt\"")
      assert.include(manifest, "\"a.txt-2\"")
    }))

  it.effect("takes an answer of files alone for an answer", () =>
    Effect.gen(function*() {
      const { job } = yield* run(({ site }) => {
        site.answer = { ...site.answer, markdown: "", text: "", files: [{ key: "1", label: "a", kind: "image" }] }
      })
      assert.strictEqual(job.phase, "complete")
    }))

  it.effect("loses no other file when one cannot be saved", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => {
        site.answer = {
          ...site.answer,
          files: [{ key: "1", label: "bad", kind: "file" }, { key: "2", label: "good", kind: "file" }]
        }
        site.downloadError = (file) => file.label === "bad" ? oracleError("artifact_failed", "404") : undefined
      })
      assert.strictEqual(done.job.phase, "complete_with_artifact_errors")
      assert.strictEqual(done.job.status, "complete")
      assert.strictEqual(done.job.artifacts?.count, 1)
      assert.strictEqual(done.job.artifacts?.failures, 1)
      nothingLeft(done)
    }))
})

describe("releases", () => {
  it.effect("are bounded: a close that hangs becomes a warning and frees the leases", () =>
    Effect.gen(function*() {
      const { job, leases, processes } = yield* run(({ processes, site }) => {
        site.closing = Effect.never
        processes.living.add(5000)
      })
      assert.strictEqual(job.phase, "complete")
      assert.match(job.cleanup.warnings.join(), /browser: release did not end within 15000 ms/)
      assert.isTrue(job.cleanup.pending)
      assert.deepStrictEqual(leases, [])
      assert.deepStrictEqual(processes.ended, [5000])
    }))
})

describe("the log of a worker", () => {
  it.effect("tells the steps in order and holds neither prompt nor answer", () =>
    Effect.gen(function*() {
      const { files, job } = yield* run(() => undefined)
      const log = files.files.get(dirs.job(job.id).workerLog) ?? ""
      const order = ["cloning", "launching", "opening", "uploading", "attempting", "confirmed", "complete"]
      const found = order.map((word) => log.indexOf(word))
      assert.deepStrictEqual(found, found.toSorted((a, b) => a - b))
      assert.isAtLeast(found[0]!, 0)
      assert.notInclude(log, prompt.trim())
      assert.notInclude(log, "The answer")
    }))
})
