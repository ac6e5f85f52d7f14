/** Speaks to a practice site over HTTP as its page does. */
import type { PracticeSite } from "@effect-oracle/practice/PracticeSite"
import { defaultSelection } from "@effect-oracle/practice/state/Accounts"
import type { ConversationJson, StreamEvent } from "@effect-oracle/practice/wire"
import { randomUUID } from "node:crypto"
import { gzipSync, zstdCompressSync } from "node:zlib"
import { pack } from "tar-stream"

export interface Client {
  readonly cookie: string
  readonly request: (method: string, path: string, body?: unknown) => Promise<Response>
  readonly upload: (
    name: string,
    bytes: Uint8Array
  ) => Promise<{ readonly id: string; readonly name: string; readonly size: number; readonly mimeType: string }>
  readonly send: (
    text: string,
    options?: { readonly attachments?: ReadonlyArray<unknown>; readonly conversationId?: string }
  ) => Promise<Response>
  readonly conversation: (id: string) => Promise<ConversationJson>
}

export interface Identity {
  readonly id: string
  readonly email: string
}

export interface Session {
  readonly user?: { readonly email: string }
  readonly accessToken?: string
}

export const read = async <A>(response: Response): Promise<A> => {
  const value: A = await response.json()
  return value
}

export const signIn = async (site: PracticeSite): Promise<Client> => {
  const response = await fetch(`${site.url}/auth/login`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ email: site.user.email, password: site.user.password })
  })
  const cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ")
  const session = await fetch(`${site.url}/api/auth/session`, { headers: { cookie } })
  const { accessToken = "" } = await read<Session>(session)
  return clientOf(site.url, cookie, accessToken)
}

const clientOf = (url: string, cookie: string, accessToken: string): Client => {
  const request: Client["request"] = (method, path, body) =>
    fetch(new URL(path, url), {
      method,
      headers: { cookie, authorization: `Bearer ${accessToken}` },
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) })
    })
  return {
    cookie,
    request,
    upload: async (name, bytes) => {
      const mimeType = "application/octet-stream"
      const created = await read<{ readonly file_id: string; readonly upload_url: string }>(
        await request("POST", "/backend-api/files", { file_name: name, file_size: bytes.byteLength })
      )
      await request("PUT", created.upload_url, bytes)
      await request("POST", `/backend-api/files/${created.file_id}/uploaded`, {})
      return { id: created.file_id, name, size: bytes.byteLength, mimeType }
    },
    send: (text, { attachments = [], conversationId } = {}) =>
      request("POST", "/backend-api/conversation", {
        action: "next",
        conversation_id: conversationId ?? null,
        parent_message_id: null,
        message: { id: randomUUID(), text, attachments },
        model: "gpt-5-5-thinking",
        thinking_effort: "standard",
        selection: defaultSelection
      }),
    conversation: async (id) => read<ConversationJson>(await request("GET", `/backend-api/conversation/${id}`))
  }
}

export const eventsOf = async (response: Response): Promise<ReadonlyArray<StreamEvent>> =>
  (await response.text()).split("\n\n").flatMap((frame) => frame.startsWith("data: {") ? [eventOf(frame.slice(6))] : [])

const eventOf = (json: string): StreamEvent => {
  const event: StreamEvent = JSON.parse(json)
  return event
}

/** The text that the events of a stream add up to. */
export const streamedText = (events: ReadonlyArray<StreamEvent>): string =>
  events.reduce((text, event) => text + (event.type === "delta" ? event.v : ""), "")

export const archiveOf = async (entries: Readonly<Record<string, string>>, format: "zst" | "gz"): Promise<Buffer> => {
  const tar = pack()
  for (const [name, text] of Object.entries(entries)) tar.entry({ name, mtime: new Date(0) }, text)
  tar.finalize()
  const chunks: Array<Buffer> = []
  for await (const chunk of tar) {
    if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
  const bytes = Buffer.concat(chunks)
  return format === "zst" ? zstdCompressSync(bytes) : gzipSync(bytes)
}
