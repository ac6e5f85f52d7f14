/** A local imitation of grok.com, made from what is publicly known of it: proves that a second site is data. */
import { createHash, randomUUID } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { type GrokOptions, guestPage, memberPage } from "./page.ts"

interface Upload {
  readonly id: string
  readonly name: string
  readonly bytes: Buffer
  readonly sha256: string
}

interface Send {
  readonly conversationId: string
  readonly message: string
  readonly mode: string
  readonly attachments: ReadonlyArray<Upload>
}

type Turn =
  | { readonly role: "user"; readonly text: string; readonly files: ReadonlyArray<string> }
  | { readonly role: "assistant"; html: string; readonly thought: boolean }

export interface Grok {
  readonly url: string
  readonly sends: ReadonlyArray<Send>
  /** Clicks that no browser input made, and presses of controls that nothing of Oracle may press. */
  readonly faults: ReadonlyArray<string>
  readonly storageState: { readonly cookies: ReadonlyArray<object>; readonly origins: ReadonlyArray<never> }
  readonly signOut: () => void
  readonly close: () => Promise<void>
}

export const fileName = "findings.csv"
export const fileBytes = "case;count\nsmall;1\n"

const answerHtml = (prompt: string): string =>
  `<h2>Findings</h2><p>You asked <strong>${prompt.length}</strong> characters. Rate limit, log in: only words.</p><pre><code class="language-ts">const a = 1</code></pre><ul><li>one</li><li>two</li></ul><p><a href="/files/${fileName}" download="${fileName}">${fileName}</a></p>`

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export const start = async (options: GrokOptions): Promise<Grok> => {
  let session: string | null = randomUUID()
  const uploads = new Map<string, Upload>()
  const threads = new Map<string, Array<Turn>>()
  const sends: Array<Send> = []
  const faults: Array<string> = []
  threads.set(randomUUID(), [{ role: "user", text: "Cloudflare: sign in, rate limit", files: [] }])

  const json = (response: ServerResponse, value: unknown) => {
    response.writeHead(200, { "content-type": "application/json" })
    response.end(JSON.stringify(value))
  }

  const send = async (request: IncomingMessage, response: ServerResponse, known: string | null) => {
    const { fileAttachments, message, modelMode } = JSON.parse((await bodyOf(request)).toString()) as {
      readonly message: string
      readonly modelMode: string
      readonly fileAttachments: ReadonlyArray<string>
    }
    const conversationId = known ?? randomUUID()
    const attachments = fileAttachments.flatMap((id) => uploads.get(id) ?? [])
    sends.push({ conversationId, message, mode: modelMode, attachments })
    const turns = threads.get(conversationId) ?? []
    threads.set(conversationId, turns)
    const answer: Turn = { role: "assistant", html: "", thought: true }
    turns.push({ role: "user", text: message, files: attachments.map(({ name }) => name) }, answer)
    const piece = (value: unknown) => response.write(`${JSON.stringify(value)}\n`)
    response.writeHead(200, { "content-type": "application/x-ndjson" })
    piece({ conversationId })
    piece({ thinking: true })
    await sleep(600)
    const html = answerHtml(message)
    for (const part of [0.3, 0.6, 1]) {
      answer.html = html.slice(0, Math.floor(html.length * part))
      piece({ html: answer.html })
      await sleep(120)
    }
    response.end()
  }

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://grok")
    const member = session !== null && (request.headers.cookie ?? "").split("; ").includes(`sso=${session}`)
    if (url.pathname.startsWith("/seen/")) {
      faults.push(url.pathname)
      return void response.end()
    }
    if (!url.pathname.startsWith("/rest/") && !url.pathname.startsWith("/files/")) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" })
      return void response.end(member ? memberPage(options) : guestPage)
    }
    if (!member) {
      response.writeHead(401)
      return void response.end()
    }
    if (url.pathname === `/files/${fileName}`) {
      response.writeHead(200, { "content-type": "text/csv" })
      return void response.end(fileBytes)
    }
    if (url.pathname === "/rest/app-chat/upload-file") {
      const bytes = await bodyOf(request)
      const sha256 = createHash("sha256").update(bytes).digest("hex")
      const upload = { id: randomUUID(), name: url.searchParams.get("name") ?? "", bytes, sha256 }
      uploads.set(upload.id, upload)
      return json(response, { fileMetadataId: upload.id })
    }
    const [, id, action] = /^\/rest\/app-chat\/conversations(?:\/([\w-]+)(\/responses)?)?$/.exec(url.pathname) ?? []
    if (request.method === "POST") return send(request, response, action === undefined ? null : id ?? null)
    if (id !== undefined) return json(response, threads.get(id) ?? [])
    const titles = [...threads].map(([key, [turn]]) => ({ id: key, title: turn?.role === "user" ? turn.text : "Chat" }))
    return json(response, titles)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve)
  })
  const { port } = server.address() as AddressInfo
  const cookie = { name: "sso", value: session, domain: "127.0.0.1", path: "/", expires: 2_000_000_000 }
  return {
    url: `http://127.0.0.1:${port}`,
    sends,
    faults,
    storageState: { cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: "Lax" }], origins: [] },
    signOut: () => {
      session = null
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
