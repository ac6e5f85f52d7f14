import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { serveFixture } from "./fixture.ts"
import { anchorFor, ask, openOn } from "./session.ts"

/** Keeps two turns in the page, whatever the thread has; at the end the answer alone, be it one turn or two. */
const html = `<!doctype html><html><head><title>Chat</title></head><body><main><div id="thread"></div><form>
  <textarea aria-label="Message ChatGPT"></textarea>
  <button type="button" data-testid="send-button" aria-label="Send prompt">↑</button></form></main><script>
  const $ = (selector) => document.querySelector(selector)
  const turns = [["user", "same words", "u1"], ["assistant", "old answer", "a1"]]
  const parts = location.search === "?parts"
  const long = parts || location.search === "?long"
  const shown = () => {
    const over = turns.length > 2 && turns.at(-1)[1].endsWith("answer")
    return parts ? (over ? 2 : 3) : long && over ? 1 : 2
  }
  const draw = () => {
    $("#thread").innerHTML = ""
    for (const [role, text, id] of turns.slice(-shown())) {
      const turn = document.createElement("article")
      turn.innerHTML = "<div><div class='" + (role === "user" ? "whitespace-pre-wrap" : "markdown") + "'></div></div>"
      turn.firstChild.setAttribute("data-message-author-role", role)
      turn.firstChild.setAttribute("data-message-id", id)
      turn.firstChild.firstChild.textContent = text
      if (text.endsWith("answer")) turn.append(Object.assign(document.createElement("button"), { ariaLabel: "Copy" }))
      $("#thread").append(turn)
    }
  }
  draw()
  $("form button").onclick = async () => {
    const prompt = $("textarea").value
    $("textarea").value = ""
    turns.push(["user", prompt, "u2"], ["assistant", "", "a2"])
    draw()
    await fetch("/backend-api/conversation", { method: "POST", body: JSON.stringify({ prompt }) })
    const begin = () => {
      turns[3][1] = "new"
      if (parts) turns.push(["assistant", "", "a3"])
      draw()
    }
    setTimeout(begin, long ? 2500 : 300)
    setTimeout(() => { turns.at(-1)[1] = "new answer"; draw() }, long ? 4500 : 700)
  }
</script></body></html>`

describe("A thread that keeps only its newest turns in the page", () => {
  for (const prompt of ["other words\n\nin lines", "same words"]) {
    it.live(`gives the answer to this prompt: ${prompt.split("\n")[0]}`, () =>
      Effect.scoped(Effect.gen(function*() {
        const site = yield* serveFixture({
          "/": html,
          "/backend-api/conversation": (_, response) => response.end("{}")
        })
        const { page } = yield* openOn({ site: "chatgpt", url: site.url, cookies: [] })
        yield* page.goto({ _tag: "NewChat" })
        const { anchor, baseline, end, sent } = yield* ask(page, prompt, 20_000)
        assert.strictEqual(baseline.lastTurnId, "a1")
        assert.strictEqual(sent._tag, "Confirmed")
        assert.strictEqual(end?.verdict._tag, "Finished")
        assert.strictEqual(end?.probe.userTurnId, "u2")
        assert.strictEqual(
          (yield* page.extract({ ...anchor, userTurnId: end?.probe.userTurnId ?? null })).text,
          "new answer\n"
        )
      })))
  }

  for (const [query, text] of [["?long", /^new answer\n$/], ["?parts", /^new\n+new answer\n$/]] as const) {
    it.live(`gives an answer before which it drops the prompt itself: ${query}`, () =>
      Effect.scoped(Effect.gen(function*() {
        const site = yield* serveFixture({
          "/": html,
          "/backend-api/conversation": (_, response) => response.end("{}")
        })
        const { page, raw } = yield* openOn({ site: "chatgpt", url: site.url, cookies: [] })
        yield* page.goto({ _tag: "NewChat" })
        yield* Effect.promise(() => raw.evaluate((search) => history.replaceState({}, "", `/${search}`), query))
        yield* Effect.promise(() => raw.reload())
        const { anchor, end } = yield* ask(page, "same words", 20_000)
        assert.strictEqual(end?.verdict._tag, "Finished")
        assert.isFalse(end?.probe.userTurnFound)
        assert.isFalse((yield* page.probe(anchorFor({ turnCount: 0, lastTurnId: null }, "same words"))).answerFound)
        assert.match((yield* page.extract(anchor)).text, text)
      })))
  }
})
