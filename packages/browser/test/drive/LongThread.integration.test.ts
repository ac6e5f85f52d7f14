import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { serveFixture } from "./fixture.ts"
import { anchorFor, openOn } from "./session.ts"

const words = "lorem ipsum dolor sit amet ".repeat(18)

const turns = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    index % 2 === 0
      ? `<article data-testid="conversation-turn-${index}" data-turn="user"><div data-message-author-role="user" data-message-id="u${index}">
         <div class="whitespace-pre-wrap">question ${index} ${words}</div></div><button aria-label="Copy">c</button></article>`
      : `<article data-testid="conversation-turn-${index}" data-turn="assistant"><div data-message-author-role="assistant" data-message-id="a${index}">
         <div class="markdown"><p>answer ${index} ${words}</p><ul><li>one</li><li>two</li></ul><pre><code>x = ${index}</code></pre></div></div>
         <div role="group" aria-label="Response actions"><button data-testid="copy-turn-action-button" aria-label="Copy">c</button></div></article>`)
    .join("")

const page = (count: number): string =>
  `<!doctype html><title>long</title>
  <nav aria-label="Chat history">${
    Array.from({ length: 200 }, (_, index) => `<a href="/c/t${index}">Rate limit ${index}</a>`).join("")
  }</nav>
  <main><button aria-label="Open profile menu">me</button><div>${turns(count)}</div>
  <form><textarea placeholder="Ask anything"></textarea><button aria-label="Send prompt">s</button></form></main>`

it.live("reads a thread of 2,000 turns quickly, and the right turn of it", () =>
  Effect.scoped(Effect.gen(function*() {
    const fixture = yield* serveFixture({ "/": page(2000) })
    const { page: chat } = yield* openOn({ site: "chatgpt", url: fixture.url, cookies: [] })
    yield* chat.goto({ _tag: "NewChat" })
    const anchor = anchorFor({ turnCount: 1000, lastTurnId: "a999" }, "question 1000")
    const timed = Effect.fnUntraced(function*<A, E>(effect: Effect.Effect<A, E>) {
      const times: Array<number> = []
      yield* effect
      for (let count = 0; count < 15; count += 1) {
        const started = performance.now()
        yield* effect
        times.push(performance.now() - started)
      }
      return Math.min(...times)
    })
    const probeMs = yield* timed(chat.probe(anchor))
    const observeMs = yield* timed(chat.observe)
    const probe = yield* chat.probe(anchor)
    const answer = yield* chat.extract(anchor)
    const observation = yield* chat.observe
    assert.strictEqual(probe.userTurnId, "u1000")
    assert.isTrue(probe.finishControls)
    assert.match(answer.markdown, /^answer 1001 /)
    assert.strictEqual(observation.turns, 2000)
    assert.isAtMost(probeMs, 60)
    assert.isAtMost(observeMs, 250)
  })))

it.live("saves what can be seen of a page, privately, and nothing more after it is gone", () =>
  Effect.scoped(Effect.gen(function*() {
    const fixture = yield* serveFixture({ "/": page(4) })
    const { context, folder, page: chat } = yield* openOn({ site: "chatgpt", url: fixture.url, cookies: [] })
    yield* chat.goto({ _tag: "NewChat" })
    yield* chat.diagnose(join(folder, "diagnostics"))
    yield* chat.saveCookies
    const seen = readdirSync(join(folder, "diagnostics"))
    yield* Effect.promise(() => context.close())
    yield* chat.diagnose(join(folder, "later"))
    const modes = seen.map((name) => statSync(join(folder, "diagnostics", name)).mode & 0o777)
    assert.sameMembers(seen, ["observation.json", "page.txt", "screenshot.png", "url.txt"])
    assert.isTrue(modes.every((mode) => mode === 0o600))
    assert.include(readdirSync(dirname(join(folder, "runtime", "x"))), "cookies.json")
    assert.notInclude(readdirSync(join(folder, "later")), "screenshot.png")
  })))
