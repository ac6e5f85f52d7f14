import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import type { Job } from "../../src/domain/Job.ts"
import { type OracleError, oracleError } from "../../src/error/OracleError.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { admitted, type Bench, bench, configWith, prompt, runToEnd } from "./support/Bench.ts"
import { dirs } from "./support/Fakes.ts"
import { type Action, crash, pages } from "./support/FakeSite.ts"

const fails = (action: Action, times: number, error: OracleError) => (found: Action, nth: number) =>
  found === action && nth < times ? Effect.fail(error) : undefined

/** Runs one job against a site that the test has prepared. */
const run = (prepare: (parts: Bench) => void, part: Partial<Job> = {}) => {
  const parts = bench()
  prepare(parts)
  return Effect.gen(function*() {
    const id = yield* admitted(parts, part)
    const job = yield* runToEnd(id)
    return { job, leases: yield* (yield* JobStore).leases, ...parts }
  }).pipe(Effect.provide(parts.layer))
}

const nothingLeft = ({ job, leases, seeds, site }: Effect.Success<ReturnType<typeof run>>) => {
  assert.strictEqual(site.openBrowsers, 0)
  assert.strictEqual(seeds.runtimes.size, 0)
  assert.deepStrictEqual(leases, [])
  assert.strictEqual(job.runtime, null)
  assert.strictEqual(job.cleanup.pending, false)
}

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

describe("trouble before the send", () => {
  const cases: ReadonlyArray<readonly [string, (parts: Bench) => void, string]> = [
    ["login", ({ site }) => (site.page = pages.login), "login_required"],
    ["a challenge", ({ site }) => (site.page = pages.challenge), "challenge_blocking"],
    ["an outage that lasts", ({ site }) => (site.page = pages.outage), "outage"],
    ["a page that nobody knows", ({ site }) => (site.page = pages.strange), "page_unknown"],
    [
      "a model that is not offered",
      ({ site }) => (site.fault = fails("selectModel", 1, oracleError("model_unavailable", "no Pro"))),
      "model_unavailable"
    ],
    [
      "an upload without proof",
      ({ site }) => (site.fault = fails("attach", 1, oracleError("upload_failed", "no chip"))),
      "upload_failed"
    ],
    [
      "a composer that changes the prompt",
      ({ site }) => (site.fault = fails("compose", 1, oracleError("prompt_not_faithful", "differs"))),
      "prompt_not_faithful"
    ],
    [
      "an upload that never ends",
      ({ site }) => (site.fault = (action) => action === "attach" ? Effect.never : undefined),
      "step_timeout"
    ],
    [
      "a browser that does not start",
      ({ site }) => (site.fault = fails("open", 9, oracleError("browser_launch_failed", "no display"))),
      "browser_launch_failed"
    ],
    [
      "a seed that cannot be cloned",
      ({ seeds }) => (seeds.cloning = oracleError("seed_invalid", "torn")),
      "seed_invalid"
    ],
    ["a clone that never ends", ({ seeds }) => (seeds.cloning = Effect.never), "step_timeout"],
    [
      "a defect in the driver",
      ({ site }) => (site.fault = (action) => action === "attach" ? Effect.die("bug") : undefined),
      "internal_error"
    ],
    ["a browser that is lost each time", ({ site }) => (site.fault = fails("attach", 9, crash())), "browser_crashed"]
  ]
  for (const [name, prepare, code] of cases) {
    it.effect(`ends the job as ${code} for ${name}, with nothing sent and nothing left`, () =>
      Effect.gen(function*() {
        const done = yield* run(prepare)
        assert.strictEqual(done.job.phase, "failed")
        assert.strictEqual(done.job.error?.code, code)
        assert.deepStrictEqual(done.site.sends, [])
        assert.isTrue(done.files.files.has(dirs.job(done.job.id).archive("tar.zst")))
        nothingLeft(done)
      }))
  }

  it.effect("saves diagnostics of the page that stood in the way", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => (site.page = pages.strange))
      assert.deepStrictEqual(site.diagnosed, [`${dirs.job(job.id).diagnostics}/verifying_auth-1`])
    }))

  it.effect("names the job and the site in the next step", () =>
    Effect.gen(function*() {
      const { job } = yield* run(({ site }) => (site.page = pages.login))
      assert.include(job.error?.nextStep, "oracle auth practice")
      assert.include(job.error?.nextStep, job.id)
    }))

  it.effect("outlives a short outage by loading the page anew", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.page = pages.outage
        site.fault = (action, nth) => action === "reload" && nth === 2 ? Effect.sync(() => site.ready()) : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("starts again, at most three times, when the browser is lost", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => (site.fault = fails("attach", 2, crash())))
      assert.strictEqual(done.job.phase, "complete")
      assert.strictEqual(done.site.opened, 3)
      assert.strictEqual(done.site.sends.length, 1)
      nothingLeft(done)
    }))

  it.effect("refuses a prompt file that is not the one that was submitted", () =>
    Effect.gen(function*() {
      const parts = bench()
      const job = yield* Effect.gen(function*() {
        const id = yield* admitted(parts)
        parts.files.files.set(dirs.job(id).prompt, "something else")
        return yield* runToEnd(id)
      }).pipe(Effect.provide(parts.layer))
      assert.strictEqual(job.error?.code, "storage_failed")
      assert.deepStrictEqual(parts.site.sends, [])
    }))
})

