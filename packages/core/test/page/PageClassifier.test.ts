import { classify } from "@effect-oracle/core/page/PageClassifier"
import { type Overlay, PageObservation, PageTopic } from "@effect-oracle/core/page/PageObservation"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { anonymousVisitor, barePage, readyPage, unknownVisitor } from "./readyPage.ts"

const nameOf = (page: PageObservation): string => classify(page).name

const overlay = (kind: Overlay["kind"], ...topics: ReadonlyArray<PageTopic>): Overlay => ({
  kind,
  text: topics.join(" "),
  topics,
  controls: []
})

describe("classify", () => {
  it("finds a page with composer and identity ready", () => {
    assert.strictEqual(nameOf(readyPage), "authenticated_and_ready")
  })

  it.prop(
    "depends on nothing that a conversation or the history can say",
    [Schema.String, Schema.Array(PageTopic), Schema.Array(PageTopic), Schema.Array(Schema.String), Schema.Natural],
    ([title, titleTopics, plainTopics, conversationIds, turns]) => {
      const said = { title, titleTopics, plainTopics, plainText: title }
      const page = { ...readyPage, ...said, sidebar: { present: true, conversationIds }, turns }
      const disabled = { ...page, composer: { ...readyPage.composer, enabled: false } }
      assert.strictEqual(nameOf(page), "authenticated_and_ready")
      assert.strictEqual(nameOf(disabled), "unknown")
    }
  )

  it.prop(
    "gives the same state whatever title and text a page with a chat interface carries",
    [PageObservation, Schema.String, Schema.Array(PageTopic)],
    ([page, text, topics]) => {
      const chat = { ...page, sidebar: { ...page.sidebar, present: true } }
      const said = { ...chat, title: text, titleTopics: topics, plainText: text, plainTopics: topics, controls: [] }
      assert.deepStrictEqual(classify(said), classify(chat))
    }
  )

  it.prop("gives every observation a state with evidence", [PageObservation], ([page]) => {
    assert.isAtLeast(classify(page).evidence.length, 1)
  })

  it.prop("never calls a page without an enabled composer ready", [PageObservation], ([page]) => {
    const without = { ...page, composer: { ...page.composer, enabled: false } }
    assert.notStrictEqual(nameOf(without), "authenticated_and_ready")
  })

  it.prop("is ready only without challenge and sign-in page", [PageObservation], ([page]) => {
    if (nameOf(page) !== "authenticated_and_ready") return
    assert.deepStrictEqual(page.challenge.elements, [])
    assert.isFalse(page.authUrl)
  })
})

describe("classify: who is signed in", () => {
  for (const status of [0, 401, 403, 404, 500]) {
    it(`believes account control and composer when the identity probe answers ${status}`, () => {
      assert.strictEqual(nameOf({ ...readyPage, login: { ...unknownVisitor, status } }), "authenticated_and_ready")
    })
  }

  it("believes a signed-in page although the cookie alone looks anonymous", () => {
    assert.strictEqual(nameOf({ ...readyPage, login: anonymousVisitor }), "authenticated_and_ready")
  })

  it("takes the shell of a visitor for what it is", () => {
    const guest = { ...readyPage, accountControls: [], loginControls: ["Log in"] }
    assert.strictEqual(nameOf({ ...guest, login: anonymousVisitor }), "login_required")
    assert.strictEqual(nameOf({ ...guest, login: unknownVisitor }), "login_required")
  })

  it("waits for the controls of a page that has just loaded before it believes a bare composer", () => {
    const page = { ...readyPage, accountControls: [], login: unknownVisitor }
    assert.strictEqual(nameOf({ ...page, ageMs: 400 }), "auth_transitioning")
    assert.strictEqual(nameOf({ ...page, ageMs: 9000 }), "authenticated_and_ready")
  })

  it("takes a sign-in page for a transition only while an identity is known", () => {
    assert.strictEqual(nameOf({ ...barePage, authUrl: true }), "login_required")
    assert.strictEqual(nameOf({ ...barePage, authUrl: true, login: readyPage.login }), "auth_transitioning")
  })

  it("asks to sign in where the session expired in front of the page", () => {
    const expired = overlay("dialog", "session_expired")
    assert.strictEqual(nameOf({ ...readyPage, overlays: [expired] }), "login_required")
  })

  it("asks to sign in on a foreign page and where cookies are too large", () => {
    assert.strictEqual(nameOf({ ...barePage, ownOrigin: false, url: "https://elsewhere.example/" }), "login_required")
    assert.strictEqual(nameOf({ ...barePage, httpStatus: 431 }), "login_required")
  })
})

describe("classify: what blocks", () => {
  it("sees a challenge by its element, its title, or its words on an otherwise empty page", () => {
    assert.strictEqual(
      nameOf({ ...barePage, challenge: { elements: ["#challenge-form"], script: false } }),
      "challenge_blocking"
    )
    assert.strictEqual(nameOf({ ...barePage, titleTopics: ["challenge_title"] }), "challenge_blocking")
    assert.strictEqual(
      nameOf({ ...barePage, plainTopics: ["challenge"] }),
      "challenge_blocking"
    )
  })

  it("ignores the challenge script of a healthy page", () => {
    assert.strictEqual(nameOf(readyPage), "authenticated_and_ready")
  })

  it("names a rate limit and a used-up plan by their notices", () => {
    const tooMany = overlay("dialog", "rate_limit")
    const usage = overlay("alert", "usage_limit")
    assert.strictEqual(nameOf({ ...readyPage, overlays: [tooMany] }), "rate_limited")
    assert.strictEqual(nameOf({ ...readyPage, overlays: [usage] }), "usage_limit_reached")
    assert.strictEqual(nameOf({ ...barePage, httpStatus: 429 }), "rate_limited")
  })

  it("names an outage by status, by an unreachable site, and by an error in place of the conversation", () => {
    const error = overlay("alert", "outage")
    assert.strictEqual(nameOf({ ...barePage, httpStatus: 503 }), "transient_outage_error")
    assert.strictEqual(
      nameOf({ ...barePage, url: "chrome-error://chromewebdata/", ownOrigin: false }),
      "transient_outage_error"
    )
    assert.strictEqual(nameOf({ ...readyPage, turns: 0, overlays: [error] }), "transient_outage_error")
  })

  it("lets a passing toast beside a working composer be", () => {
    const toast = overlay("toast", "outage")
    assert.strictEqual(nameOf({ ...readyPage, overlays: [toast] }), "authenticated_and_ready")
  })

  it("does not know an empty page", () => {
    assert.strictEqual(nameOf(barePage), "unknown")
  })
})
