/** The HTTP server: finds the route, stands trouble before it, and turns problems into responses. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { World } from "../state/World.ts"
import { assetRoutes } from "./assets.ts"
import { cookiesOf, sessionTokenOf } from "./cookies.ts"
import { type Exchange, HttpProblem, type RouteTable, sendJson } from "./Exchange.ts"
import { adminRoutes } from "./routes/admin.ts"
import { conversationRoutes } from "./routes/conversations.ts"
import { documentRoutes } from "./routes/documents.ts"
import { fileRoutes } from "./routes/files.ts"
import { sessionRoutes } from "./routes/session.ts"
import { threadRoutes } from "./routes/threads.ts"
import { interfere } from "./trouble.ts"

const routes: RouteTable = [
  ...documentRoutes,
  ...assetRoutes,
  ...sessionRoutes,
  ...conversationRoutes,
  ...threadRoutes,
  ...fileRoutes
]

export const createSite = (world: World): Server =>
  createServer((request, response) => {
    void respond(world, request, response)
  })

const respond = async (world: World, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const token = sessionTokenOf(cookiesOf(request))
  const known = token === undefined ? undefined : world.accounts.byToken(token)
  const counts = !world.behaviour.accountChooser || (known !== undefined && world.chosen.has(known.user.email))
  const exchange: Exchange = {
    world,
    request,
    response,
    url: new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`),
    method: request.method ?? "GET",
    session: counts ? known : undefined,
    remembered: counts ? undefined : known
  }
  try {
    const steering = exchange.url.pathname.startsWith("/__practice/")
    if (!steering && await interfere(exchange)) return
    await dispatch(exchange, steering ? adminRoutes : routes)
  } catch (error) {
    report(exchange, error)
  }
}

const dispatch = async (exchange: Exchange, table: RouteTable): Promise<void> => {
  for (const [method, path, route] of table) {
    if (method !== exchange.method) continue
    const match = path.exec(exchange.url.pathname)
    if (match !== null) return route(exchange, ...match.slice(1))
  }
  throw new HttpProblem(404, "not_found", "Not found")
}

const report = (exchange: Exchange, error: unknown): void => {
  if (exchange.response.headersSent) {
    exchange.response.end()
    return
  }
  const problem = error instanceof HttpProblem
    ? error
    : new HttpProblem(
      error instanceof Error && error.name === "UnknownScenario" ? 400 : 500,
      "error",
      error instanceof Error ? error.message : "error"
    )
  sendJson(exchange, problem.status, { detail: { code: problem.code, message: problem.message } })
}
