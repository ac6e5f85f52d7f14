import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fileIn, visitReady } from "./practice.ts"
import { ask, sha256 } from "./session.ts"

describe("a temporary chat", () => {
  it.live("is what the page shows before anything leaves, and its answer comes without an address", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, folder, page, raw } = yield* visitReady("fast")
      yield* page.goto({ _tag: "NewChat", temporary: true })
      yield* page.attach([fileIn(folder, "shot.png", "not really a picture")])
      const { anchor, end, sent } = yield* ask(page, "keep nothing")
      const answer = yield* page.extract(anchor)
      const conversation = admin.conversations().find(({ turns }) => turns[0]?.prompt === "keep nothing")
      assert.deepStrictEqual([sent._tag, end?.verdict._tag], ["Confirmed", "Finished"])
      assert.include(answer.markdown, sha256("keep nothing"))
      assert.isTrue(conversation?.temporary)
      assert.isNull(yield* page.thread)
      assert.include(raw.url(), "temporary-chat=true")
    })))

  it.live("is never left for another one: nothing is attached, filled in or sent there", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, folder, page, raw } = yield* visitReady("fast")
      yield* page.goto({ _tag: "NewChat", temporary: true })
      yield* page.compose("just here")
      yield* Effect.promise(() => raw.evaluate("history.replaceState({}, '', '/')"))
      const { sent } = yield* Effect.map(
        page.send({
          userTurnId: null,
          turnsBefore: 0,
          lastTurnIdBefore: null,
          promptSha256: sha256("just here")
        }),
        (sent) => ({ sent })
      )
      const attached = yield* Effect.flip(page.attach([fileIn(folder, "a.txt", "a")]))
      const composed = yield* Effect.flip(page.compose("just here"))
      assert.strictEqual(sent._tag, "Refused")
      assert.deepStrictEqual([attached.code, composed.code], ["page_unknown", "page_unknown"])
      assert.deepStrictEqual([admin.log("send"), admin.log("upload")], [[], []])
    })))
})

describe("a draft", () => {
  it.live("stays where it was begun: in no other conversation and nowhere else is anything attached or sent", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, folder, page, raw, url } = yield* visitReady("fast")
      const [ours, other] = [admin.addConversation("ours", [["a", "b"]]), admin.addConversation("other", [["c", "d"]])]
      const anchor = { userTurnId: null, turnsBefore: 0, lastTurnIdBefore: null, promptSha256: sha256("only here") }
      const moved = Effect.fnUntraced(function*(path: string) {
        yield* page.compose("only here")
        yield* Effect.promise(() => raw.evaluate((to) => history.pushState({}, "", to), path))
        const sent = yield* page.send(anchor)
        const attached = yield* Effect.flip(page.attach([fileIn(folder, "a.txt", "a")]))
        return [sent._tag, attached.code]
      })
      const fromNew = yield* moved(`/c/${other}`)
      yield* page.goto({ _tag: "NewChat" })
      const toWork = yield* moved("/work")
      yield* page.goto({ _tag: "Conversation", url: `${url}/c/${ours}` })
      const fromOurs = yield* moved(`/c/${other}`)
      for (const outcome of [fromNew, toWork, fromOurs]) assert.deepStrictEqual(outcome, ["Refused", "page_unknown"])
      assert.deepStrictEqual([admin.log("send"), admin.log("upload")], [[], []])
    })))
})

describe("deleting a conversation", () => {
  for (const scenario of ["fast", "drift", "locale-de"]) {
    it.live(`takes this one and no other on the page "${scenario}", and proves it`, () =>
      Effect.scoped(Effect.gen(function*() {
        const { admin, page, url } = yield* visitReady(scenario)
        const kept = admin.addConversation("Delete me not", [["a", "b"]])
        const gone = admin.addConversation("Delete me", [["c", "d"]])
        const thread = { url: `${url}/c/${gone}`, conversationId: gone }
        yield* page.goto({ _tag: "Conversation", url: thread.url })
        const other = yield* Effect.flip(page.deleteConversation({ url: `${url}/c/${kept}`, conversationId: kept }))
        yield* page.deleteConversation(thread)
        assert.strictEqual(other.code, "conversation_mismatch")
        assert.isUndefined(admin.conversation(gone))
        assert.isDefined(admin.conversation(kept))
        assert.deepStrictEqual(admin.log("delete").map(({ detail }) => detail["conversationId"]), [gone])
      })))
  }
})
