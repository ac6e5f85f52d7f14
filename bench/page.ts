/** Reading and judging the page: the classifier on recorded pages, and one observation of a conversation of 2,000 turns. */
import { makePage } from "@effect-oracle/browser/drive/DriverPage"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { defaultConfig, type OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { classify } from "@effect-oracle/core/page/PageClassifier"
import { Effect } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "playwright-core"
import { all } from "../packages/browser/test/recorded/Recording.ts"
import { member, turn } from "../packages/browser/test/recorded/Written.ts"
import { locateBrowser } from "./Browser.ts"
import { absolute, compared, median, type Row } from "./Row.ts"

const turns = 2000
const rounds = 60

export const run = async (): Promise<ReadonlyArray<Row>> => [classifier(), ...await observation()]

const classifier = (): Row => {
  const pages = all().map(({ observation }) => observation)
  const times = 200_000 / pages.length
  const rates = Array.from({ length: 5 }, () => {
    const started = performance.now()
    let evidence = 0
    for (let time = 0; time < times; time++) for (const page of pages) evidence += classify(page).evidence.length
    const seconds = (performance.now() - started) / 1000
    return evidence === 0 ? 0 : (Math.ceil(times) * pages.length) / seconds
  })
  return absolute({
    name: "classifier",
    value: median(rates),
    target: 100_000,
    more: true,
    unit: "/s",
    note: `${pages.length} recorded pages in turn`
  })
}

const paragraph = "<p>Words of an <em>answer</em> about <code>module7</code> and what it <a href=\"#\">exports</a>.</p>"

/** About 34,000 elements and 1 MB of text, all of it in the page. */
const longThread = (): string =>
  Array.from(
    { length: turns },
    (_, index) => index % 2 === 0 ? turn("user", `Question ${index}`) : turn("assistant", paragraph.repeat(6))
  ).join("")

const serve = async () => {
  const document = `<!doctype html><meta charset="utf-8"><title>Long</title>${member("", undefined, longThread())}`
  const server = createServer((request, response) => {
    const page = !(request.url ?? "").includes("/api/") && !(request.url ?? "").includes("/backend-api/")
    const me = (request.url ?? "").includes("/me")
    response.writeHead(page || me ? 200 : 404, { "content-type": page ? "text/html" : "application/json" })
    response.end(page ? document : JSON.stringify({ id: "user-1", email: "jane@example.com" }))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve)
  })
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the server has no port")
  return { url: `http://127.0.0.1:${address.port}/`, server }
}

const observation = async (): Promise<ReadonlyArray<Row>> => {
  const { server, url } = await serve()
  const folder = mkdtempSync(join(tmpdir(), "oracle-bench-page-"))
  try {
    return await measure(url, folder)
  } finally {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const timed = async (action: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await action()
  return performance.now() - started
}

const measure = async (url: string, folder: string): Promise<ReadonlyArray<Row>> => {
  const browser = await locateBrowser()
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: browser.path,
    headless: true,
    chromiumSandbox: false,
    env: { ...process.env, ...browser.env }
  })
  try {
    const page = context.pages()[0] ?? await context.newPage()
    const config: OracleConfig = {
      ...defaultConfig,
      sites: { ...defaultConfig.sites, chatgpt: { baseUrl: url } }
    }
    return await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const definition = yield* Effect.fromResult(resolveSite("chatgpt", config))
      const driven = yield* makePage({ page, site: definition, config, profileDir: folder, downloadsDir: folder })
      yield* driven.goto({ _tag: "NewChat" })
      const anchor = { userTurnId: null, turnsBefore: turns - 2, lastTurnIdBefore: null, promptSha256: "" }
      const shown = (yield* driven.observe).turns
      const taken = { observe: Array<number>(), probe: Array<number>(), raw: Array<number>() }
      for (let round = 0; round < rounds; round++) {
        taken.raw.push(yield* Effect.promise(() => timed(() => page.evaluate("1"))))
        taken.observe.push(yield* Effect.promise(() => timed(() => Effect.runPromise(driven.observe))))
        taken.probe.push(yield* Effect.promise(() => timed(() => Effect.runPromise(driven.probe(anchor)))))
      }
      const note = `${shown} turns in the page, an empty evaluate takes ${median(taken.raw).toFixed(1)} ms`
      return [
        absolute({
          name: "observation of a long thread (median)",
          value: median(taken.observe),
          target: 10,
          unit: "ms",
          note
        }),
        compared({
          name: "reading of the anchored turn of a long thread",
          value: median(taken.probe),
          baseline: median(taken.raw),
          target: null,
          unit: "ms"
        })
      ]
    })))
  } finally {
    await context.close()
  }
}
