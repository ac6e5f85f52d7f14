/** Everything that shows a window: signing in by hand, the site's check of the person, and a headed job. Needs an X server. */
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type Ended, jsonOf, Sandbox } from "../support/oracle.ts"
import { processesOf, remainingProcesses } from "../support/processes.ts"
import { canShowWindows, type Display, openDisplay } from "./display.ts"
import { attend, type Attended, closeWindow, signInAndClose, solveCheck } from "./person.ts"
import { listeningPorts } from "./ports.ts"

const sandbox = new Sandbox()
const seeds = join(sandbox.state, "seeds/practice")
let site: PracticeSite
let person: Attended
let display: Display
let env: Readonly<Record<string, string>> = {}

const oracle = (...args: ReadonlyArray<string>): Promise<Ended> => sandbox.run(args, { env })

const generation = (): number => JSON.parse(readFileSync(join(seeds, "default/seed.json"), "utf8")).generation

/** The main process of the browser on the staged profile, once it runs. */
const windowProcess = async (): Promise<string> => {
  for (;;) {
    const found = processesOf(`--user-data-dir=${sandbox.state}`).find((line) => !line.includes("--type="))
    if (found !== undefined) return found
    await sleep(50)
  }
}

const pidOf = (line: string): number => Number(line.trim().split(" ")[0])

const nothingLeft = async (): Promise<void> => {
  assert.deepStrictEqual(await remainingProcesses(`--user-data-dir=${sandbox.state}`, 5000), [])
  assert.isFalse(existsSync(join(seeds, "default.staging")))
}

describe.skipIf(!canShowWindows)("with a display", () => {
  beforeAll(async () => {
    site = await start({})
    person = await attend(site.url)
    display = await openDisplay()
    env = {
      ...display.env,
      ORACLE_CHANNEL: "",
      XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache")
    }
    sandbox.write("src/main.ts", "export const answer = 42\n")
    sandbox.config({
      defaults: { site: "practice" },
      sites: { practice: { baseUrl: person.url } },
      auth: { pollMs: 200 },
      host: { idleMs: 1000 }
    })
  })

  afterAll(async () => {
    await oracle("host", "stop", "--force")
    await person.close()
    await site.close()
    await display.close()
    sandbox.remove()
  })

  it("changes nothing when the window is closed before anybody signed in", async () => {
    person.act = closeWindow
    const { code, stderr } = await oracle("auth", "practice")
    assert.strictEqual(code, 7, stderr)
    assert.include(stderr, "A browser window opens on")
    assert.match(stderr, /the window was closed, but nobody is signed in to Practice in it/)
    assert.include(stderr, "nothing was changed")
    assert.isFalse(existsSync(join(seeds, "default")))
    await nothingLeft()
  })

  it("is ended by Ctrl-C with its window", async () => {
    person.act = null
    const running = sandbox.start(["auth", "practice"], { env })
    await windowProcess()
    running.child.kill("SIGINT")
    const { code, stderr } = await running.ended
    assert.strictEqual(code, 130, stderr)
    assert.include(stderr, "the profile in use was not changed")
    await nothingLeft()
  })

  it("signs in by hand in a plain browser, and proves it in another one", async () => {
    person.act = `await new Promise((done) => setTimeout(done, 1500)); ${
      signInAndClose(site.user.email, site.user.password)
    }`
    const running = sandbox.start(["auth", "practice"], { env })
    const line = await windowProcess()
    assert.notMatch(line, /remote-debugging|enable-automation|headless|playwright/i)
    assert.strictEqual(line.includes("--no-sandbox"), process.getuid?.() === 0)
    assert.deepStrictEqual(listeningPorts(pidOf(line)), [])
    const { code, stderr, stdout } = await running.ended
    assert.strictEqual(code, 0, stderr)
    assert.match(stdout, /^signed in to practice as r\*+@example\.com$/m)
    assert.strictEqual(generation(), 1)
    await nothingLeft()
    assert.sameMembers(readdirSync(join(seeds, "default")), ["profile", "seed.json"])
  })

  it("runs a job in a window", { timeout: 120_000 }, async () => {
    person.act = null
    const before = person.shown.length
    const ended = await oracle("ask", "-p", "Who looks on?", "--files", "src", "--headed", "--preset", "current")
    assert.strictEqual(ended.code, 0, ended.stderr)
    assert.isAbove(person.shown.length, before)
    assert.strictEqual(site.admin.log("send").length, 1)
    await nothingLeft()
  })

  it("leaves a check to the person in a window, and goes on by itself when it is solved", async () => {
    site.admin.setScenario("challenge")
    person.act = `await new Promise((done) => setTimeout(done, 1500)); ${solveCheck}`
    const file = join(sandbox.root, "state.json")
    writeFileSync(file, JSON.stringify(site.admin.storageState()), { mode: 0o600 })
    const { code, stderr, stdout } = await oracle("auth", "practice", "--state-file", file)
    site.admin.setScenario([])
    assert.strictEqual(code, 0, stderr)
    assert.include(stderr, "Solve the check in the window")
    assert.match(stdout, /^signed in to practice/)
    assert.isAbove(site.admin.log("challenge-solved").length, 0)
    assert.strictEqual(generation(), 2)
    await nothingLeft()
  })

  it("keeps the seed in use when the window with the check is closed unsolved", async () => {
    site.admin.setScenario("challenge")
    person.act = null
    const before = person.shown.length
    const file = join(sandbox.root, "state.json")
    const running = sandbox.start(["auth", "practice", "--state-file", file, "--json"], { env })
    while (person.shown.length === before) await sleep(100)
    process.kill(pidOf(await windowProcess()))
    const ended = await running.ended
    site.admin.setScenario([])
    assert.strictEqual(ended.code, 7, ended.stderr)
    const { error } = jsonOf(ended)
    assert.deepStrictEqual([error.code, error.retryable], ["sign_in_cancelled", false])
    assert.include(error.message, "closed before the check of Practice was solved")
    assert.strictEqual(generation(), 2)
    await nothingLeft()
  })
})
