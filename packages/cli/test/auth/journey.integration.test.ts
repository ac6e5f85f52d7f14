/** A login and what becomes of it: imported, exported, ended by the site, repaired, rotated; and that nothing of it leaks. */
import { BrowserLocator } from "@effect-oracle/browser/locate/BrowserLocator"
import { defaultConfig } from "@effect-oracle/core/config/OracleConfig"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { listeningPorts } from "../headed/ports.ts"
import { type Ended, jsonOf, Sandbox } from "../support/oracle.ts"
import { processesOf } from "../support/processes.ts"
import { stateOf, useBrowser } from "./localBrowser.ts"

const sandbox = new Sandbox()
const env = { XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache") }
const oracle = (...args: ReadonlyArray<string>): Promise<Ended> => sandbox.run(args, { env })

let site: PracticeSite
let profile = ""

const npmChromium = BrowserLocator.use((locator) =>
  locator.prepare({ ...defaultConfig, browser: { ...defaultConfig.browser, channel: "npm" } })
).pipe(Effect.provide(BrowserLocator.layer.pipe(Layer.provide(StateDirsNode.layerPaths))), Effect.runPromise)

const seedFile = (name: string) => join(sandbox.state, "seeds/practice/default", name)
const marker = () => JSON.parse(readFileSync(seedFile("seed.json"), "utf8"))
const jar = (): ReadonlyArray<{ readonly cookie: { readonly value: string } | null }> =>
  JSON.parse(readFileSync(seedFile("profile/oracle-cookies.json"), "utf8"))

/** Every session token that a seed has held. */
const planted = new Set<string>()
const remember = () => {
  for (const { cookie } of jar()) if (cookie !== null && cookie.value.length > 20) planted.add(cookie.value)
}

const stateFile = (): string => {
  const file = join(sandbox.root, "login.json")
  const state = site.admin.storageState()
  for (const { value } of state.cookies) if (value.length > 20) planted.add(value)
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
  return file
}

const filesBelow = (folder: string): ReadonlyArray<string> =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .flatMap((entry) => entry.isFile() ? [join(entry.parentPath, entry.name)] : [])
    : []

/** Command lines and outputs that were seen; no cookie may be in one. */
const seen: Array<string> = []
const run = async (...args: ReadonlyArray<string>): Promise<Ended> => {
  const ended = await oracle(...args)
  seen.push(ended.stdout, ended.stderr)
  return ended
}

beforeAll(async () => {
  site = await start({})
  sandbox.write("src/main.ts", "export const answer = 42\n")
  sandbox.config({
    defaults: { site: "practice", preset: "current" },
    sites: { practice: { baseUrl: site.url } },
    host: { idleMs: 1000 }
  })
  const state = site.admin.storageState()
  const foreign = { name: "foreign", value: "foreign-cookie-value", domain: "other.example", path: "/", expires: 2e9 }
  const { env: libraries, path } = await npmChromium
  Object.assign(process.env, libraries)
  profile = await useBrowser(sandbox, path, [...state.cookies, { ...foreign, secure: true }])
})

afterAll(async () => {
  await oracle("host", "stop", "--force")
  await site.close()
  sandbox.remove()
})

describe("cookies of a local browser", () => {
  it("are copied only when a person agrees", async () => {
    const { code, stderr } = await run("auth", "practice", "--from-browser", "chromium")
    assert.strictEqual(code, 2)
    assert.include(stderr, "only when a person agrees")
    assert.isFalse(existsSync(seedFile("seed.json")))
  })

  it("say what is wrong with them", async () => {
    const none = await run("auth", "practice", "--from-browser", "chromium", "--profile", "Profile 9", "--yes")
    assert.strictEqual(none.code, 3)
    assert.include(none.stderr, "Chromium, profile Profile 9: ")
    const path = await run("auth", "practice", "--from-browser", "brave", "--profile", sandbox.project, "--yes")
    assert.include(path.stderr, "it is no profile of a browser")
    const both = await run("auth", "practice", "--from-browser", "brave", "--state-file", "x", "--yes")
    assert.strictEqual(both.code, 2)
  })

  it("make a seed, and their browser's profile stays as it was", async () => {
    const before = stateOf(profile)
    const { code, stderr, stdout } = await run("auth", "practice", "--from-browser", "chromium", "--yes")
    assert.strictEqual(code, 0, stderr)
    assert.match(stdout, /^signed in to practice as r\*+@example\.com$/m)
    assert.deepStrictEqual(stateOf(profile), before)
    remember()
    assert.isAbove(planted.size, 0)
    const content = filesBelow(seedFile("")).map((file) => readFileSync(file, "latin1")).join("\n")
    assert.notInclude(content, "foreign-cookie-value")
    assert.notInclude(content, "other.example")
  })
})

describe("a running job", () => {
  it(
    "touches no profile of the user, opens no port, and is sandboxed unless root runs it",
    { timeout: 120_000 },
    async () => {
      const before = stateOf(profile)
      site.admin.setScenario("slow", { promptIncludes: "take a moment", behaviour: { thinkingMs: 1500 } })
      const job = sandbox.start(["ask", "-p", "take a moment", "--files", "src"], { env })
      const browsers = () => processesOf(`--user-data-dir=${sandbox.state}`)
      let lines = browsers()
      for (; lines.length === 0; lines = browsers()) await sleep(50)
      const main = lines.find((line) => !line.includes("--type=")) ?? ""
      seen.push(...processesOf(sandbox.root))
      assert.include(main, "--remote-debugging-pipe")
      assert.notInclude(main, "--remote-debugging-port")
      assert.include(main, "--headless")
      assert.strictEqual(main.includes("--no-sandbox"), process.getuid?.() === 0)
      for (const line of lines) assert.deepStrictEqual(listeningPorts(Number(line.trim().split(" ")[0])), [])
      const { code, stderr, stdout } = await job.ended
      seen.push(stdout, stderr)
      assert.strictEqual(code, 0, stderr)
      assert.deepStrictEqual(stateOf(profile), before)
    }
  )
})

describe("a login that the site has ended", () => {
  it(
    "fails the job before its send, names the way, and the same job completes after it",
    { timeout: 120_000 },
    async () => {
      site.admin.revokeSessions()
      const sends = site.admin.log("send").length
      const failed = await run("ask", "-p", "Does it go on?", "--files", "src", "--json")
      assert.strictEqual(failed.code, 3, failed.stderr)
      const { error, job } = jsonOf(failed)
      assert.strictEqual(error.code, "login_required")
      assert.include(error.nextStep, "oracle auth practice")
      const repaired = await run("auth", "practice", "--state-file", stateFile())
      assert.strictEqual(repaired.code, 0, repaired.stderr)
      assert.include(repaired.stderr, `'oracle resume ${job.id}' lets it go on`)
      remember()
      assert.strictEqual((await run("resume", job.id)).code, 0)
      const done = await run("wait", job.id, "--json")
      assert.strictEqual(done.code, 0, done.stderr)
      assert.strictEqual(jsonOf(done).job.id, job.id)
      assert.strictEqual(site.admin.log("send").length, sends + 1)
    }
  )

  it(
    "makes a job wait whose prompt is out, and it goes on by itself after the sign-in",
    { timeout: 180_000 },
    async () => {
      const sends = site.admin.log("send").length
      site.admin.setScenario("slow", { promptIncludes: "while you were out", behaviour: { thinkingMs: 4000 } })
      const asked = sandbox.start(["ask", "-p", "while you were out", "--files", "src", "--json"], { env })
      await site.admin.waitFor("send", { n: 1, after: site.admin.log().length, timeoutMs: 90_000 })
      site.admin.revokeSessions()
      await run("host", "stop", "--force")
      const blocked = async () => jsonOf(await oracle("status", "--json")).jobs[0]?.blocked?.reason
      for (let look = 0; look < 120 && await blocked() !== "login"; look += 1) await sleep(500)
      const repaired = await run("auth", "practice", "--state-file", stateFile())
      assert.include(repaired.stderr, "1 job waited for this login")
      remember()
      const ended = await asked.ended
      seen.push(ended.stdout, ended.stderr)
      assert.strictEqual(ended.code, 0, ended.stderr)
      assert.strictEqual(site.admin.log("send").length, sends + 1)
    }
  )
})

describe("a site that renews the login at every visit", () => {
  it(
    "is followed: renewed cookies go back to the seed, also of jobs side by side, and the next job signs in with them",
    { timeout: 180_000 },
    async () => {
      const { generation, revision } = marker()
      const ask = async (prompt: string) => {
        const { code, stderr } = await run("ask", "-p", prompt, "--files", "src")
        assert.strictEqual(code, 0, stderr)
        remember()
      }
      site.admin.setScenario("rotating-session")
      await Promise.all([ask("side"), ask("by side")])
      site.admin.setScenario("strict-session")
      site.admin.setScenario(["strict-session", "slow"], { promptIncludes: "meets", behaviour: { thinkingMs: 15_000 } })
      const first = ask("who meets whom")
      await site.admin.waitFor("send", { n: 1, after: site.admin.log().length, timeoutMs: 90_000 })
      await Promise.all([first, ask("the other")])
      assert.strictEqual(marker().generation, generation)
      assert.isAtLeast(marker().revision, revision + 3)
      const { seeds } = jsonOf(await run("auth", "status", "--json"))
      assert.strictEqual(seeds[0].generation, generation)
      assert.isNotNull(seeds[0].lastSuccess)
      assert.isNotNull(seeds[0].sessionExpiresAt)
      const { jobs } = jsonOf(await run("status", "--json", "--limit", "2"))
      const logs = await Promise.all(jobs.map(({ id }: { readonly id: string }) => run("logs", id)))
      const told = logs.filter(({ stdout }) => stdout.includes("this account runs one job at a time from now on"))
      assert.strictEqual(told.length, 1)
      site.admin.setScenario([])
    }
  )
})

describe("a login that moves to another machine", () => {
  it("is exported when a person agrees, into a file that signs in there", async () => {
    const file = join(sandbox.root, "exported.json")
    const refused = await run("auth", "export", "practice", "--output", file)
    assert.strictEqual(refused.code, 2)
    assert.isFalse(existsSync(file))
    assert.strictEqual((await run("auth", "export", "practice", "--output", file, "--yes")).code, 0)
    const before = marker().generation
    const { code, stderr } = await run("auth", "practice", "--account", "copy", "--state-file", file)
    assert.strictEqual(code, 0, stderr)
    assert.strictEqual((await run("auth", "rollback", "practice")).code, 0)
    assert.isBelow(marker().generation, before)
    const { stdout } = await run("auth", "status")
    assert.match(stdout, /^practice +copy +r\*+@example\.com/m)
    assert.match(stdout, /^practice +default +r\*+@example\.com .* kept$/m)
  })

  it("is refused without a display, where the other ways in are named", async () => {
    const { code, stderr } = await run("auth", "practice")
    assert.strictEqual(code, 3)
    assert.match(stderr, /there is no display here|needs a full browser/)
    assert.include(stderr, "--state-file")
    assert.include(stderr, "--from-browser")
  })

  it("is left out of every log, every command line, every output and every job", () => {
    const secret = [...planted]
    assert.isAtLeast(secret.length, 4)
    const outside = filesBelow(sandbox.state).filter((file) => !file.startsWith(join(sandbox.state, "seeds")))
    assert.isAbove(outside.filter((file) => file.includes("/jobs/")).length, 10)
    const leaks = outside.filter((file) => {
      const content = readFileSync(file, "latin1")
      return secret.some((value) => content.includes(value))
    })
    assert.deepStrictEqual(leaks, [])
    assert.isFalse(seen.some((text) => secret.some((value) => text.includes(value))))
  })
})
