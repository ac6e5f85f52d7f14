import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Result } from "effect"
import { TestClock } from "effect/testing"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import type { JobId } from "../../src/domain/Ids.ts"
import * as JobTransition from "../../src/domain/JobTransition.ts"
import { Oracle } from "../../src/Oracle.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { giveBack } from "../../src/upkeep/BorrowedRuntime.ts"
import { deleteRemote, remoteOf } from "../../src/upkeep/CleanRemote.ts"
import { type HostBench, hostBench, startHost } from "../host/support/HostBench.ts"
import { admitted, until } from "../worker/support/Bench.ts"
import { processRecord } from "../worker/support/Fakes.ts"
import { pages } from "../worker/support/FakeSite.ts"
import { codeOf } from "./support/codeOf.ts"
import { oracleBench, request } from "./support/OracleBench.ts"
import { ended, submit } from "./support/Submitting.ts"

describe("deleting the conversation of a job on its site", () => {
  const asked = Effect.fnUntraced(function*() {
    const { id } = yield* submit()
    return yield* ended(id)
  })

  it.effect("opens it in a browser of its own, deletes it and leaves nothing", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const { id } = yield* asked()
      yield* deleteRemote(yield* remoteOf(id), defaultConfig)
      assert.strictEqual(parts.site.conversations.size, 0)
      assert.deepStrictEqual([parts.site.openBrowsers, parts.seeds.runtimes.size], [0, 0])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("is refused while another job uses the conversation, and when its prompt is not in it", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const job = yield* asked()
      const follow = yield* submit({ followUpJobId: job.id, prompt: "And then?" })
      const busy = yield* codeOf(remoteOf(job.id))
      yield* ended(follow.id)
      const shared = yield* codeOf(remoteOf(job.id))
      const other = yield* ended((yield* submit()).id)
      const mine = yield* remoteOf(other.id)
      parts.site.conversations.get(mine.thread.url)?.prompts.pop()
      assert.deepStrictEqual([busy, shared], ["conversation_shared", "conversation_shared"])
      assert.strictEqual(yield* codeOf(deleteRemote(mine, defaultConfig)), "conversation_mismatch")
      assert.strictEqual(parts.site.conversations.size, 2)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("is refused for a job that is not ended, and for a temporary chat", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const open = yield* submit()
      const active = yield* codeOf(remoteOf(open.id))
      yield* ended(open.id)
      const temporary = yield* ended((yield* submit({ temporary: true })).id)
      assert.deepStrictEqual([active, yield* codeOf(remoteOf(temporary.id))], ["job_active", "usage_error"])
      assert.isNotNull(yield* (yield* JobStore).get(open.id))
    }).pipe(Effect.provide(parts.layer))
  })

  const room = (capacity: number) => ({
    ...defaultConfig,
    browser: { ...defaultConfig.browser, maxConcurrentJobs: capacity }
  })

  /** A deletion that stands still in its browser. */
  const held = Effect.fnUntraced(function*(parts: ReturnType<typeof oracleBench>) {
    const { id } = yield* asked()
    const found = yield* remoteOf(id)
    parts.site.fault = (action) => action === "deleteConversation" ? Effect.never : undefined
    const fiber = yield* Effect.forkChild(deleteRemote(found, defaultConfig))
    yield* until(Effect.sync(() => parts.site.openBrowsers === 1))
    return { id, fiber }
  })

  it.effect("counts as a browser of the account, holds the conversation, and gives both back", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const store = yield* JobStore
      const other = yield* remoteOf((yield* asked()).id)
      const { fiber, id } = yield* held(parts)
      const kinds = (yield* store.leases).filter(({ job }) => job === id).map(({ kind }) => kind).toSorted()
      assert.deepStrictEqual(kinds, ["conversation", "runtime"])
      assert.strictEqual(yield* codeOf(deleteRemote(other, room(1))), "no_free_browser")
      const { chatUrl } = yield* store.get(id)
      const taken = oracle.plan(request({ conversation: chatUrl ?? "", prompt: "And?" }))
      assert.strictEqual(yield* codeOf(taken), "conversation_busy")
      yield* Fiber.interrupt(fiber)
      const { cleanup, runtime } = yield* store.get(id)
      assert.deepStrictEqual([runtime, cleanup.pending, yield* store.leases], [null, false, []])
      assert.deepStrictEqual([parts.site.openBrowsers, parts.seeds.runtimes.size], [0, 0])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("names itself and not a resume in the next step of what stands in its way", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const { account, id, site } = yield* asked()
      const found = yield* remoteOf(id)
      parts.site.page = pages.login
      const fiber = yield* Effect.forkChild(Effect.flip(deleteRemote(found, defaultConfig)))
      yield* until(Effect.sync(() => fiber.pollUnsafe() !== undefined), 1000, 120_000)
      const { code, nextStep } = yield* Fiber.join(fiber)
      assert.strictEqual(code, "login_required")
      const profile = account === "default" ? site : `${site} --account ${account}`
      assert.strictEqual(nextStep, `run 'oracle auth ${profile}', then 'oracle clean ${id} --remote'`)
      parts.site.ready()
      parts.site.conversations.get(found.thread.url)?.prompts.pop()
      const other = yield* Effect.flip(deleteRemote(found, defaultConfig))
      assert.deepStrictEqual([other.code, other.nextStep.includes(`'oracle clean ${id}'`)], [
        "conversation_mismatch",
        true
      ])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("ends within its bound on a page that never answers", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const { fiber } = yield* held(parts)
      yield* until(Effect.sync(() => fiber.pollUnsafe() !== undefined), 1000, 170_000)
      const { code, nextStep } = yield* Effect.flip(Fiber.join(fiber))
      assert.strictEqual(code, "step_timeout")
      assert.notMatch(nextStep, /resume|</)
      assert.deepStrictEqual(yield* (yield* JobStore).leases, [])
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a browser that a client runs for an ended job", () => {
  const runtime = { id: "borrowed", profileDir: "/state/runtimes/borrowed/profile", seedGeneration: 1 }

  /** A complete job whose conversation is being deleted by the client with this number. */
  const borrowedBy = Effect.fnUntraced(function*(parts: HostBench, pid: number) {
    const store = yield* JobStore
    const id = yield* admitted(parts, { conversationId: "c1", chatUrl: "https://site.test/c/c1" })
    yield* store.release(id, ["runtime", "conversation"])
    yield* store.update(id, (job) => Result.succeed({ ...job, status: "failed", phase: "failed" }))
    const taken = { ...runtime, browser: processRecord(70), client: processRecord(pid) }
    yield* store.borrow(id, taken, { capacity: 1, perAccount: 5 })
    parts.processes.living.add(70)
    parts.seeds.runtimes.add("borrowed")
    return id
  })

  const nothingLeft = (parts: HostBench, id: JobId) =>
    Effect.gen(function*() {
      const store = yield* JobStore
      const { cleanup, runtime } = yield* store.get(id)
      return runtime === null && !cleanup.pending && (yield* store.leases).length === 0 &&
        !parts.seeds.runtimes.has("borrowed") && parts.processes.ended.includes(70)
    })

  it.effect("is taken away by the next host when its client is dead", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const id = yield* borrowedBy(parts, 60)
      yield* startHost()
      yield* until(nothingLeft(parts, id), 100, 5000)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("is left alone while its client lives, and taken away soon after it died beside a running host", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.processes.living.add(60)
      const id = yield* borrowedBy(parts, 60)
      yield* startHost([], true)
      yield* TestClock.adjust(70_000)
      assert.isTrue(parts.seeds.runtimes.has("borrowed"))
      assert.strictEqual((yield* (yield* JobStore).leases).length, 2)
      parts.processes.living.delete(60)
      yield* until(nothingLeft(parts, id), 1000, 65_000)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("is ended by force when its client takes longer than a clean-up may", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.processes.living.add(60)
      const id = yield* borrowedBy(parts, 60)
      yield* startHost([], true)
      yield* until(nothingLeft(parts, id), 1000, 250_000)
      assert.isTrue(parts.processes.living.has(60))
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("gives back nothing that its job holds anew, having been resumed while the dead client was cleaned up after", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const id = yield* borrowedBy(parts, 60)
      const fence = yield* store.advanceEpoch
      parts.processes.ending = Effect.gen(function*() {
        yield* store.update(id, JobTransition.resume)
        yield* store.promote(fence, { capacity: 2, perAccount: 5 })
      }).pipe(Effect.orDie)
      yield* giveBack(id, "borrowed")
      assert.strictEqual((yield* store.get(id)).phase, "submitted")
      assert.deepStrictEqual((yield* store.leases).map(({ kind }) => kind).toSorted(), ["conversation", "runtime"])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("keeps its job from being resumed or removed, until the client that died is cleaned up after", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const store = yield* JobStore
      const job = yield* ended((yield* submit()).id)
      yield* store.update(job.id, (job) => Result.succeed({ ...job, status: "failed", phase: "failed" }))
      parts.processes.living.add(60)
      const client = processRecord(60)
      yield* store.borrow(job.id, { ...runtime, browser: null, client }, { capacity: 1, perAccount: 5 })
      const refused = [yield* codeOf(oracle.resume(job.id)), yield* codeOf(remoteOf(job.id))]
      assert.deepStrictEqual(refused, ["job_active", "clean_postponed"])
      parts.processes.living.delete(60)
      assert.strictEqual((yield* remoteOf(job.id)).job.id, job.id)
      assert.deepStrictEqual(yield* store.leases, [])
    }).pipe(Effect.provide(parts.layer))
  })
})
