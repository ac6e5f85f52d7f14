import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { type Handler, serveFixture } from "./fixture.ts"
import { fileIn } from "./practice.ts"
import { ask, openOn } from "./session.ts"

/** Nothing shows while a file is taken in, then a count; the draft stands until the site has answered. */
const html = `<!doctype html><html><head><title>Chat</title></head><body><main><div id="thread"></div><form>
  <div id="count"></div><textarea aria-label="Message ChatGPT"></textarea><input type="file" multiple>
  <button type="button" data-testid="send-button" aria-label="Send prompt">↑</button></form></main><script>
  const $ = (selector) => document.querySelector(selector)
  let files = 0
  $("input").onchange = async () => {
    const [file] = $("input").files
    if (!file) return
    await fetch("/take-in", { method: "POST", body: file })
    files += 1
    $("#count").innerHTML = "<span>" + files + (files > 1 ? " files" : " file") + "</span>"
    $("input").value = ""
  }
  $("button").onclick = async () => {
    const prompt = $("textarea").value
    const answer = await (await fetch("/say", { method: "POST", body: new URLSearchParams({ prompt, files }) })).text()
    $("textarea").value = ""
    history.pushState({}, "", "/c/odd-1")
    $("#thread").innerHTML = "<div data-message-author-role=user></div><div data-message-author-role=assistant><div class=markdown></div><button aria-label=Copy>Copy</button></div>"
    $("[data-message-author-role=user]").textContent = prompt
    $(".markdown").innerHTML = answer
  }
</script></body></html>`

const late = (bodies: Array<string>, ms: number): Handler => (_, response, body) => {
  bodies.push(body)
  setTimeout(() => response.end("<p>Done.</p>"), ms)
}

describe("A site that takes its time and shows little", () => {
  it.live("gets a file once and a prompt once", () =>
    Effect.scoped(Effect.gen(function*() {
      const files: Array<string> = []
      const prompts: Array<string> = []
      const site = yield* serveFixture({ "/": html, "/take-in": late(files, 3500), "/say": late(prompts, 5000) })
      const { folder, page } = yield* openOn({ site: "chatgpt", url: site.url, cookies: [] })
      yield* page.goto({ _tag: "NewChat" })
      const proof = yield* page.attach([fileIn(folder, "context-1.tar.zst", "bytes")])
      const { end, sent } = yield* ask(page, "hi")
      assert.strictEqual(proof.files[0]?.evidence, "the one new attachment")
      assert.deepStrictEqual(files, ["bytes"])
      assert.strictEqual(sent._tag, "Confirmed")
      assert.deepStrictEqual(prompts, ["prompt=hi&files=1"])
      assert.strictEqual(end?.verdict._tag, "Finished")
    })))

  it.live("is refused for now where a limit is shown instead of taking the prompt", () =>
    Effect.scoped(Effect.gen(function*() {
      const dialog =
        `<div role=dialog aria-modal=true style="position:fixed;inset:0;background:white"><h2>Too many requests</h2>
        <p>You're making requests too quickly. Please wait a few minutes.</p><button>Got it</button></div>`
      const limited = html.replace(
        "const prompt = $(\"textarea\").value",
        `document.body.insertAdjacentHTML("beforeend", \`${dialog}\`)
        $("[role=dialog] button").onclick = () => $("[role=dialog]").remove()
        return`
      ).replace("$(\"button\").onclick", "$(\"[data-testid=send-button]\").onclick")
      const site = yield* serveFixture({ "/": limited })
      const { page } = yield* openOn({
        site: "chatgpt",
        url: site.url,
        cookies: [],
        overrides: { "limits.swallowedClickMs": 500 }
      })
      yield* page.goto({ _tag: "NewChat" })
      const { sent } = yield* ask(page, "hi")
      assert.deepInclude(sent, { _tag: "Refused", httpStatus: 429 })
      assert.include(sent._tag === "Refused" ? sent.evidence : "", "shows a limit")
    })))
})
