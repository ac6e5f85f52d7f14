/** Follows docs/user/add-a-site.md by the letter: the override that it shows, and the definition that it shows. */
import type { SiteDefinition } from "@effect-oracle/browser/site/Site"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { serveFixture } from "../drive/fixture.ts"
import { fileIn } from "../drive/practice.ts"
import { ask, configFor, openOn } from "../drive/session.ts"
import { parley } from "./guide/parley.ts"

const guide = readFileSync(join(import.meta.dirname, "../../../../docs/user/add-a-site.md"), "utf8")
const blocks = (language: string): ReadonlyArray<string> =>
  [...guide.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)].filter(([, , found]) => found === language)
    .map(([, indent = "", , text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""))

const Overrides = Schema.Struct({
  sites: Schema.Struct({ chatgpt: Schema.Struct({ overrides: Schema.Record(Schema.String, Schema.Json) }) })
})

interface Markup {
  readonly turn: (who: "user" | "answer") => string
  readonly words: string
  readonly send: string
  readonly stop: string
  readonly done: string
  readonly account: string
  readonly path: string
}

const page = (markup: Markup): string =>
  `<!doctype html><title>Chat</title><main>${markup.account}<div id="thread"></div><form><textarea aria-label="Write"></textarea>
<input type="file"><span id="chip"></span><span id="slot"></span></form></main><script>
const markup = ${JSON.stringify({ ...markup, turn: { user: markup.turn("user"), answer: markup.turn("answer") } })}
const $ = (selector) => document.querySelector(selector)
const make = (html) => { const box = document.createElement("div"); box.innerHTML = html; return box.firstElementChild }
const turn = (who, text) => {
  const element = make(markup.turn[who])
  const words = element.querySelector(markup.words)
  words.textContent = text
  $("#thread").append(element)
  return { element, words }
}
$("input").onchange = () => { $("#chip").innerHTML = '<span class="attachment"><b></b><button type="button" aria-label="Remove file">x</button></span>'; $("#chip b").textContent = $("input").files[0].name }
const send = make(markup.send)
const stop = make(markup.stop)
send.onclick = async () => {
  const prompt = $("textarea").value
  const file = $("input").files[0]
  $("textarea").value = ""
  $("#chip").replaceChildren()
  $("#slot").replaceChildren(stop)
  turn("user", prompt)
  const { element, words } = turn("answer", "")
  const text = await (await fetch("/say", { method: "POST", body: JSON.stringify({ prompt, file: file ? file.name : null }) })).text()
  history.pushState({}, "", markup.path)
  for (const letter of text) { words.textContent += letter; await new Promise((resolve) => setTimeout(resolve, 30)) }
  $("#slot").replaceChildren(send)
  element.append(make(markup.done))
}
$("#slot").append(send)
</script>`

const drifted: Markup = {
  turn: (who) => `<div class="msg ${who === "user" ? "you" : "bot"}"><div class="body"></div></div>`,
  words: ".body",
  send: `<i class="go" tabindex="0" style="display:inline-block;width:30px;height:30px">▸</i>`,
  stop: `<button type="button">Halt</button>`,
  done: `<i class="again" style="display:inline-block;width:30px;height:30px">again</i>`,
  account: "",
  path: "/c/drifted1"
}

const third: Markup = {
  turn: (who) =>
    `<p class="utterance ${who === "user" ? "mine" : "theirs"}" data-key="${who}-1"><span class="words"></span></p>`,
  words: ".words",
  send: `<button type="button" class="speak">Speak</button>`,
  stop: `<button type="button" class="hush">Hush</button>`,
  done: `<button class="quote">Quote</button>`,
  account: `<a class="me" href="#">Jo</a>`,
  path: "/talk/t1"
}

const answer = "An answer about a rate limit."

const serve = Effect.fnUntraced(function*(markup: Markup) {
  const said: Array<unknown> = []
  const site = yield* serveFixture({
    "/": page(markup),
    "/whoami": (_, response) => {
      response.writeHead(200, { "content-type": "application/json" })
      response.end(JSON.stringify({ id: "jo", email: "jo@example.org" }))
    },
    "/say": (_, response, body) => {
      said.push(JSON.parse(body))
      response.end(answer)
    }
  })
  return { url: site.url, said }
})

const converse = Effect.fnUntraced(function*({ folder, page }: Effect.Success<ReturnType<typeof openOn>>) {
  yield* page.goto({ _tag: "NewChat" })
  yield* page.attach([fileIn(folder, "context-1.tar.gz", "bytes")])
  const { anchor, end, sent } = yield* ask(page, "Why?")
  const read = yield* page.extract(anchor)
  const thread = yield* page.thread
  return { sent: sent._tag, end: end?.verdict._tag, text: read.text.trim(), id: thread?.conversationId ?? null }
})

describe("docs/user/add-a-site.md", () => {
  it.live("drives a page that changed with the override that it shows, and not without", () =>
    Effect.scoped(Effect.gen(function*() {
      const [json = ""] = blocks("json")
      const { overrides } = Schema.decodeUnknownSync(Overrides)(JSON.parse(json)).sites.chatgpt
      const site = yield* serve(drifted)
      const done = yield* converse(yield* openOn({ site: "chatgpt", url: site.url, cookies: [], overrides }))
      assert.deepStrictEqual(done, { sent: "Confirmed", end: "Finished", text: answer, id: "drifted1" })
      assert.deepStrictEqual(site.said, [{ prompt: "Why?", file: "context-1.tar.gz" }])
      const quick = { "limits.sendReadyMs": 1000, "limits.pickerMountMs": 300 }
      const without = yield* Effect.exit(
        converse(yield* openOn({ site: "chatgpt", url: site.url, cookies: [], overrides: quick }))
      )
      assert.strictEqual(without._tag, "Failure")
      assert.strictEqual(site.said.length, 1)
    })))

  it("shows the definition that is tried here", () => {
    const [shown = ""] = blocks("ts")
    const tried = readFileSync(join(import.meta.dirname, "guide/parley.ts"), "utf8")
    assert.strictEqual(
      shown.trim(),
      tried.trim().replace("@effect-oracle/browser/site/chatgpt/definition", "../chatgpt/definition.ts")
        .replace("@effect-oracle/browser/site/Site\"", "../Site.ts\"")
    )
  })

  it.live("drives a third site from the definition that it shows", () =>
    Effect.scoped(Effect.gen(function*() {
      const site = yield* serve(third)
      const local = { site: "chatgpt" as const, url: site.url, cookies: [] }
      const chatgpt = yield* Effect.fromResult(resolveSite("chatgpt", configFor(local)))
      const definition: SiteDefinition = { ...parley, baseUrl: chatgpt.baseUrl, origins: chatgpt.origins }
      const done = yield* converse(yield* openOn({ ...local, definition }))
      assert.deepStrictEqual(done, { sent: "Confirmed", end: "Finished", text: answer, id: "t1" })
      assert.deepStrictEqual(site.said, [{ prompt: "Why?", file: "context-1.tar.gz" }])
    })))
})
