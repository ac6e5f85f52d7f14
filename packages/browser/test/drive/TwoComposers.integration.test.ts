import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { serveFixture } from "./fixture.ts"
import { fileIn, stateOf } from "./practice.ts"
import { anchorFor, openOn } from "./session.ts"

/** A thread in which an old turn is being edited: a form with text, file input and Send of its own, above the composer. */
const page = `<!doctype html><title>Chat</title><main>
<input type="search" role="textbox" aria-label="Search chats">
<article data-testid="conversation-turn-1"><div data-message-author-role="user" data-message-id="u1">
  <form id="edit"><textarea aria-label="Edit message">the old question</textarea><input type="file" id="edit-file">
  <div class="chips"></div><button type="button">Cancel</button><button>Send</button></form></div></article>
<article data-testid="conversation-turn-2"><div data-message-author-role="assistant" data-message-id="a1">
  <div class="markdown">the old answer</div></div><button aria-label="Copy">c</button></article>
<form id="composer" data-testid="composer"><div class="chips"></div>
  <div id="prompt-textarea" contenteditable="true" role="textbox" class="ProseMirror" aria-label="Ask ChatGPT"
    style="min-height:30px;white-space:pre-wrap"></div>
  <input type="file" id="file"><button aria-label="Send prompt" data-testid="send-button">↑</button></form></main>
<script>
for (const form of document.forms) {
  let names = []
  form.querySelector("input[type=file]").onchange = (event) => {
    names = [...event.target.files].map((file) => file.name)
    form.querySelector(".chips").innerHTML = names.map((name) =>
      '<div role="group" aria-label="' + name + '">' + name + '<button type="button" aria-label="Remove file 1: ' + name + '">x</button></div>').join("")
  }
  form.onsubmit = async (event) => {
    event.preventDefault()
    const text = form.id === "composer" ? form.querySelector("[contenteditable]").innerText : form.querySelector("textarea").value
    if (form.id === "composer") form.querySelector("[contenteditable]").textContent = ""
    form.querySelector(".chips").textContent = ""
    await fetch("/backend-api/conversation", { method: "POST", body: JSON.stringify({ form: form.id, text, names }) })
    history.pushState({}, "", "/c/thread-1")
    const turns = [["user", "u2", text], ["assistant", "a2", "the new answer"]].map(([role, id, words]) =>
      '<article data-testid="conversation-turn"><div data-message-author-role="' + role + '" data-message-id="' + id + '"><div class="'
      + (role === "user" ? "whitespace-pre-wrap" : "markdown") + '">' + words + "</div></div>"
      + (role === "user" ? "" : '<button aria-label="Copy">c</button>') + "</article>")
    document.querySelector("#composer").insertAdjacentHTML("beforebegin", turns.join(""))
  }
}
</script>`

it.live("types, attaches and sends in the composer, not in the form that edits an old turn", () =>
  Effect.scoped(Effect.gen(function*() {
    const sent: Array<string> = []
    const { url } = yield* serveFixture({
      "/": page,
      "/c/thread-1": page,
      "/backend-api/conversation": (_, response, body) => {
        sent.push(body)
        response.writeHead(200, { "content-type": "application/json" })
        response.end("{}")
      }
    })
    const opened = yield* openOn({ site: "chatgpt", url, cookies: [] })
    yield* opened.page.goto({ _tag: "Conversation", url: `${url}/c/thread-1` })
    yield* stateOf(opened.page, ["authenticated_and_ready"])
    yield* opened.page.attach([fileIn(opened.folder, "context-1.tar.zst", "bytes")])
    yield* opened.page.compose("the new question")
    const anchor = anchorFor(yield* opened.page.baseline, "the new question")
    const outcome = yield* opened.page.send(anchor)
    const answer = yield* opened.page.extract(anchor)
    assert.isTrue((yield* opened.page.probe(anchor)).responseEnded)
    assert.strictEqual(outcome._tag, "Confirmed")
    assert.deepStrictEqual(sent.map((body) => JSON.parse(body)), [
      { form: "composer", text: "the new question", names: ["context-1.tar.zst"] }
    ])
    assert.strictEqual(answer.text.trim(), "the new answer")
  })))
