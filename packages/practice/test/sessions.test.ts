import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import { afterEach, assert, beforeEach, describe, it } from "vitest"
import { eventsOf, type Identity, read, type Session, signIn } from "./support/client.ts"

interface History {
  readonly items: ReadonlyArray<{ readonly id: string; readonly title: string }>
}

const cookieOf = (response: Response): string =>
  response.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ")

describe("sessions and the history", () => {
  let site: PracticeSite

  beforeEach(async () => {
    site = await start({ behaviour: { thinkingMs: 1, tokenDelayMs: 1, chunkCharacters: 5_000, urlDelayMs: 1 } })
  })

  afterEach(() => site.close())

  const sessionWith = (cookie: string) => fetch(`${site.url}/api/auth/session`, { headers: { cookie } })

  it("takes a person for a visitor at the identity endpoint while the session says who it is", async () => {
    const client = await signIn(site)
    site.admin.setScenario("anonymous-me")
    const me = await read<Identity>(await client.request("GET", "/backend-api/me"))
    assert.match(me.id, /^ua-/)
    assert.strictEqual(me.email, "")
    const session = await read<Session>(await client.request("GET", "/api/auth/session"))
    assert.strictEqual(session.user?.email, site.user.email)
    assert.strictEqual((await client.request("GET", "/backend-api/conversations")).status, 200)
  })

  it("renews the cookie at each session request and honours the former one", async () => {
    const client = await signIn(site)
    site.admin.setScenario("rotating-session")
    const renewed = cookieOf(await sessionWith(client.cookie))
    assert.match(renewed, /session-token=/)
    assert.isFalse(client.cookie.includes(renewed))
    for (const cookie of [client.cookie, renewed]) {
      assert.strictEqual((await read<Session>(await sessionWith(cookie))).user?.email, site.user.email)
    }
  })

  it("ends the former session as soon as its cookie is renewed", async () => {
    const client = await signIn(site)
    site.admin.setScenario("strict-session")
    const renewed = cookieOf(await sessionWith(client.cookie))
    assert.deepStrictEqual(await read<Session>(await sessionWith(client.cookie)), {})
    assert.strictEqual((await read<Session>(await sessionWith(renewed))).user?.email, site.user.email)
    assert.strictEqual((await client.request("GET", "/backend-api/conversations")).status, 401)
  })

  it("keeps a remembered session back until its own account is chosen", async () => {
    const client = await signIn(site)
    site.admin.setScenario("account-chooser")
    assert.deepStrictEqual(await read<Session>(await sessionWith(client.cookie)), {})
    assert.strictEqual((await client.request("POST", "/auth/choose", { email: "other@example.com" })).status, 401)
    assert.strictEqual((await client.request("POST", "/auth/choose", { email: site.user.email })).status, 200)
    assert.strictEqual((await read<Session>(await sessionWith(client.cookie))).user?.email, site.user.email)
  })

  it("refuses every backend request of a locked account", async () => {
    const client = await signIn(site)
    site.admin.setScenario("account-blocked")
    assert.strictEqual((await client.request("GET", "/backend-api/me")).status, 403)
    assert.strictEqual((await client.send("Let me in")).status, 403)
    assert.strictEqual(site.admin.log("send").length, 0)
  })

  it("lists a new conversation late although it can be opened at once", async () => {
    const client = await signIn(site)
    site.admin.setScenario("lagging-history", { behaviour: { historyLagMs: 60_000 } })
    await eventsOf(await client.send("Where am I?"))
    const titles = async () =>
      (await read<History>(await client.request("GET", "/backend-api/conversations"))).items.map(({ title }) => title)
    assert.notInclude(await titles(), "Where am I?")
    const id = String(site.admin.log("send")[0]?.detail["conversationId"])
    assert.strictEqual((await client.conversation(id)).title, "Where am I?")
    site.admin.setScenario("fast")
    assert.include(await titles(), "Where am I?")
  })

  it("lets only its owner change a conversation", async () => {
    const client = await signIn(site)
    const id = site.admin.addConversation("Mine", [["a", "b"]])
    const anonymous = await fetch(`${site.url}/backend-api/conversation/${id}`, {
      method: "PATCH",
      body: JSON.stringify({ is_visible: false })
    })
    assert.strictEqual(anonymous.status, 401)
    const path = `/backend-api/conversation/${id}`
    assert.strictEqual((await client.request("PATCH", path, { is_archived: true })).status, 200)
    const { items } = await read<History>(await client.request("GET", "/backend-api/conversations"))
    assert.isFalse(items.some((item) => item.id === id))
    assert.isTrue((await client.conversation(id)).is_archived)
    assert.strictEqual((await client.request("PATCH", path, { is_visible: false })).status, 200)
    assert.strictEqual((await client.request("GET", path)).status, 404)
  })
})
