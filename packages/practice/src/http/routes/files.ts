/** Uploading in three steps (create, bytes, process) and fetching files in the ways that the product offers. */
import { setTimeout as sleep } from "node:timers/promises"
import { readArchive } from "../../archive/readArchive.ts"
import type { StoredFile } from "../../state/Files.ts"
import {
  type Exchange,
  HttpProblem,
  readBody,
  readJson,
  requireBearer,
  requireSession,
  type RouteTable,
  sendJson
} from "../Exchange.ts"

const create = async (exchange: Exchange): Promise<void> => {
  const { user } = requireBearer(exchange)
  const { countdown, behaviour, events, files } = exchange.world
  const request = await readJson<
    { readonly file_name: string; readonly file_size: number; readonly mime_type?: string }
  >(exchange)
  if (request.file_size > behaviour.maxUploadBytes) {
    events.add("upload-failed", { name: request.file_name, reason: "too_large" })
    throw new HttpProblem(413, "file_too_large", "The file is too large.")
  }
  if (behaviour.rateLimit === "upload") {
    events.add("upload-failed", { name: request.file_name, reason: "rate_limit" })
    throw new HttpProblem(429, "rate_limit_exceeded", "Too many requests")
  }
  if (countdown.uploadFailures > 0) {
    countdown.uploadFailures -= 1
    events.add("upload-failed", { name: request.file_name, reason: "refused" })
    throw new HttpProblem(500, "upload_failed", "Failed upload to files.oaiusercontent.com")
  }
  const file = files.create(
    user.id,
    request.file_name,
    request.file_size,
    request.mime_type ?? "application/octet-stream"
  )
  sendJson(exchange, 200, {
    status: "success",
    file_id: file.id,
    upload_url: `/files-upload/${file.id}?sig=${exchange.world.ids.token("", 16)}`
  })
}

const bytes = async (exchange: Exchange, id = ""): Promise<void> => {
  const file = known(exchange, id)
  const body = await readBody(exchange, exchange.world.behaviour.maxUploadBytes)
  await sleep(exchange.world.behaviour.uploadMs, undefined, { ref: false })
  if (body.byteLength !== file.announcedSize) {
    throw new HttpProblem(400, "size_mismatch", "The size is not the one announced.")
  }
  exchange.world.files.fill(file, body)
  sendJson(exchange, 201, {})
}

const processed = async (exchange: Exchange, id = ""): Promise<void> => {
  requireBearer(exchange)
  const { behaviour, countdown, events } = exchange.world
  const file = known(exchange, id)
  await sleep(behaviour.processingMs, undefined, { ref: false })
  if (countdown.processingFailures > 0) {
    countdown.processingFailures -= 1
    file.status = "failed"
    events.add("upload-failed", { id: file.id, name: file.name, reason: "processing" })
    throw new HttpProblem(422, "processing_failed", "The file could not be processed.")
  }
  let problem: string | null = null
  try {
    file.archive = await readArchive(file.bytes)
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error)
  }
  file.status = "processed"
  events.add("upload", {
    id: file.id,
    name: file.name,
    bytes: file.bytes.byteLength,
    sha256: file.sha256,
    format: file.archive?.format ?? null,
    entries: file.archive?.entries.length ?? null,
    totalBytes: file.archive?.totalBytes ?? null,
    problem
  })
  sendJson(exchange, 200, { status: "success", download_url: contentUrl(file) })
}

const status = (exchange: Exchange, id = ""): void => {
  requireSession(exchange)
  const file = known(exchange, id)
  sendJson(exchange, 200, { id: file.id, name: file.name, size: file.bytes.byteLength, state: file.status })
}

const download = (exchange: Exchange, id = ""): void => {
  requireSession(exchange)
  pointTo(exchange, known(exchange, id))
}

const sandbox = (exchange: Exchange): void => {
  requireSession(exchange)
  const { searchParams } = exchange.url
  const file = exchange.world.files.inSandbox(searchParams.get("sandbox_path") ?? searchParams.get("path") ?? "")
  if (file === undefined) throw new HttpProblem(404, "file_not_found", "File not found")
  pointTo(exchange, file)
}

const content = (exchange: Exchange): void => {
  requireSession(exchange)
  const file = known(exchange, exchange.url.searchParams.get("id") ?? "")
  exchange.world.events.add("download", {
    id: file.id,
    name: file.name,
    bytes: file.bytes.byteLength,
    sha256: file.sha256
  })
  exchange.response.writeHead(200, {
    "content-type": file.mimeType,
    "content-length": file.bytes.byteLength,
    "cache-control": "private, no-store",
    ...(file.mimeType.startsWith("image/")
      ? {}
      : { "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` })
  })
  exchange.response.end(file.bytes)
}

const pointTo = (exchange: Exchange, file: StoredFile): void =>
  sendJson(exchange, 200, {
    status: "success",
    download_url: new URL(contentUrl(file), `http://${exchange.request.headers.host ?? "localhost"}`).href,
    file_name: file.name,
    mime_type: file.mimeType,
    file_size_bytes: file.bytes.byteLength
  })

const contentUrl = (file: StoredFile): string =>
  `/backend-api/estuary/content?id=${file.id}&sig=${file.sha256.slice(0, 16)}`

const known = (exchange: Exchange, id: string): StoredFile => {
  const file = exchange.world.files.get(id)
  if (file === undefined) throw new HttpProblem(404, "file_not_found", "File not found")
  return file
}

export const fileRoutes: RouteTable = [
  ["POST", /^\/backend-api\/files$/, create],
  ["PUT", /^\/files-upload\/(file_[A-Za-z0-9]+)$/, bytes],
  ["POST", /^\/backend-api\/files\/(file_[A-Za-z0-9]+)\/uploaded$/, processed],
  ["GET", /^\/backend-api\/files\/(file_[A-Za-z0-9]+)$/, status],
  ["GET", /^\/backend-api\/files\/(file_[A-Za-z0-9]+)\/download$/, download],
  ["GET", /^\/backend-api\/sandbox\/download$/, sandbox],
  ["GET", /^\/backend-api\/conversation\/[A-Za-z0-9-]+\/interpreter\/download$/, sandbox],
  ["GET", /^\/backend-api\/estuary\/content$/, content]
]
