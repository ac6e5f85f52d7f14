import * as TurnProgress from "@effect-oracle/core/page/TurnProgress"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { serveFixture } from "./fixture.ts"
import { anchorFor, openOn } from "./session.ts"

const bar = `<div role="group" aria-label="Response actions">
  <button data-testid="copy-turn-action-button" aria-label="Copy">c</button>
  <button data-testid="good-response-turn-action-button" aria-label="Good response">g</button></div>`

const user = (text: string, id: string) =>
  `<article data-testid="conversation-turn-1" data-turn="user"><div data-message-author-role="user" data-message-id="${id}">
    <div class="whitespace-pre-wrap">${text}</div></div></article>`

const assistant = (inner: string, id = "a1") =>
  `<article data-testid="conversation-turn-2" data-turn="assistant"><h6 class="sr-only">ChatGPT said:</h6>
    <div data-message-author-role="assistant" data-message-id="${id}">${inner}</div></article>`

const markdown = (html: string) => `<div class="markdown prose">${html}</div>`

const composer = (controls = `<button data-testid="send-button" aria-label="Send prompt">s</button>`) =>
  `<form><div id="prompt-textarea" class="ProseMirror" contenteditable="true"><p></p></div>${controls}</form>`

const stop = `<button data-testid="stop-button" aria-label="Stop streaming">x</button>`

const panel = (text: string) =>
  `<aside style="position:fixed;right:0;top:0;width:400px;height:600px"><h2>Activity</h2><div class="loading-shimmer">${text}</div>
    <div class="markdown">A plan of steps that is not the answer</div></aside>`

const long = "A sentence of the answer which mentions Answer now and Pro thinking and goes on for a while. ".repeat(12)

interface Form {
  readonly name: string
  readonly html: string
  readonly verdict: "Finished" | "Failed" | "Wait" | "Continue"
  /** The Markdown of a finished turn. */
  readonly answer?: string
  readonly files?: number
}

const forms: ReadonlyArray<Form> = [
  {
    name: "a status in place of the answer, while a panel at the side shows the thinking",
    html: user("q", "u1") + assistant(markdown("<p>Pro thinking</p>")) + panel("Searching the web") + composer(stop),
    verdict: "Wait"
  },
  {
    name: "the same without a stop control and with a finish bar",
    html: user("q", "u1") + assistant(`${markdown("<p>ChatGPT said: Answer now Pro thinking</p>")}${bar}`) +
      panel("Thinking") + composer(),
    verdict: "Wait"
  },
  {
    name: "an answer of words that a page also puts in place of one, with nothing at work",
    html: user("q", "u1") + assistant(`${markdown("<p>Thinking</p>")}${bar}`) + composer(),
    verdict: "Finished",
    answer: "Thinking\n"
  },
  {
    name: "a preamble, the thinking that is over, then the answer",
    html: user("q", "u1") +
      assistant(
        `${markdown("<p>Let me look.</p>")}<button>Thought for 12s</button>${markdown("<p>It is 4.</p>")}${bar}`
      ) +
      panel("Thought for 12s") + composer(),
    verdict: "Finished",
    answer: "It is 4.\n"
  },
  {
    name: "a finished turn that is read aloud, with dictation beside the composer",
    html: user("q", "u1") +
      assistant(`${markdown("<p>Spoken.</p>")}${bar}<button aria-label="Stop reading aloud">a</button>`) +
      composer(`<button aria-label="Stop dictation">d</button><button aria-label="Stop voice">v</button>`),
    verdict: "Finished",
    answer: "Spoken.\n"
  },
  {
    name: "a long answer that mentions the words of placeholders",
    html: user("q", "u1") + assistant(`${markdown(`<p>${long}</p>`)}${bar}`) + composer(),
    verdict: "Finished",
    answer: `${long.trim()}\n`
  },
  {
    name: "an answer whose message is nested in another message node",
    html: user("q", "u1") +
      assistant(
        `<div data-message-author-role="assistant" data-message-id="a2">${markdown("<p>Inner.</p>")}</div>${bar}`
      ) +
      composer(),
    verdict: "Finished",
    answer: "Inner.\n"
  },
  {
    name: "a generated image and no word",
    html: user("q", "u1") + assistant(
      `<div class="imagegen-image" id="image-1"><img alt="Generated image" width="200" height="200" src="/backend-api/estuary/content?id=file_1"></div>${bar}`
    ) + composer(),
    verdict: "Finished",
    files: 1
  },
  {
    name: "a file and no word",
    html: user("q", "u1") + assistant(`<button class="behavior-btn">Download results.csv</button>${bar}`) + composer(),
    verdict: "Finished",
    files: 1
  },
  {
    name: "a turn that failed, below an earlier turn that is whole",
    html: user("old", "u0") + assistant(`${markdown("<p>old</p>")}${bar}`, "a0") + user("q", "u1") +
      assistant(`<div class="text-token-text-error">Something went wrong.</div><button>Retry</button>`) + composer(),
    verdict: "Failed"
  },
  {
    name: "a whole turn above which an earlier one had failed",
    html: user("old", "u0") +
      assistant(`<div class="text-token-text-error">Something went wrong.</div><button>Retry</button>`, "a0") +
      user("q", "u1") + assistant(`${markdown("<p>Now it went well.</p>")}${bar}`) + composer(),
    verdict: "Finished",
    answer: "Now it went well.\n"
  },
  {
    name: "no file of its own below a turn that offers one",
    html: user("old", "u0") +
      assistant(
        `${
          markdown(`<p><a href="sandbox:/mnt/data/old.csv">old.csv</a></p>`)
        }<button class="behavior-btn">Download old.txt</button>${bar}`,
        "a0"
      ) + user("q", "u1") + assistant(`${markdown("<p>See old.csv above.</p>")}${bar}`) + composer(),
    verdict: "Finished",
    answer: "See old.csv above.\n",
    files: 0
  },
  {
    name: "an answer that was cut",
    html: user("q", "u1") + assistant(`${markdown("<p>Part one</p>")}${bar}`) +
      `<main style="display:contents"><button>Continue generating</button></main>` + composer(),
    verdict: "Continue"
  },
  {
    name: "a page that echoes the prompt and shows nothing else yet",
    html: user("q", "u1") + composer(),
    verdict: "Wait"
  }
]

describe("the turn of a job", () => {
  it.live("is taken for what it is in every form that a page gives it", () =>
    Effect.scoped(Effect.gen(function*() {
      const fixture = yield* serveFixture({ "/": "<!doctype html><title>t</title><body></body>" })
      const { page, raw } = yield* openOn({ site: "chatgpt", url: fixture.url, cookies: [] })
      yield* page.goto({ _tag: "NewChat" })
      const anchor = anchorFor({ turnCount: 0, lastTurnId: null }, "q", "u1")
      for (const { answer, files, html, name, verdict } of forms) {
        yield* Effect.promise(() =>
          raw.evaluate((inner) => {
            document.body.innerHTML = inner.includes("<main") ? inner : `<main>${inner}</main>`
          }, html)
        )
        let state = TurnProgress.initial
        let seen = "Wait"
        for (let at = 0; at <= 130_000 && seen === "Wait"; at += 13_000) {
          const next = TurnProgress.step(state, yield* page.probe(anchor), at)
          state = next.state
          seen = next.verdict._tag
        }
        assert.strictEqual(seen, verdict, name)
        if (verdict !== "Finished") continue
        const extracted = yield* page.extract(anchor)
        assert.strictEqual(extracted.files.length, files ?? 0, name)
        if (answer !== undefined) assert.strictEqual(extracted.markdown, answer, name)
      }
    })))
})
