import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fileIn, stateOf, visitReady } from "./practice.ts"
import { anchorFor, ask, sha256 } from "./session.ts"

/** Every kind of text that has been mangled by some tool on the way into a composer. */
const special =
  "$& $1 $$ $` \\n \\0 %s {{x}} ${y} <b>&amp;</b> * _ ` # > - 1. [a](b) \u00A0nbsp\u00A0 tab\there  two  spaces  é e\u0301 🙂 漢字"

const longPrompt = (chars: number): string => {
  const lines: Array<string> = []
  for (let sum = 0, line = 0; sum < chars; line += 1) {
    const text = line % 7 === 0 ? "" : `${line}: ${special}`.slice(0, chars - sum)
    lines.push(text)
    sum += text.length + 1
  }
  return lines.join("\n")
}

describe("the composer", () => {
  it.live("takes special text and line ends as they are", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page } = yield* visitReady("fast")
      const prompt = `${special}\r\n\r\n  indented\rlast\n\n`
      yield* ask(page, prompt)
      const sent = prompt.replaceAll(/\r\n?/g, "\n")
      assert.strictEqual(admin.log("send")[0]?.detail["prompt"], sent)
    })))

  it.live("takes a prompt of 200 kB in seconds, byte for byte", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page } = yield* visitReady("fast")
      const prompt = longPrompt(200_000)
      const started = performance.now()
      yield* page.compose(prompt)
      const seconds = (performance.now() - started) / 1000
      const baseline = yield* page.baseline
      yield* page.send(anchorFor(baseline, prompt))
      assert.isAtMost(seconds, 20)
      assert.strictEqual(admin.log("send")[0]?.detail["promptSha256"], sha256(prompt))
    })))

  it.live("replaces the draft that the page restores", () =>
    Effect.scoped(Effect.gen(function*() {
      const { page, raw } = yield* visitReady("fast")
      yield* Effect.promise(() => raw.keyboard.insertText("an old draft\nof two lines"))
      yield* page.compose("the new one")
      const text = yield* Effect.promise(() => raw.evaluate("document.querySelector('#prompt-textarea').innerText"))
      assert.strictEqual(text, "the new one")
    })))

  it.live("says where a page cuts the prompt off", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page } = yield* visitReady("truncating-composer")
      const error = yield* Effect.flip(page.compose("x".repeat(60_000)))
      assert.strictEqual(error.code, "prompt_not_faithful")
      assert.include(error.detail, "50000 of 60000")
      assert.notInclude(error.detail, "xxx")
      assert.deepStrictEqual(admin.log("send"), [])
    })))

  it.live("refuses a prompt over the site's limit before anything is filled in", () =>
    Effect.scoped(Effect.gen(function*() {
      const { page } = yield* visitReady("fast")
      const error = yield* Effect.flip(page.compose("x".repeat(400_001)))
      assert.strictEqual(error.code, "prompt_too_large")
    })))
})

describe("the send", () => {
  const outcome = Effect.fnUntraced(function*(scenario: string) {
    const { admin, page } = yield* visitReady(scenario)
    const { sent } = yield* ask(page, "just once")
    return { sent, page, sends: admin.log("send").length, refused: admin.log("send-refused").length }
  })

  it.live("reports a refusal with its status and sends nothing more", () =>
    Effect.scoped(Effect.gen(function*() {
      const { refused, sends, sent } = yield* outcome("send-refused")
      assert.deepStrictEqual([sent._tag, sends, refused], ["Refused", 0, 1])
      assert.deepInclude(sent, { httpStatus: 500 })
    })))

  it.live("loads a page anew that takes no click, before it says that nothing was sent", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page, raw } = yield* visitReady("fast", { ignoredSendClicks: 99 })
      let loads = 0
      raw.on("framenavigated", () => (loads += 1))
      const { sent } = yield* ask(page, "nobody listens")
      assert.deepInclude(sent, { _tag: "Refused", httpStatus: null })
      assert.include(sent.evidence, "after 3 clicks")
      assert.deepStrictEqual([loads, admin.log("send").length], [1, 0])
    })))

  it.live("finds in the history what the page says has failed, and opens it", () =>
    Effect.scoped(Effect.gen(function*() {
      const { page, sends, sent } = yield* outcome("send-uncertain")
      const thread = yield* page.thread
      assert.deepStrictEqual([sent._tag, sends], ["Confirmed", 1])
      assert.isNotNull(thread)
      assert.deepInclude(sent, { thread })
    })))

  it.live("confirms before the durable address is known, and learns it later", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page } = yield* visitReady("late-url")
      yield* page.compose("late address")
      const baseline = yield* page.baseline
      const sent = yield* page.send(anchorFor(baseline, "late address"))
      const early = yield* page.thread
      yield* Effect.promise(() => admin.waitFor("answer-finished"))
      yield* Effect.sleep(6000)
      const late = yield* page.thread
      assert.deepInclude(sent, { _tag: "Confirmed", thread: null })
      assert.isNull(early)
      assert.strictEqual(late?.conversationId, admin.log("send")[0]?.detail["conversationId"])
    })))
})

