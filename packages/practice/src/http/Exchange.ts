/** One request and its response, with the few things every route needs. */
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Session } from "../state/Accounts.ts"
import type { World } from "../state/World.ts"

export interface Exchange {
  readonly world: World
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly method: string
  /** The session that the cookie names, if it lives. */
  readonly session: Session | undefined
  /** A living session that does not count yet because its account was not chosen. */
  readonly remembered: Session | undefined
}

export type Route = (exchange: Exchange, ...captured: ReadonlyArray<string>) => void | Promise<void>

/** Method, path pattern, handler; the first that fits serves the request. */
export type RouteTable = ReadonlyArray<readonly [method: string, path: RegExp, route: Route]>

export class HttpProblem extends Error {
  override readonly name = "HttpProblem"
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const sendJson = (exchange: Exchange, status: number, value: unknown): void =>
  send(exchange, status, "application/json; charset=utf-8", JSON.stringify(value))

export const send = (
  exchange: Exchange,
  status: number,
  type: string,
  body: string | Buffer,
  cacheControl = "no-store"
): void => {
  exchange.response.writeHead(status, { "content-type": type, "cache-control": cacheControl })
  exchange.response.end(body)
}

export const redirect = (exchange: Exchange, location: string): void => {
  exchange.response.writeHead(303, { location })
  exchange.response.end()
}

export const readBody = async (exchange: Exchange, limit: number): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  let size = 0
  for await (const chunk of exchange.request) {
    const bytes: Buffer = chunk
    size += bytes.byteLength
    if (size > limit) throw new HttpProblem(413, "request_too_large", "The request is too large.")
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

export const readJson = async <A>(exchange: Exchange): Promise<A> => {
  const body = await readBody(exchange, 64 * 1024 * 1024)
  try {
    const value: A = JSON.parse(body.toString("utf8") || "{}")
    return value
  } catch {
    throw new HttpProblem(400, "invalid_json", "The request body is not valid JSON.")
  }
}

/** The session that the bearer token names; backend routes refuse without it. */
export const requireBearer = (exchange: Exchange): Session => {
  const token = exchange.request.headers.authorization?.replace(/^Bearer /, "")
  const session = token === undefined ? undefined : exchange.world.accounts.byAccessToken(token)
  if (session === undefined) {
    throw new HttpProblem(
      401,
      "token_invalidated",
      "Your authentication token has been invalidated. Please try signing in again."
    )
  }
  return session
}

/** Either way of being signed in, as file routes accept it. */
export const requireSession = (exchange: Exchange): Session => exchange.session ?? requireBearer(exchange)
