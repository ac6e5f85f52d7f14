/** A tiny server for pages that a test writes itself. */
import { Effect, type Scope } from "effect"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** Paths are matched whole; `*` answers everything else. A string is an HTML page. */
export type Routes = Readonly<Record<string, string | Handler>>

export interface Fixture {
  readonly url: string
  /** Method and path of each request, in order. */
  readonly seen: ReadonlyArray<string>
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString("latin1")
}

export const serveFixture = (routes: Routes): Effect.Effect<Fixture, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.callback<Fixture & { readonly close: () => void }>((resume) => {
      const seen: Array<string> = []
      const server = createServer((request, response) => {
        const path = new URL(request.url ?? "/", "http://fixture").pathname
        seen.push(`${request.method} ${path}`)
        const route = routes[path] ?? routes["*"]
        if (typeof route === "string") {
          response.writeHead(200, { "content-type": "text/html; charset=utf-8" })
          response.end(route)
        } else if (route === undefined) {
          response.writeHead(404)
          response.end()
        } else {
          void bodyOf(request).then((body) => route(request, response, body))
        }
      })
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo
        const close = () => {
          server.closeAllConnections()
          server.close()
        }
        resume(Effect.succeed({ url: `http://127.0.0.1:${port}`, seen, close }))
      })
    }),
    ({ close }) => Effect.sync(close)
  )

export const redirectTo = (address: string): Handler => (_, response) => {
  response.writeHead(302, { location: address })
  response.end()
}

export const bytes =
  (content: string | Buffer, headers: Readonly<Record<string, string>> = {}): Handler => (_, response) => {
    response.writeHead(200, { "content-type": "application/octet-stream", ...headers })
    response.end(content)
  }

export const json = (value: unknown): Handler => (_, response) => {
  response.writeHead(200, { "content-type": "application/json" })
  response.end(JSON.stringify(value))
}
