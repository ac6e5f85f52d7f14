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

export const signIn = async (site: PracticeSite): Promise<Client> => {
  const response = await fetch(`${site.url}/auth/login`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ email: site.user.email, password: site.user.password })
  })
  const cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ")
  const session = await fetch(`${site.url}/api/auth/session`, { headers: { cookie } })
  const { accessToken = "" } = await session.json() as { readonly accessToken?: string }
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
      const created =
        await (await request("POST", "/backend-api/files", { file_name: name, file_size: bytes.byteLength }))
          .json() as {
            readonly file_id: string
            readonly upload_url: string
          }
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
    conversation: async (id) =>
      await (await request("GET", `/backend-api/conversation/${id}`)).json() as ConversationJson
  }
}

export const eventsOf = async (response: Response): Promise<ReadonlyArray<StreamEvent>> =>
  (await response.text()).split("\n\n").flatMap((frame) =>
    frame.startsWith("data: {") ? [JSON.parse(frame.slice(6)) as StreamEvent] : []
  )

/** The text that the events of a stream add up to. */
export const streamedText = (events: ReadonlyArray<StreamEvent>): string =>
  events.reduce((text, event) => text + (event.type === "delta" ? event.v : ""), "")

export const archiveOf = async (entries: Readonly<Record<string, string>>, format: "zst" | "gz"): Promise<Buffer> => {
  const tar = pack()
  for (const [name, text] of Object.entries(entries)) tar.entry({ name, mtime: new Date(0) }, text)
  tar.finalize()
  const chunks: Array<Buffer> = []
  for await (const chunk of tar) chunks.push(Buffer.from(chunk as Uint8Array))
  const bytes = Buffer.concat(chunks)
  return format === "zst" ? zstdCompressSync(bytes) : gzipSync(bytes)
}
