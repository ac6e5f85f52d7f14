import { sha256 } from "@effect-oracle/practice/answer/proof"
import { defaultUser, type PracticeSite, serve, start } from "@effect-oracle/practice/PracticeSite"
import { storageState } from "@effect-oracle/practice/storageState"
import { Effect } from "effect"
import { createHash } from "node:crypto"
import { afterEach, assert, beforeEach, describe, it } from "vitest"
import { archiveOf, eventsOf, type Identity, read, type Session, signIn, streamedText } from "./support/client.ts"

describe("PracticeSite", () => {
  let site: PracticeSite

  beforeEach(async () => {
    site = await start({
      seed: "test",
      behaviour: { thinkingMs: 5, tokenDelayMs: 1, uploadMs: 0, processingMs: 0, urlDelayMs: 5 }
    })
  })

  afterEach(() => site.close())

  it("lets nobody in with a wrong password", async () => {
    const response = await fetch(`${site.url}/auth/login`, {
      method: "POST",
      body: new URLSearchParams({ email: defaultUser.email, password: "no" })
    })
    assert.strictEqual(response.status, 401)
    assert.include(await response.text(), "Incorrect email address or password")
  })

  it("tells a visitor from a person", async () => {
    const visitor = await read<Identity>(await fetch(`${site.url}/backend-api/me`))
    assert.match(visitor.id, /^ua-/)
    assert.strictEqual(visitor.email, "")
    const client = await signIn(site)
    const person = await read<Identity>(await client.request("GET", "/backend-api/me"))
    assert.match(person.id, /^user-/)
    assert.strictEqual(person.email, defaultUser.email)
  })

  it("ends every session at once when told to", async () => {
    const client = await signIn(site)
    site.admin.setScenario("logout")
    assert.strictEqual((await client.request("GET", "/backend-api/conversations")).status, 401)
    assert.deepStrictEqual(await (await client.request("GET", "/api/auth/session")).json(), {})
  })

  it("gives a storage state that is a session", async () => {
    const state = await storageState(site.url)
    const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
    const session = await read<Session>(await fetch(`${site.url}/api/auth/session`, { headers: { cookie } }))
    assert.strictEqual(session.user?.email, defaultUser.email)
  })

  it.each(["zst", "gz"] as const)("answers from what the uploaded tar.%s holds", async (format) => {
    const client = await signIn(site)
    const bytes = await archiveOf({ "README.md": "# Hello\nworld\n", "src/näme.ts": "export {}\n".repeat(50) }, format)
    const file = await client.upload(`context.tar.${format}`, bytes)
    const prompt = "What is this?\r\n\n  Ünïcode \u{1f600} $& end "
    const events = await eventsOf(await client.send(prompt, { attachments: [file] }))
    const text = streamedText(events)
    assert.include(text, createHash("sha256").update(bytes).digest("hex"))
    assert.include(text, sha256(prompt))
    assert.include(text, "holds 2 entries with 514 bytes in total")
    assert.include(text, "`src/näme.ts`, 500 bytes, begins with `export {}`")
    assert.include(text, "begins with `# Hello`")
    const [send] = site.admin.log("send")
    assert.strictEqual(send?.detail["promptSha256"], sha256(prompt))
    assert.deepStrictEqual(send?.detail["attachmentIds"], [file.id])
    assert.strictEqual(site.admin.log("upload")[0]?.detail["entries"], 2)
  })

  it("goes on generating when nobody watches and keeps the answer", async () => {
    site.admin.setScenario("fast", { behaviour: { tokenDelayMs: 5 } })
    const client = await signIn(site)
    const response = await client.send("Go on without me")
    await response.body?.cancel()
    const [finished] = await site.admin.waitFor("answer-finished")
    const id = String(finished?.detail["conversationId"])
    const record = site.admin.conversation(id)
    assert.strictEqual(record?.turns[0]?.status, "complete")
    const json = await client.conversation(id)
    assert.strictEqual(json.async_status, null)
    assert.strictEqual(json.mapping[json.current_node]?.message?.status, "finished_successfully")
    assert.include(record?.turns[0]?.answers[0], "([example.org](https://example.org/notes?from=answer))")
  })

  it("shows a late watcher what is there and streams the rest", async () => {
    site.admin.setScenario("fast", { behaviour: { tokenDelayMs: 10 } })
    const client = await signIn(site)
    await (await client.send("Watch me later")).body?.cancel()
    const [send] = await site.admin.waitFor("send")
    const id = String(send?.detail["conversationId"])
    const events = await eventsOf(
      await client.request("POST", "/backend-api/conversation/resume", { conversation_id: id })
    )
    const first = events.find((event) => event.type === "turn")
    const last = events.findLast((event) => event.type === "turn")
    assert.notStrictEqual(first?.turn.status, "complete")
    assert.strictEqual(last?.turn.status, "complete")
    assert.strictEqual(
      last?.turn.messages[0]?.text,
      site.admin.conversation(id)?.turns[0]?.answers[0]?.replace(
        / \(\[example.org\].*?\)\)/,
        last?.turn.messages[0]?.references[0]?.matched_text ?? ""
      )
    )
  })

  it("takes a scenario from the prompt, for that send only", async () => {
    const client = await signIn(site)
    const failed = await eventsOf(await client.send("Please practice:failed-turn now"))
    assert.strictEqual(failed.findLast((event) => event.type === "turn")?.turn.status, "failed")
    const fine = await eventsOf(await client.send("Please now"))
    assert.strictEqual(fine.findLast((event) => event.type === "turn")?.turn.status, "complete")
  })

  it("takes a scenario for prompts that contain a text", async () => {
    const client = await signIn(site)
    site.admin.setScenario("short", { promptIncludes: "briefly" })
    assert.strictEqual(streamedText(await eventsOf(await client.send("Say it briefly"))), "Done")
  })

  it("refuses sends and says why", async () => {
    const client = await signIn(site)
    site.admin.setScenario("send-refused-once")
    assert.strictEqual((await client.send("one")).status, 500)
    assert.strictEqual((await client.send("two")).status, 200)
    site.admin.setScenario("rate-limit-on-send")
    assert.strictEqual((await client.send("three")).status, 429)
    site.admin.setScenario("prompt-too-long")
    assert.strictEqual((await client.send("x".repeat(2_001))).status, 413)
    assert.strictEqual(site.admin.log("send").length, 1)
    assert.strictEqual(site.admin.log("send-refused").length, 3)
  })

  it("keeps a send that it reported as failed", async () => {
    const client = await signIn(site)
    site.admin.setScenario("send-uncertain")
    assert.strictEqual((await client.send("Was it sent?")).status, 500)
    assert.strictEqual(site.admin.log("send").length, 1)
    await site.admin.waitFor("answer-finished")
  })

  it("offers files, also under hostile names, by sandbox path", async () => {
    const client = await signIn(site)
    const text = streamedText(await eventsOf(await client.send("practice:hostile-files")))
    assert.include(text, "(sandbox:/mnt/data/../../escape.txt)")
    const found = await client.request(
      "GET",
      `/backend-api/sandbox/download?path=${encodeURIComponent("/mnt/data/invoice\u202Efdp.exe")}`
    )
    const { download_url, file_name } = await read<{ readonly download_url: string; readonly file_name: string }>(found)
    assert.strictEqual(file_name, "invoice\u202Efdp.exe")
    assert.strictEqual(await (await client.request("GET", download_url)).text(), "file 4\n")
  })

  it("refuses uploads as often as told", async () => {
    const client = await signIn(site)
    site.admin.setScenario("upload-failure-once")
    const request = { file_name: "a.txt", file_size: 1 }
    assert.strictEqual((await client.request("POST", "/backend-api/files", request)).status, 500)
    assert.strictEqual((await client.request("POST", "/backend-api/files", request)).status, 200)
  })

  it("stands a challenge before everything until it is solved", async () => {
    site.admin.setScenario("challenge")
    const page = await fetch(site.url)
    assert.strictEqual(page.status, 403)
    assert.include(await page.text(), "Just a moment...")
    const solved = await fetch(`${site.url}/cdn-cgi/challenge-platform/verify`, { method: "POST", redirect: "manual" })
    const cookie = solved.headers.getSetCookie()[0]?.split(";")[0] ?? ""
    assert.strictEqual((await fetch(site.url, { headers: { cookie } })).status, 200)
  })

  it("recovers from a brief outage", async () => {
    site.admin.setScenario("outage-brief")
    const statuses = [await fetch(site.url), await fetch(site.url), await fetch(site.url)].map((response) =>
      response.status
    )
    assert.deepStrictEqual(statuses, [503, 503, 200])
  })

  it("is steered over HTTP too", async () => {
    const post = (path: string, body: unknown) =>
      fetch(`${site.url}/__practice/${path}`, { method: "POST", body: JSON.stringify(body) })
    assert.strictEqual((await post("scenario", { scenario: ["slow", "drift"] })).status, 200)
    assert.strictEqual((await post("scenario", { scenario: "nonsense" })).status, 400)
    const waited = await fetch(`${site.url}/__practice/wait?event=scenario&n=1`)
    assert.strictEqual((await read<{ readonly events: ReadonlyArray<unknown> }>(waited)).events.length, 1)
    await post("reset", {})
    assert.deepStrictEqual(site.admin.scenario, [])
  })

  it("closes while an answer is being made and somebody waits", async () => {
    const other = await start({ scenario: "slow" })
    const client = await signIn(other)
    const response = await client.send("never mind")
    const reading = response.text().then(() => "ended", () => "cut")
    await other.close()
    assert.strictEqual(await reading, "cut")
  })

  it("settles whoever waits for an event when it closes", async () => {
    const other = await start()
    const waiting = other.admin.waitFor("send", { timeoutMs: 60_000 })
    await other.close()
    assert.deepStrictEqual(await waiting, [])
  })

  it("gives the same identifiers for the same seed", async () => {
    const ids = async () => {
      const twin = await start({ seed: "same" })
      const all = twin.admin.conversations().map((conversation) => conversation.id)
      await twin.close()
      return all
    }
    assert.deepStrictEqual(await ids(), await ids())
  })

  it("lives as long as its scope", async () => {
    const url = await Effect.runPromise(Effect.scoped(Effect.map(serve(), (served) => served.url)))
    const outcome = await fetch(url).then(() => "open", () => "closed")
    assert.strictEqual(outcome, "closed")
  })
})
