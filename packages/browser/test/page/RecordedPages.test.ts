import { topicsOf } from "@effect-oracle/browser/page-script/topics"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { defaultConfig } from "@effect-oracle/core/config/OracleConfig"
import { classify } from "@effect-oracle/core/page/PageClassifier"
import type { PageObservation } from "@effect-oracle/core/page/PageObservation"
import { PageStateName } from "@effect-oracle/core/page/PageState"
import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { all } from "../recorded/Recording.ts"

const chatgpt = Result.getOrThrow(resolveSite("chatgpt", defaultConfig))
const recordings = all()

/** The recorded page, read with the words that the site definition has today. */
const today = (page: PageObservation): PageObservation => ({
  ...page,
  titleTopics: topicsOf(chatgpt, page.title),
  plainTopics: topicsOf(chatgpt, page.plainText),
  overlays: page.overlays.map((overlay) => ({ ...overlay, topics: topicsOf(chatgpt, overlay.text) }))
})

describe("a recorded page", () => {
  for (const { expected, name, observation } of recordings) {
    it(`is seen as ${expected.name}: ${name}`, () => {
      assert.deepStrictEqual(classify(today(observation)), expected)
    })
  }

  it("is there for each state, sixty at least in all", () => {
    assert.isAtLeast(recordings.length, 60)
    for (const state of PageStateName.literals) {
      assert.isAtLeast(recordings.filter(({ expected }) => expected.name === state).length, 3, state)
    }
  })

  it("carries no words of a conversation and no titles of the history", () => {
    for (const { name, observation } of recordings) {
      if (!name.startsWith("ready-answer") && !name.startsWith("ready-history")) continue
      const { title: _, ...rest } = observation
      assert.notMatch(JSON.stringify(rest), /rate limit|verify you are|session has expired|try again later/i, name)
    }
  })

  const chats = recordings.filter(({ observation }) => observation.sidebar.present || observation.turns > 0)

  it.prop(
    "keeps its state whatever its title, its history and its conversation say",
    [Schema.Literals(chats.map(({ name }) => name)), Schema.Array(Schema.String), Schema.Natural],
    ([name, words, turns]) => {
      const recording = chats.find((chat) => chat.name === name)
      assert.isDefined(recording)
      if (recording === undefined) return
      const text = [...words, "Too many requests. Verify you are human. Something went wrong."].join(" ")
      const { observation } = recording
      const said = today({
        ...observation,
        title: text,
        plainText: text,
        sidebar: { ...observation.sidebar, conversationIds: words },
        turns: observation.turns === 0 ? 0 : turns + 1
      })
      assert.deepStrictEqual(classify(said), recording.expected)
    }
  )
})
