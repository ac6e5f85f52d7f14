import { selectionOf } from "@effect-oracle/core/domain/ModelSelection"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { fileIn, folderIn, visitReady } from "./practice.ts"
import { anchorFor, ask, follow, sha256 } from "./session.ts"

const prompt =
  "Please compare:\n\n  $& and $1 and \\n\n\ttabs, **stars**, <b>tags</b>, `ticks`, “quotes”, 漢字 🙂\n\nend  "

describe("a whole consultation", () => {
  it.live("arrives once, with its file, and comes back as it was written", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, folder, page } = yield* visitReady("fast")
      const model = yield* page.selectModel(selectionOf("pro_extended"))
      const file = fileIn(folder, "context-0198f2aa.tar.zst", "not really an archive")
      const proof = yield* page.attach([file])
      const { end, sent, anchor } = yield* ask(page, prompt)
      const answer = yield* page.extract(anchor)
      const sends = admin.log("send")
      assert.include(model.shown ?? "", "Pro")
      assert.deepStrictEqual(proof.files.map(({ name }) => name), [file.name])
      assert.strictEqual(sent._tag, "Confirmed")
      assert.strictEqual(end?.verdict._tag, "Finished")
      assert.strictEqual(sends.length, 1)
      assert.strictEqual(sends[0]?.detail["promptSha256"], sha256(prompt))
      assert.strictEqual(admin.log("upload")[0]?.detail["sha256"], sha256("not really an archive"))
      assert.include(answer.markdown, sha256(prompt))
      assert.match(answer.markdown, /^```json\n\{\n {2}"prompt"/m)
      assert.isNotNull(yield* page.thread)
      assert.deepStrictEqual(
        ["copy", "answer-now", "prefer", "retry", "stop"].flatMap((type) =>
          admin.log().filter((event) => event.type === type)
        ),
        []
      )
    })))

  it.live("saves the files of the turn under safe names, with the bytes that the site has", () =>
    Effect.scoped(Effect.gen(function*() {
      const { folder, page } = yield* visitReady("hostile-files")
      const { anchor } = yield* ask(page, "files, please")
      const { files } = yield* page.extract(anchor)
      const directory = folderIn(folder, "artifacts")
      const taken = new Set<string>()
      for (const file of files) {
        const saved = yield* page.download({ file, anchor, directory, maxBytes: 1_000_000, taken })
        const path = join(directory, saved.name ?? "")
        assert.strictEqual(sha256(readFileSync(path)), saved.sha256)
        assert.strictEqual(statSync(path).mode & 0o777, 0o600)
        taken.add((saved.name ?? "").toLowerCase())
      }
      const names = readdirSync(directory)
      assert.isAtLeast(files.length, 10)
      assert.strictEqual(names.length, files.length)
      assert.isTrue(names.every((name) => !name.startsWith(".") && Buffer.byteLength(name) <= 150))
      assert.includeMembers(names, ["_CON", "_nul.txt", "twice.txt", "twice (2).txt", "run.sh", "escape.txt"])
      assert.deepStrictEqual(readdirSync(folder).toSorted((a, b) => a.localeCompare(b)), ["artifacts", "runtime"])
    })))

  it.live("keeps names with the letter s, also behind a button that names nothing", () =>
    Effect.scoped(Effect.gen(function*() {
      const { folder, page } = yield* visitReady("files")
      const { anchor } = yield* ask(page, "files, please")
      const { files } = yield* page.extract(anchor)
      const directory = folderIn(folder, "artifacts")
      const saved = yield* Effect.forEach(
        files,
        (file) => page.download({ file, anchor, directory, maxBytes: 1_000_000, taken: new Set() })
      )
      assert.deepStrictEqual(
        saved.map(({ name }) => name).toSorted((a, b) => (a ?? "").localeCompare(b ?? "")),
        ["butterscotch.txt", "results.csv", "sales_summary.xlsx"]
      )
    })))

  it.live("takes an image alone and a file alone for an answer", () =>
    Effect.scoped(Effect.gen(function*() {
      const { folder, page } = yield* visitReady("image")
      const { anchor, end } = yield* ask(page, "a picture, please")
      const { files } = yield* page.extract(anchor)
      const [image] = files
      assert.strictEqual(end?.verdict._tag, "Finished")
      assert.strictEqual(files.length, 1)
      if (image === undefined) return
      const saved = yield* page.download({
        file: image,
        anchor,
        directory: folderIn(folder, "a"),
        maxBytes: 1e6,
        taken: new Set()
      })
      assert.deepInclude(saved, { kind: "image", type: "image/png", name: "image.png" })
    })))

  it.live("answers a follow-up in a conversation of 2,000 turns, from readings that stay cheap", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page } = yield* visitReady("huge-conversation")
      const [huge] = admin.conversations()
      const url = huge?.url ?? ""
      yield* page.goto({ _tag: "Conversation", url })
      const before = yield* page.baseline
      const { anchor, end } = yield* ask(page, "and this?")
      const started = performance.now()
      for (let count = 0; count < 10; count += 1) yield* page.probe(anchor)
      const each = (performance.now() - started) / 10
      const answer = yield* page.extract(anchor)
      assert.isNotNull(before.lastTurnId)
      assert.strictEqual(end?.verdict._tag, "Finished")
      assert.include(answer.markdown, sha256("and this?"))
      assert.isAtMost(each, 100)
      assert.strictEqual(admin.conversation(huge?.id ?? "")?.turns.at(-1)?.prompt, "and this?")
    })))

  it.live("finds the turn again after a reload and in a fresh page", () =>
    Effect.scoped(Effect.gen(function*() {
      const { page } = yield* visitReady("fast")
      const { anchor } = yield* ask(page, "remember me")
      const thread = yield* page.thread
      const first = yield* page.extract(anchor)
      yield* page.reload
      const { verdict } = yield* follow(page, anchor)
      yield* page.goto({ _tag: "NewChat" })
      yield* page.goto({ _tag: "Conversation", url: thread?.url ?? "" })
      const again = yield* page.extract({ ...anchor, userTurnId: null })
      assert.strictEqual(verdict._tag, "Finished")
      assert.strictEqual(again.markdown, first.markdown)
    })))

  it.live("refuses a conversation that the site does not have", () =>
    Effect.scoped(Effect.gen(function*() {
      const { page, url } = yield* visitReady("fast")
      const missing = `${url}/c/00000000-0000-4000-8000-000000000000`
      const error = yield* Effect.flip(page.goto({ _tag: "Conversation", url: missing }))
      assert.strictEqual(error.code, "conversation_mismatch")
    })))

  it.live("finds a thread by its prompt among those that are new, and no other", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page } = yield* visitReady("fast")
      const baseline = yield* page.baseline
      admin.addConversation("another one", [["not ours", "no"]])
      const id = admin.addConversation("ours", [["exactly this\nprompt", "yes"]])
      const found = yield* page.findThread(baseline, sha256("exactly this\nprompt"))
      const none = yield* page.findThread(baseline, sha256("something else"))
      assert.deepStrictEqual([found.threads.map((one) => one.conversationId), found.historyRead], [[id], true])
      assert.deepStrictEqual([none.threads, none.historyRead], [[], true])
    })))
})

describe("how an answer ends", () => {
  it.live("is seen within a second", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page } = yield* visitReady("fast", { tokenDelayMs: 30 })
      const late: Array<number> = []
      for (const prompt of ["one", "two", "three"]) {
        yield* ask(page, prompt)
        const finished = admin.log("answer-finished").at(-1)
        late.push(Date.now() - Date.parse(finished?.at ?? ""))
      }
      assert.isAtMost(late.toSorted((a, b) => a - b)[1] ?? 0, 1000)
    })))
})

it.live("does not lose the anchor when the anchor holds nothing but counts", () =>
  Effect.scoped(Effect.gen(function*() {
    const { page } = yield* visitReady("fast")
    const first = yield* ask(page, "first")
    const second = yield* ask(page, "second")
    const anchor = anchorFor({ turnCount: second.baseline.turnCount, lastTurnId: null }, "second")
    const answer = yield* page.extract(anchor)
    assert.include(answer.markdown, sha256("second"))
    assert.include((yield* page.extract(first.anchor)).markdown, sha256("first"))
  })))
