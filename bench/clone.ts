/** The clone of a seed that a real browser has used, with its lock and its checks, against `cp -R` of the same folder. */
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import { writeMarker } from "@effect-oracle/browser/profile/SeedMarker"
import { profileOf, seedPaths } from "@effect-oracle/browser/profile/SeedPaths"
import { layer as seedProfiles } from "@effect-oracle/browser/profile/SeedProfileStore"
import { defaultConfig, type OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { AccountName } from "@effect-oracle/core/domain/Ids"
import { layer as processes } from "@effect-oracle/core/node/ProcessesNode"
import { layerPaths } from "@effect-oracle/core/node/StateDirsNode"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { DateTime, Effect, Layer } from "effect"
import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { compared, median, type Row } from "./Row.ts"

const rounds = 11
const account = AccountName.make("default")

export const run = async (): Promise<ReadonlyArray<Row>> => {
  const work = mkdtempSync(join(tmpdir(), "oracle-bench-clone-"))
  try {
    return await Effect.runPromise(measure(work).pipe(Effect.scoped, Effect.provide(layerIn(work))))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** State of its own; the npm Chromium comes from the user's cache. */
const layerIn = (work: string) =>
  Layer.mergeAll(BrowserLauncher.layer, seedProfiles).pipe(
    Layer.provideMerge(processes),
    Layer.provideMerge(Layer.effect(
      StateDirs,
      StateDirs.use((dirs) =>
        Effect.succeed({ ...dirs, seeds: () => join(work, "seeds"), runtimes: () => join(work, "runtimes") })
      )
    )),
    Layer.provide(layerPaths)
  )

const strategyOf = (cloneStrategy: OracleConfig["browser"]["cloneStrategy"]): OracleConfig => ({
  ...defaultConfig,
  browser: { ...defaultConfig.browser, cloneStrategy }
})

const timed = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.suspend(() => {
    const started = performance.now()
    return Effect.map(effect, () => performance.now() - started)
  })

const measure = Effect.fnUntraced(function*(work: string) {
  const { seed } = seedPaths(join(work, "seeds"), "chatgpt", account)
  yield* usedSeed(seed, join(work, "tmp"))
  const seeds = yield* SeedProfiles
  const copies = join(work, "copies")
  mkdirSync(copies)
  const strategies = ["slim", "warm", "full"] as const
  const times = { slim: [] as Array<number>, warm: [] as Array<number>, full: [] as Array<number> }
  const raw: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    execFileSync("cp", ["-R", profileOf(seed), join(copies, String(round))])
    raw.push(performance.now() - started)
    for (const strategy of strategies) {
      const request = { site: "chatgpt", account, config: strategyOf(strategy) } as const
      const ms = yield* Effect.scoped(timed(seeds.clone(request, `${strategy}-${round}`)))
      times[strategy].push(ms)
    }
  }
  const note = `seed of ${sizeOf(profileOf(seed))}, median of ${rounds}`
  return strategies.map((strategy) =>
    compared({
      name: `clone, ${strategy}`,
      value: median(times[strategy]),
      baseline: median(raw),
      target: strategy === "slim" ? 0.2 : null,
      unit: "ms",
      note
    })
  )
})

const sizeOf = (folder: string): string => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  return `${(bytes / 1e6).toFixed(0)} MB in ${files.length} files`
}

const pictures = 140
const pictureBytes = 400_000

/** A chat site's weight: pictures and scripts that the browser caches, and something in each of its stores. */
const heavySite = Effect.acquireRelease(
  Effect.promise(async () => {
    const picture = randomBytes(pictureBytes)
    const script = Array.from({ length: 3000 }, (_, index) => `function f${index}() { return ${index} * 2 }`).join("\n")
    const scripts = Array.from({ length: 20 }, (_, index) => `<script src="/s${index}.js"></script>`).join("")
    const page = `<!doctype html><body>${scripts}<script>
for (let i = 0; i < 50; i++) localStorage.setItem("key" + i, "value ".repeat(200))
indexedDB.open("chats", 1).onupgradeneeded = ({ target }) => {
  const store = target.result.createObjectStore("chats")
  for (let i = 0; i < 100; i++) store.put("text ".repeat(1000), i)
}
window.lookAround = async () => {
  for (let i = 0; i < ${pictures}; i++) await (await fetch("/p" + i + ".bin")).arrayBuffer()
}
</script>`
    const server = createServer((request, response) => {
      const url = request.url ?? "/"
      response.setHeader("cache-control", "max-age=86400")
      response.setHeader("set-cookie", "visited=1; Max-Age=86400")
      if (url.startsWith("/p")) response.setHeader("content-type", "application/octet-stream").end(picture)
      else if (url.startsWith("/s")) response.setHeader("content-type", "text/javascript").end(script)
      else response.setHeader("content-type", "text/html").end(page)
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const address = server.address()
    return { server, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/` }
  }),
  ({ server }) =>
    Effect.sync(() => {
      server.close()
      server.closeAllConnections()
    })
)

const usedSeed = Effect.fnUntraced(function*(seed: string, tempDir: string) {
  const profileDir = profileOf(seed)
  for (const path of [profileDir, tempDir]) mkdirSync(path, { recursive: true, mode: 0o700 })
  const site = yield* heavySite
  const launcher = yield* BrowserLauncher
  const { page } = yield* launcher.launch({ profileDir, tempDir, config: defaultConfig, onBrowser: () => Effect.void })
  for (let visit = 0; visit < 3; visit++) {
    yield* Effect.promise(() => page.goto(site.url, { waitUntil: "load" }))
    yield* Effect.promise(() => page.evaluate("window.lookAround()"))
  }
  writeMarker(seed, {
    version: 1,
    site: "chatgpt",
    account,
    generation: 1,
    revision: 0,
    createdAt: DateTime.nowUnsafe(),
    identity: null,
    baseUrl: site.url,
    browser: "headless_shell"
  })
}, Effect.scoped)
