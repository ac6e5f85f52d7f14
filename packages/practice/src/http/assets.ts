/** The page's own files. Its modules are TypeScript whose types are removed on the way out. */
import { readFile } from "node:fs/promises"
import { stripTypeScriptTypes } from "node:module"
import { type Exchange, HttpProblem, type RouteTable, send } from "./Exchange.ts"

/** Beside `src` and `dist` alike; bundles that move this file set another place. */
let folder = new URL("../../src/page/", import.meta.url)

const cache = new Map<string, Promise<string>>()

export const servePageFrom = (place: URL): void => {
  folder = place
  cache.clear()
}

export const template = (name: string): Promise<string> => cached(name, () => readFile(new URL(name, folder), "utf8"))

const script = (name: string): Promise<string> =>
  cached(
    name,
    async () =>
      withoutTypes(await readFile(new URL(`${name}.ts`, folder), "utf8"))
        .replaceAll(/(from\s+"\.[^"]*)\.ts"/g, "$1.js\"")
  )

/** Node announces the stripping of types as experimental; whoever runs the site need not hear of it. */
const withoutTypes = (source: string): string => {
  const warn = Object.getOwnPropertyDescriptor(process, "emitWarning") ?? {}
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    Object.defineProperty(process, "emitWarning", warn)
  }
}

const cached = (key: string, read: () => Promise<string>): Promise<string> => {
  const known = cache.get(key)
  if (known !== undefined) return known
  const fresh = read().catch(() => {
    cache.delete(key)
    throw new HttpProblem(404, "not_found", `No asset ${key}`)
  })
  cache.set(key, fresh)
  return fresh
}

/** A browser asks for each file once. */
const lasting = "private, max-age=300"

const styles = async (exchange: Exchange): Promise<void> =>
  send(exchange, 200, "text/css; charset=utf-8", await template("app.css"), lasting)

export const assetRoutes: RouteTable = [
  ["GET", /^\/cdn\/assets\/app\.css$/, styles],
  [
    "GET",
    /^\/cdn\/assets\/([A-Za-z]+(?:\/[A-Za-z]+)*)\.js$/,
    async (exchange, name = "") => send(exchange, 200, "text/javascript; charset=utf-8", await script(name), lasting)
  ],
  [
    "GET",
    /^\/cdn-cgi\/challenge-platform\/scripts\/jsd\/main\.js$/,
    (exchange) => send(exchange, 200, "text/javascript", "void 0\n")
  ],
  ["GET", /^\/favicon\.ico$/, (exchange) => send(exchange, 204, "image/x-icon", "")]
]