describe("a site that limits its rate", () => {
  it.effect("waits without a browser and sends once the limit is over", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => {
        site.page = pages.limited
        site.fault = (action, nth) => action === "open" && nth === 2 ? Effect.sync(() => site.ready()) : undefined
      })
      assert.strictEqual(done.job.phase, "complete")
      assert.strictEqual(done.site.opened, 3)
      assert.strictEqual(done.site.sends.length, 1)
      nothingLeft(done)
    }))

  it.effect("sends again after the send itself was refused for now", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.outcome = (nth) =>
          nth < 3
            ? { arrives: false, outcome: { _tag: "Refused", evidence: "status 429", httpStatus: 429 } }
            : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("gives up when the limit outlasts the job", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => (site.page = pages.limited))
      assert.strictEqual(done.job.error?.code, "rate_limited")
      assert.deepStrictEqual(done.site.sends, [])
      nothingLeft(done)
    }))
})

describe("the send", () => {
  it.effect("is tried once more after a refusal", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.outcome = (nth) =>
          nth === 0
            ? { arrives: false, outcome: { _tag: "Refused", evidence: "status 500", httpStatus: 500 } }
            : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("is not tried a third time", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.outcome = () => ({ arrives: false, outcome: { _tag: "Refused", evidence: "status 500", httpStatus: 500 } })
      })
      assert.strictEqual(job.error?.code, "send_refused")
      assert.strictEqual(site.log.filter((action) => action === "send").length, 2)
    }))

  it.effect("is never repeated when its outcome is not proven: the conversation is found instead", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.outcome = () => ({ arrives: true, outcome: { _tag: "Unproven", evidence: "no answer" } })
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
      assert.strictEqual(job.chatUrl, "https://site.test/c/c1")
    }))

  it.effect("ends as send_outcome_unknown when nothing proves what happened", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => {
        site.outcome = () => ({ arrives: false, outcome: { _tag: "Unproven", evidence: "no answer" } })
      })
      assert.strictEqual(done.job.error?.code, "send_outcome_unknown")
      assert.strictEqual(done.job.send.state, "attempting")
      assert.strictEqual(done.site.log.filter((action) => action === "send").length, 1)
      nothingLeft(done)
    }))

  it.effect("is allowed again where an authoritative history proves absence twice", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.facts = { historyAuthoritative: true }
        site.outcome = (nth) =>
          nth === 0 ? { arrives: false, outcome: { _tag: "Unproven", evidence: "no answer" } } : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("counts a driver that fails during the click as unproven", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => (site.fault = fails("send", 1, crash())))
      assert.strictEqual(job.error?.code, "send_outcome_unknown")
      assert.strictEqual(site.log.filter((action) => action === "send").length, 1)
    }))

  it.effect("counts a click without an end as unproven after its limit", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.fault = (action) => action === "send" ? Effect.never : undefined
      })
      assert.strictEqual(job.error?.code, "send_outcome_unknown")
      assert.strictEqual(site.log.filter((action) => action === "send").length, 1)
    }))
})