describe("the upload", () => {
  it.live("waits for slow processing and takes several files, each proven by itself", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, folder, page } = yield* visitReady("fast", { uploadMs: 800, processingMs: 800 })
      const files = ["a.txt", "b.txt", "c (1).txt"].map((name) => fileIn(folder, name, name))
      const proof = yield* page.attach(files)
      yield* ask(page, "three files")
      assert.deepStrictEqual(proof.files.map(({ name }) => name), files.map(({ name }) => name))
      assert.deepStrictEqual(admin.log("send")[0]?.detail["attachmentNames"], files.map(({ name }) => name))
    })))

  it.live("fails by name when the site does not take the file", () =>
    Effect.scoped(Effect.gen(function*() {
      const { folder, page } = yield* visitReady("processing-failure")
      const error = yield* Effect.flip(page.attach([fileIn(folder, "a.txt", "a")]))
      assert.strictEqual(error.code, "upload_failed")
      assert.include(error.detail, "a.txt")
    })))

  it.live("removes what an earlier draft left attached", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, folder, page } = yield* visitReady("fast")
      yield* page.attach([fileIn(folder, "stale.txt", "stale")])
      yield* page.attach([fileIn(folder, "fresh.txt", "fresh")])
      yield* ask(page, "only the fresh one")
      assert.deepStrictEqual(admin.log("send")[0]?.detail["attachmentNames"], ["fresh.txt"])
    })))
})

describe("the state of the page", () => {
  it.live("is login_required once the session ended, at the next load and in the open page", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page } = yield* visitReady("fast")
      admin.revokeSessions()
      yield* page.goto({ _tag: "NewChat" })
      assert.strictEqual(yield* stateOf(page, ["login_required"]), "login_required")
    })))

  it.live("is not in the way of an observation that a navigation interrupts", () =>
    Effect.scoped(Effect.gen(function*() {
      const { page, raw } = yield* visitReady("fast")
      const moves = Effect.gen(function*() {
        for (let count = 0; count < 4; count += 1) yield* Effect.ignore(Effect.tryPromise(() => raw.reload()))
      })
      const looks = Effect.all(Array.from({ length: 10 }, () => page.observe))
      const [observations] = yield* Effect.all([looks, moves], { concurrency: 2 })
      assert.isTrue(observations.every(({ ownOrigin }) => ownOrigin))
    })))

  it.live("says that the page is lost when its renderer dies, at once", () =>
    Effect.scoped(Effect.gen(function*() {
      const { page, raw } = yield* visitReady("fast")
      const crash = Effect.ignore(Effect.tryPromise(() => raw.goto("chrome://crash", { timeout: 3000 })))
      const [error] = yield* Effect.all([Effect.flip(page.lost), crash], { concurrency: 2 })
      const after = yield* Effect.flip(page.observe)
      assert.strictEqual(error.code, "browser_crashed")
      assert.strictEqual(after.code, "browser_crashed")
    })))
})
