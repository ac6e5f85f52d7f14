/** The steering wheel for tests and demos, under `/__practice/`. */
import { Admin } from "../../Admin.ts"
import type { Behaviour } from "../../Behaviour.ts"
import { scenarios } from "../../Scenario.ts"
import { type EventType, eventTypeNamed } from "../../state/EventLog.ts"
import { type Exchange, HttpProblem, readJson, type RouteTable, sendJson } from "../Exchange.ts"

interface ScenarioRequest {
  readonly scenario?: string | ReadonlyArray<string>
  readonly behaviour?: Partial<Behaviour>
  readonly promptIncludes?: string
}

const adminOf = (exchange: Exchange): Admin =>
  new Admin(exchange.world, `http://${exchange.request.headers.host ?? "127.0.0.1"}`)

const setScenario = async (exchange: Exchange): Promise<void> => {
  const request = await readJson<ScenarioRequest>(exchange)
  const options = {
    ...(request.behaviour === undefined ? {} : { behaviour: request.behaviour }),
    ...(request.promptIncludes === undefined ? {} : { promptIncludes: request.promptIncludes })
  }
  adminOf(exchange).setScenario(request.scenario ?? [], options)
  sendScenario(exchange)
}

const sendScenario = (exchange: Exchange): void =>
  sendJson(exchange, 200, { scenario: exchange.world.scenario, behaviour: exchange.world.behaviour })

const wait = async (exchange: Exchange): Promise<void> => {
  const { searchParams } = exchange.url
  const n = Number(searchParams.get("n") ?? 1)
  const events = await adminOf(exchange).waitFor(requireType(searchParams.get("event")), {
    n,
    timeoutMs: Number(searchParams.get("timeoutMs") ?? 30_000),
    after: Number(searchParams.get("after") ?? 0)
  })
  sendJson(exchange, events.length >= n ? 200 : 408, { events })
}

const conversation = (exchange: Exchange, id = ""): void => {
  const record = adminOf(exchange).conversation(id)
  if (record === undefined) throw new HttpProblem(404, "not_found", `No conversation ${id}`)
  sendJson(exchange, 200, record)
}

const reset = async (exchange: Exchange): Promise<void> => {
  const { keepSessions = false } = await readJson<{ readonly keepSessions?: boolean }>(exchange)
  adminOf(exchange).reset({ keepSessions })
  sendJson(exchange, 200, {})
}

const log = (exchange: Exchange): void => {
  const { searchParams } = exchange.url
  const type = searchParams.get("event")
  const after = Number(searchParams.get("after") ?? 0)
  sendJson(exchange, 200, { events: exchange.world.events.list(type === null ? undefined : requireType(type), after) })
}

const requireType = (name: string | null): EventType => {
  const type = eventTypeNamed(name)
  if (type === undefined) throw new HttpProblem(400, "unknown_event", `No event type "${name ?? ""}"`)
  return type
}

const prepare = async (exchange: Exchange): Promise<void> => {
  const { email, title, turns } = await readJson<
    { readonly title: string; readonly turns: ReadonlyArray<readonly [string, string]>; readonly email?: string }
  >(exchange)
  sendJson(exchange, 201, { id: adminOf(exchange).addConversation(title, turns, email) })
}

export const adminRoutes: RouteTable = [
  ["GET", /^\/__practice\/log$/, log],
  ["GET", /^\/__practice\/wait$/, wait],
  [
    "GET",
    /^\/__practice\/conversations$/,
    (exchange) => sendJson(exchange, 200, { conversations: adminOf(exchange).conversations() })
  ],
  ["POST", /^\/__practice\/conversations$/, prepare],
  ["GET", /^\/__practice\/conversations\/([^/]+)$/, conversation],
  ["GET", /^\/__practice\/scenarios$/, (exchange) => sendJson(exchange, 200, scenarios)],
  ["GET", /^\/__practice\/scenario$/, (exchange) => sendScenario(exchange)],
  ["POST", /^\/__practice\/scenario$/, setScenario],
  ["POST", /^\/__practice\/reset$/, reset],
  ["POST", /^\/__practice\/revoke-sessions$/, (exchange) => {
    exchange.world.revokeSessions()
    sendJson(exchange, 200, {})
  }],
  [
    "GET",
    /^\/__practice\/storage-state$/,
    (exchange) =>
      sendJson(exchange, 200, adminOf(exchange).storageState(exchange.url.searchParams.get("email") ?? undefined))
  ]
]