describe("trouble after the send", () => {
  const afterSend = (
    site: Bench["site"],
    action: Action,
    run: (nth: number) => Effect.Effect<void, OracleError> | undefined
  ) => {
    let nth = 0
    site.fault = (found) => found === action && site.sends.length > 0 ? run(nth++) : undefined
  }

  it.effect("reopens the conversation when the browser is lost, without another send", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) =>
        afterSend(site, "probe", (nth) => nth < 4 ? Effect.fail(crash()) : undefined)
      )
      assert.strictEqual(done.job.phase, "complete")
      assert.strictEqual(done.site.sends.length, 1)
      assert.isAbove(done.site.opened, 1)
      nothingLeft(done)
    }))

  it.effect("waits out an outage without a browser", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => {
        site.answerMs = 60_000
        afterSend(site, "probe", (nth) => nth === 3 ? Effect.sync(() => void (site.page = pages.outage)) : undefined)
        const first = site.fault
        site.fault = (action, nth) =>
          action === "open" && nth === 2 ? Effect.sync(() => site.ready()) : first(action, nth)
      })
      assert.strictEqual(done.job.phase, "complete")
      assert.strictEqual(done.site.sends.length, 1)
      nothingLeft(done)
    }))

  it.effect("goes on by itself once the seed is repaired after a lost login", () =>
    Effect.gen(function*() {
      const parts = bench()
      parts.site.answerMs = 60_000
      afterSend(parts.site, "probe", (nth) =>
        nth === 3
          ? Effect.sync(() => void (parts.site.page = pages.login))
          : undefined)
      const job = yield* Effect.gen(function*() {
        const id = yield* admitted(parts)
        const repair = Effect.gen(function*() {
          yield* Effect.sleep(100_000)
          parts.seeds.generation = 2
          parts.site.ready()
        })
        yield* Effect.forkChild(repair)
        return yield* runToEnd(id)
      }).pipe(Effect.provide(parts.layer))
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(parts.site.sends.length, 1)
    }))

  it.effect("keeps the text so far when the time is up", () =>
    Effect.gen(function*() {
      const config = configWith(defaultConfig, { completionTimeoutMs: 60_000 })
      const { files, job } = yield* run(({ site }) => (site.answerMs = 10_000_000), { config })
      assert.strictEqual(job.error?.code, "completion_timeout")
      assert.strictEqual(job.error?.retryable, true)
      assert.isTrue(job.response?.partial)
      assert.strictEqual(files.files.get(dirs.job(job.id).responsePartial), "# The answer")
      assert.isAtLeast(job.observedMs, 60_000)
      assert.isBelow(job.observedMs, 70_000)
    }))

  it.effect("fails promptly when the turn itself failed, and keeps what is there", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.probePart = (nth) => nth > 3 ? { failed: true, generating: false } : {}
      })
      assert.strictEqual(job.error?.code, "response_failed")
      assert.isTrue(job.response?.partial)
      assert.isFalse(site.log.includes("continueGenerating"))
    }))

  it.effect("presses continue at most ten times", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.probePart = () => ({ continueOffered: true, generating: false, finishControls: true, chars: 50 })
      })
      assert.strictEqual(site.log.filter((action) => action === "continueGenerating").length, 10)
      assert.strictEqual(job.error?.code, "response_failed")
    }))

  it.effect("reads a stubborn answer again before it gives up", () =>
    Effect.gen(function*() {
      const { job } = yield* run(({ site }) =>
        afterSend(site, "extract", (nth) => nth < 2 ? Effect.fail(oracleError("extraction_failed", "torn")) : undefined)
      )
      assert.strictEqual(job.phase, "complete")
    }))

  it.effect("fails as extraction_failed when a finished turn holds nothing", () =>
    Effect.gen(function*() {
      const { job } = yield* run(({ site }) => {
        site.answer = { markdown: " ", text: "", alternative: null, files: [] }
      })
      assert.strictEqual(job.error?.code, "extraction_failed")
      assert.strictEqual(job.send.state, "confirmed")
    }))

  it.effect("fails as disk_full when the answer cannot be written", () =>
    Effect.gen(function*() {
      const { job } = yield* run(({ files }) => {
        files.fault = (path) => path.endsWith("response.md") ? oracleError("disk_full", path) : undefined
      })
      assert.strictEqual(job.error?.code, "disk_full")
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
