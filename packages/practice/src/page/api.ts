/** The page's requests to the server, with the access token of the session. */
import type { ConversationJson, HistoryItem, ModelSelection, SendRequest, StreamEvent } from "../wire.ts"

export class ApiProblem extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

let accessToken = ""

/** True when somebody is signed in. */
export const openSession = async (): Promise<boolean> => {
  const session = await json<{ readonly accessToken?: string }>("GET", "/api/auth/session")
  accessToken = session.accessToken ?? ""
  return accessToken !== ""
}

export const history = async (): Promise<ReadonlyArray<HistoryItem>> =>
  (await json<{ readonly items: ReadonlyArray<HistoryItem> }>(
    "GET",
    "/backend-api/conversations?offset=0&limit=28&order=updated"
  )).items

export const conversation = (id: string): Promise<ConversationJson> =>
  json("GET", `/backend-api/conversation/${encodeURIComponent(id)}`)

export const stop = (id: string): Promise<unknown> =>
  json("POST", "/backend-api/stop_conversation", { conversation_id: id })

export const proceed = (id: string): Promise<unknown> =>
  json("POST", "/backend-api/conversation/continue", { conversation_id: id })

export const note = (detail: Readonly<Record<string, unknown>>): void => {
  json("POST", "/ces/v1/t", detail).catch(() => undefined)
}

export const saveModel = (selection: ModelSelection): void => {
  json("PATCH", "/backend-api/settings/user_last_used_model_config", selection).catch(() => undefined)
}

export const setArchived = (id: string, archived: boolean): Promise<unknown> =>
  json("PATCH", `/backend-api/conversation/${id}`, { is_archived: archived })

export const erase = (id: string): Promise<unknown> =>
  json("PATCH", `/backend-api/conversation/${id}`, { is_visible: false })

/** Makes the remembered session of this account count. */
export const chooseAccount = (email: string): Promise<unknown> => json("POST", "/auth/choose", { email })

export const identify = (): void => {
  json("GET", "/backend-api/me").catch(() => undefined)
}

/** Creates, transfers and processes one file; gives its id. */
export const upload = async (file: File, signal: AbortSignal): Promise<string> => {
  const created = await json<{ readonly file_id: string; readonly upload_url: string }>("POST", "/backend-api/files", {
    file_name: file.name,
    file_size: file.size,
    mime_type: file.type || "application/octet-stream",
    use_case: file.type.startsWith("image/") ? "multimodal" : "my_files"
  }, signal)
  const put = await fetch(created.upload_url, {
    method: "PUT",
    body: file,
    signal,
    headers: { "x-ms-blob-type": "BlockBlob" }
  })
  if (!put.ok) throw await problemOf(put)
  await json("POST", `/backend-api/files/${created.file_id}/uploaded`, {}, signal)
  return created.file_id
}

/** Where a file of an answer can be fetched. */
export const downloadUrl = async (
  conversationId: string,
  messageId: string,
  sandboxPath: string
): Promise<{ url: string; name: string }> => {
  const query = new URLSearchParams({ message_id: messageId, sandbox_path: sandboxPath })
  const found = await json<{ readonly download_url: string; readonly file_name: string }>(
    "GET",
    `/backend-api/conversation/${conversationId}/interpreter/download?${query}`
  )
  return { url: found.download_url, name: found.file_name }
}

export const send = (request: SendRequest): Promise<AsyncIterable<StreamEvent>> =>
  stream("/backend-api/conversation", request)

export const resume = (id: string): Promise<AsyncIterable<StreamEvent>> =>
  stream("/backend-api/conversation/resume", { conversation_id: id })

export const retry = (id: string): Promise<AsyncIterable<StreamEvent>> =>
  stream("/backend-api/conversation/retry", { conversation_id: id })

const request = (method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> =>
  fetch(path, {
    method,
    credentials: "include",
    headers: {
      ...(accessToken === "" ? {} : { authorization: `Bearer ${accessToken}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" })
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal })
  })

const json = async <A>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<A> => {
  const response = await request(method, path, body, signal)
  if (!response.ok) throw await problemOf(response)
  const value: A = await response.json()
  return value
}

const stream = async (path: string, body: unknown): Promise<AsyncIterable<StreamEvent>> => {
  const response = await request("POST", path, body)
  if (!response.ok || response.body === null) throw await problemOf(response)
  return events(response.body)
}

const events = async function*(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ""
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const frames = (rest + decoder.decode(value, { stream: true })).split("\n\n")
    rest = frames.pop() ?? ""
    for (const frame of frames) {
      const data = frame.replace(/^data: /, "")
      if (data === "[DONE]") return
      const event: StreamEvent = JSON.parse(data)
      yield event
    }
  }
}

const problemOf = async (response: Response): Promise<ApiProblem> => {
  const body: { readonly detail?: { readonly code?: string; readonly message?: string } } = await response.json()
    .catch(() => ({}))
  return new ApiProblem(response.status, body.detail?.code ?? "error", body.detail?.message ?? "Something went wrong.")
}
