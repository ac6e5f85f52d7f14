/** A tiny site that knows a visitor by a cookie, and whose page keeps something in each of the browser's stores. */
import { Effect } from "effect"
import { once } from "node:events"
import { createServer } from "node:http"

const page = `<!doctype html><title>Members</title><body><script>
window.keep = async (value) => {
  localStorage.setItem("kept", value)
  await new Promise((done, failed) => {
    const open = indexedDB.open("kept", 1)
    open.onupgradeneeded = () => open.result.createObjectStore("values")
    open.onerror = failed
    open.onsuccess = () => {
      const change = open.result.transaction("values", "readwrite", { durability: "strict" })
      change.objectStore("values").put(value, "value")
      change.oncomplete = () => { open.result.close(); done() }
    }
  })
}
window.kept = () => new Promise((done) => {
  const open = indexedDB.open("kept", 1)
  open.onupgradeneeded = () => open.result.createObjectStore("values")
  open.onsuccess = () => {
    const get = open.result.transaction("values").objectStore("values").get("value")
    get.onsuccess = () => { open.result.close(); done([localStorage.getItem("kept"), get.result ?? null]) }
  }
})
</script></body>`

/** The cookie that the site takes as proof of membership. */
export const membership = { name: "member", value: "very-secret-value" }

export interface MemberSite {
  readonly url: string
  /** Answers to `/me`, newest last: the e-mail or null. */
  readonly answers: ReadonlyArray<string | null>
}

export const memberSite = Effect.acquireRelease(
  Effect.promise(async () => {
    const answers: Array<string | null> = []
    const server = createServer((request, response) => {
      if (request.url === "/me") {
        const known = (request.headers.cookie ?? "").includes(`${membership.name}=${membership.value}`)
        answers.push(known ? "jane@example.com" : null)
        response.setHeader("content-type", "application/json").end(JSON.stringify({ email: answers.at(-1) }))
        return
      }
      if (request.url === "/join") {
        response.setHeader("set-cookie", [
          `${membership.name}=${membership.value}; Path=/; HttpOnly; Max-Age=86400`,
          "__Secure-visit=1; Path=/; Secure",
          "__Host-kept=1; Path=/; Secure; Max-Age=86400"
        ])
      }
      response.setHeader("content-type", "text/html").end(page)
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const address = server.address()
    const port = typeof address === "object" ? address?.port : undefined
    return { url: `http://127.0.0.1:${port}/`, answers, server }
  }),
  ({ server }) =>
    Effect.promise(async () => {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    })
)
