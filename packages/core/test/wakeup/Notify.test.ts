import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { defaultConfig, type OracleConfig } from "../../src/config/OracleConfig.ts"
import type { Job } from "../../src/domain/Job.ts"
import { type OracleError, oracleError } from "../../src/error/OracleError.ts"
import { HostSettings } from "../../src/host/HostSettings.ts"
import * as NotifierNode from "../../src/node/NotifierNode.ts"
import * as StateDirsNode from "../../src/node/StateDirsNode.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import * as JobStoreMemory from "../../src/store/JobStoreMemory.ts"
import { isNews, Notifier, notify } from "../../src/wakeup/Notify.ts"
import { created, jobId, jobRecord, start } from "../store/fixtures.ts"

const later = (minutes: number) => DateTime.add(start, { minutes })

const ended = (part: Partial<Job> = {}): Job =>
  jobRecord(1, {
    status: "complete",
    phase: "complete",
    createdAt: start,
    completedAt: later(5),
    config: { ...defaultConfig, notify: { desktop: true, command: ["/stored/program"] } },
    ...part
  })

/** What was told, with the notifications that the host's settings of now ask for. */
const told = (job: Job, wanted: OracleConfig["notify"], fails?: OracleError) => {
  const runs: Array<readonly [command: ReadonlyArray<string>, input: string]> = []
  const shown: Array<string> = []
  const notifier = Layer.succeed(Notifier, {
    run: (command, input) => Effect.andThen(Effect.sync(() => runs.push([command, input])), fails ?? Effect.void),
    show: (title) => Effect.sync(() => shown.push(title))
  })
  const layers = Layer.mergeAll(
    notifier,
    Layer.fresh(JobStoreMemory.layer),
    StateDirsNode.layerPaths,
    HostSettings.layerOf({ ...defaultConfig, notify: wanted })
  )
  return Effect.gen(function*() {
    yield* (yield* JobStore).insert(job, created)
    yield* notify(jobId(1))
    return { runs, shown }
  }).pipe(Effect.provide(layers))
}

describe("notify", () => {
  it.effect("runs the program that the host's settings name, never one that a record names", () =>
    Effect.gen(function*() {
      const none = yield* told(ended(), { desktop: false })
      assert.deepStrictEqual([none.runs, none.shown], [[], []])
      const { runs } = yield* told(ended(), { desktop: false, command: ["/mine", "--now"] })
      assert.deepStrictEqual(runs.map(([command]) => command), [["/mine", "--now"]])
    }))

  it.effect("gives it ids, paths and sizes, and no text of the person or of the site", () =>
    Effect.gen(function*() {
      const error = {
        code: "page_unknown",
        message: "no composer\u001b[31m",
        nextStep: "look",
        retryable: true
      } as const
      const { runs } = yield* told(ended({ status: "failed", phase: "failed", error }), {
        desktop: false,
        command: ["/mine"]
      })
      const notice = JSON.parse(runs[0]?.[1] ?? "")
      assert.deepInclude(notice, { event: "job_ended", job: jobId(1), status: "failed" })
      assert.deepStrictEqual(notice.error, { code: "page_unknown", message: "no composer", nextStep: "look" })
      assert.notProperty(notice, "config")
      assert.notInclude(Object.keys(notice).join(), "prompt")
    }))

  it.effect("says nothing of a job that goes on, and goes on itself when the program fails", () =>
    Effect.gen(function*() {
      const open = ended({ status: "waiting", phase: "awaiting_response", completedAt: null })
      assert.deepStrictEqual((yield* told(open, { desktop: true, command: ["/mine"] })).runs, [])
      const failing = yield* told(ended(), { desktop: true, command: ["/mine"] }, oracleError("internal_error", "no"))
      assert.strictEqual(failing.shown.length, 1)
    }))

  it("shows on the desktop only what took long and was not cancelled", () => {
    assert.isTrue(isNews(ended()))
    assert.isFalse(isNews(ended({ completedAt: DateTime.add(start, { seconds: 20 }) })))
    assert.isFalse(isNews(ended({ status: "cancelled", phase: "cancelled" })))
  })
})

describe("the program of the person", () => {
  const folder = mkdtempSync(join(tmpdir(), "oracle-notify-"))
  const file = join(folder, "got")
  const program = (script: string, ...args: ReadonlyArray<string>) => [process.execPath, "-e", script, ...args]
  const run = (command: ReadonlyArray<string>, input: string) =>
    Notifier.use((notifier) => notifier.run(command, input)).pipe(Effect.provide(NotifierNode.layer))

  it.live("gets its arguments as they are, never through a shell, and the text on standard input", () =>
    Effect.gen(function*() {
      const script =
        "const fs = require('fs'); fs.writeFileSync(process.argv[1], process.argv[2] + fs.readFileSync(0, 'utf8'))"
      yield* run(program(script, file, "$(id); `id`"), "{\"a\":1}")
      assert.strictEqual(readFileSync(file, "utf8"), "$(id); `id`{\"a\":1}")
      rmSync(folder, { recursive: true })
    }))

  it.live("gets no token of the environment that a library's program runs in", () =>
    Effect.gen(function*() {
      process.env["SOME_API_TOKEN"] = "do not pass on"
      yield* run(program("process.exit(process.env.SOME_API_TOKEN === undefined && process.env.PATH ? 0 : 9)"), "")
    }).pipe(Effect.ensuring(Effect.sync(() => delete process.env["SOME_API_TOKEN"]))))

  it.live("may end without reading, may be missing, may fail: all of it is told", () =>
    Effect.gen(function*() {
      yield* run(program(""), "x".repeat(1_000_000))
      assert.include((yield* Effect.flip(run(program("process.exit(3)"), ""))).message, "3")
      assert.include((yield* Effect.flip(run(["/nowhere/program"], ""))).message, "ENOENT")
    }))
})
