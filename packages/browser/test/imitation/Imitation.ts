/**
 * An imitation of ChatGPT's page, made from what is publicly known about it and from nothing of Oracle: the driver is
 * tested against something that its authors did not shape.
 */
import { randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { stripTypeScriptTypes } from "node:module"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { type Answer, type AnswerFile, richAnswer } from "./answers.ts"
import { Conversations, fileNamed } from "./Conversations.ts"
import { type Generation, generations } from "./Generation.ts"
import { emptyLog, type Log, sha256 } from "./Log.ts"
import { shell, signInPage } from "./shell.ts"

export interface Options {
  readonly generation: Generation["name"]
  readonly answer?: Answer | ((prompt: string) => Answer)
}

export interface Imitation {
  readonly url: string
  readonly log: Log
  readonly conversations: Conversations
  readonly generation: Generation
  /** What a browser export of a signed-in session would hold. */
  readonly storageState: { readonly cookies: ReadonlyArray<object>; readonly origins: ReadonlyArray<never> }
  /** Ends the session on the server: the cookie is worth nothing any more. */
  readonly signOut: () => void
  readonly close: () => Promise<void>
}

const user = { id: "user-imitation1", name: "Ada Example", email: "ada@example.org" }

const body = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

interface SendBody {
  readonly conversation_id: string | null
  readonly message_id: string
  readonly text: string
  readonly attachments: ReadonlyArray<string>
  readonly model: string
}

export const start = async (options: Options): Promise<Imitation> => {
  const generation = generations[options.generation]
  const given = options.answer ?? richAnswer
  const answerTo = typeof given === "function" ? given : () => given
  const offered: Array<AnswerFile> = []
  const stopped = new AbortController()
  const conversations = new Conversations(stopped.signal)
  const log = emptyLog()
  const token = randomUUID()
  const accessToken = randomUUID()
  let session: string | null = token
  const pending = new Map<string, string>()
  const signed = new Map<string, AnswerFile>()

  for (const title of ["Login button does nothing", "Cloudflare DNS setup", "Too many requests: what now?"]) {
    conversations.add(title, [["user", `About ${title}`], [
      "assistant",
      "Something went wrong there. Try again later."
    ]])
  }

  const json = (response: ServerResponse, status: number, value: unknown) => {
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    response.end(JSON.stringify(value))
  }
  const html = (response: ServerResponse, text: string) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
    response.end(text)
  }
  const signedIn = (request: IncomingMessage) =>
    session !== null
    && (request.headers.cookie ?? "").split("; ").includes(`${generation.sessionCookie}=${session}`)

  const stream = (response: ServerResponse, conversationId: string) => {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" })
    const found = conversations.follow(conversationId, (piece) => {
      response.write(`data: ${JSON.stringify(piece)}\n\n`)
      if (piece.type === "done") response.end("data: [DONE]\n\n")
    })
    if (!found) response.end("data: [DONE]\n\n")
  }

  const backend = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    const path = url.pathname.slice("/backend-api".length)
    if (path === "/estuary/content") {
      const file = signed.get(url.searchParams.get("sig") ?? "")
      if (file === undefined) return json(response, 403, { detail: "bad signature" })
      response.writeHead(200, {
        "content-type": file.type,
        "content-disposition": `attachment; filename="${file.name}"`,
        "content-length": file.bytes.byteLength
      })
      return void response.end(file.bytes)
    }
    if (path === "/me" && generation.me === "missing") return json(response, 404, { detail: "Not Found" })
    if (!signedIn(request)) return json(response, 401, { detail: "Unauthorized" })
    const bearer = request.headers.authorization === `Bearer ${accessToken}`
    if (path === "/me") {
      return generation.me === "bearer" && !bearer
        ? json(response, 401, {})
        : json(response, 200, user)
    }
    if (generation.bearer && !bearer) return json(response, 401, { detail: "Unauthorized" })

    if (path === "/conversations") {
      const items = [...conversations.all.values()].toReversed().map(({ id, title }) => ({ id, title }))
      return json(response, 200, { items, total: items.length })
    }
    if (path === "/files" && request.method === "POST") {
      const { file_name: name } = JSON.parse((await body(request)).toString()) as { file_name: string }
      const id = `file_${randomUUID().replaceAll("-", "")}`
      pending.set(id, name)
      return json(response, 200, { file_id: id, upload_url: `/backend-api/blob/${id}` })
    }
    if (path.startsWith("/blob/") && request.method === "PUT") {
      const id = path.slice("/blob/".length)
      const bytes = await body(request)
      log.uploads.push({ id, name: pending.get(id) ?? "", bytes, sha256: sha256(bytes) })
      return json(response, 200, { status: "success" })
    }
    if (path === "/conversation" && request.method === "POST") {
      const sent = JSON.parse((await body(request)).toString()) as SendBody
      const attachments = sent.attachments.flatMap((id) => log.uploads.find((upload) => upload.id === id) ?? [])
      const request_ = { conversationId: sent.conversation_id, turnId: sent.message_id, prompt: sent.text }
      const answer = answerTo(sent.text)
      offered.push(...answer.files.filter(({ lost }) => lost !== true))
      const send = conversations.send(request_, attachments, sent.model, answer)
      log.sends.push(send)
      return stream(response, send.conversationId)
    }
    const [, conversationId = "", action] = /^\/conversation\/([\w-]+)(\/stream)?$/.exec(path) ?? []
    const conversation = conversations.all.get(conversationId)
    if (conversation !== undefined) {
      return action === undefined ? json(response, 200, conversation) : stream(response, conversationId)
    }
    if (path === "/sandbox/download" || path === "/files/download") {
      const name = (url.searchParams.get("path") ?? "").split("/").at(-1) ?? ""
      const file = fileNamed(offered, name)
      if (file === undefined) return json(response, 404, { detail: "no such file" })
      const signature = randomUUID()
      signed.set(signature, file)
      const address = `/backend-api/estuary/content?id=file_${signature.slice(0, 8)}&sig=${signature}`
      return json(response, 200, { status: "success", download_url: address, file_name: name })
    }
    return json(response, 404, { detail: "Not Found" })
  }

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://localhost")
    const { pathname } = url
    if (pathname.startsWith("/backend-api/")) return backend(request, response, url)
    if (pathname === "/api/auth/session") {
      return json(response, 200, signedIn(request) ? { user, accessToken, expires: "2099-01-01T00:00:00.000Z" } : {})
    }
    if (pathname === "/imitation/clicks" && request.method === "POST") {
      const kind = (await body(request)).toString()
      if (kind === "untrusted") log.untrustedClicks++
      else log.forbiddenClicks++
      return json(response, 200, {})
    }
    if (pathname.startsWith("/files/")) {
      const file = signedIn(request)
        ? fileNamed(offered, decodeURIComponent(pathname.slice("/files/".length)))
        : undefined
      if (file === undefined) return json(response, 404, {})
      response.writeHead(200, { "content-type": file.type, "content-disposition": "attachment" })
      return void response.end(file.bytes)
    }
    const asset = /^\/assets\/([a-zA-Z]+\.ts)$/.exec(pathname)?.[1]
    if (asset !== undefined) {
      const source = readFileSync(join(import.meta.dirname, "page", asset), "utf8")
      response.writeHead(200, { "content-type": "text/javascript; charset=utf-8" })
      return void response.end(stripTypeScriptTypes(source))
    }
    if (pathname === "/auth/login") return html(response, signInPage)
    if (pathname === "/" || pathname.startsWith("/c/")) return html(response, shell(generation, signedIn(request)))
    return json(response, 404, {})
  }

  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      if (!response.headersSent) json(response, 500, { detail: String(error) })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    log,
    conversations,
    generation,
    storageState: {
      cookies: [{
        name: generation.sessionCookie,
        value: token,
        domain: "127.0.0.1",
        path: "/",
        expires: -1,
        httpOnly: true,
        secure: false,
        sameSite: "Lax"
      }],
      origins: []
    },
    signOut: () => (session = null),
    close: () => {
      stopped.abort()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    }
  }
}
