/** The browser port of one process over the simulated site. Any action may be slow, fail, hang or lose the browser. */
import { Deferred, Effect } from "effect"
import { presets } from "../../../src/domain/ModelSelection.ts"
import { type OracleError, oracleError } from "../../../src/error/OracleError.ts"
import { ChatBrowser, type ChatPage, type SiteFacts } from "../../../src/port/ChatBrowser.ts"
import { type Browser, lostBrowser, type Machine } from "./Machine.ts"
import { pageOf } from "./SimPage.ts"
import { urlOf } from "./SimSite.ts"
import { never, type SimProcess } from "./World.ts"

const latencyMs = (machine: Machine): number => {
  const { prng } = machine
  return prng.chance(0.7) ? prng.between(1, 50) : prng.between(50, prng.chance(0.2) ? 5000 : 500)
}

export type Act = <A>(
  name: string,
  body: () => Effect.Effect<A, OracleError> | A
) => Effect.Effect<A, OracleError>

/** One page action: the way there, what it does, the way back. */
const actOf = (machine: Machine, browser: Browser): Act => (name, body) => {
  const here = <A>(effect: () => Effect.Effect<A, OracleError>) =>
    Effect.suspend(() => {
      if (!browser.owner.alive) return never
      return browser.alive ? effect() : Effect.fail(lostBrowser())
    })
  return Effect.sleep(latencyMs(machine)).pipe(
    Effect.andThen(here(() => trouble(machine, browser, name))),
    Effect.andThen(here(() => {
      const done = body()
      return Effect.isEffect(done) ? done : Effect.succeed(done)
    })),
    Effect.tap(() => machine.prng.chance(0.2) ? Effect.sleep(latencyMs(machine)) : Effect.void),
    Effect.tap(() => here(() => Effect.void))
  )
}

const trouble = (machine: Machine, browser: Browser, name: string): Effect.Effect<void, OracleError> => {
  const { chaos, prng, settings } = machine
  if (!chaos || !prng.chance(settings.actionTrouble)) return Effect.void
  const kind = prng.weighted({ crash: 4, fails: 3, defect: 1, hangs: 1 })
  machine.log(`${name} in browser ${browser.pid}: ${kind}`)
  switch (kind) {
    case "crash":
      machine.count("browserCrashes")
      machine.endBrowser(browser)
      return Effect.fail(lostBrowser())
    case "fails":
      return Effect.fail(oracleError(prng.pick(["outage", "page_unknown", "step_timeout"]), `${name} failed`))
    case "defect":
      return Effect.die(new Error(`defect in ${name}`))
    case "hangs":
      return Effect.andThen(
        Effect.sleep(prng.between(10_000, 90_000)),
        Effect.fail(oracleError("step_timeout", `${name} took too long`))
      )
  }
}

const facts = (machine: Machine): SiteFacts => ({
  name: "practice",
  label: "the site",
  baseUrl: "https://site.test",
  archiveFormat: "tar.zst",
  archiveMaxBytes: 1_000_000,
  promptMaxChars: 1000,
  presets,
  historyAuthoritative: machine.settings.historyAuthoritative,
  maxJobsPerAccount: 5,
  maxFiles: 10,
  temporaryChats: true
})

export const browserOf = (machine: Machine, process: SimProcess): ChatBrowser["Service"] =>
  ChatBrowser.of({
    site: () => Effect.sync(() => facts(machine)),
    parseThread: (_, __, value) => {
      const conversationId = value.slice(urlOf("").length)
      return Effect.succeed({ url: urlOf(conversationId), conversationId })
    },
    executable: () => Effect.succeed({ path: "/browser", source: "simulation" }),
    open: (request) =>
      Effect.gen(function*() {
        yield* Effect.sleep(latencyMs(machine))
        if (machine.chaos && machine.prng.chance(machine.settings.actionTrouble)) {
          return yield* oracleError("browser_launch_failed", "the browser did not start")
        }
        const browser = yield* Effect.acquireRelease(
          launch(machine, process, request.profileDir),
          (browser) => close(machine, browser)
        )
        yield* Effect.sleep(latencyMs(machine))
        yield* request.onBrowser({ ...process.record, pid: browser.pid, startTime: String(browser.pid) })
        const page: ChatPage = pageOf(machine, browser, actOf(machine, browser))
        return page
      })
  })

const launch = (machine: Machine, process: SimProcess, profileDir: string) =>
  Effect.suspend(() => {
    if (!process.alive) return never
    const runtimeId = profileDir.split("/").at(-2) ?? ""
    const owner = [...machine.jobs.values()].find(({ runtime }) => runtime?.id === runtimeId)
    const browser: Browser = {
      pid: machine.pid(),
      owner: process,
      profileDir,
      generation: machine.runtimes.get(runtimeId) ?? 0,
      lost: Deferred.makeUnsafe(),
      job: owner?.id ?? null,
      alive: true,
      stuck: false
    }
    if (process === machine.host() && !machine.runtimes.has(runtimeId)) {
      machine.violate("a browser has a profile", profileDir)
    }
    machine.browsers.set(browser.pid, browser)
    if (owner !== undefined) {
      machine.rounds.set(owner.id, (machine.rounds.get(owner.id) ?? 0) + 1)
    }
    checkCapacity(machine)
    return Effect.succeed(browser)
  })

/** Browsers of a host that lost its lock and does not know it yet are not the present host's. */
const checkCapacity = (machine: Machine): void => {
  const present = machine.host()
  const open = machine.openBrowsers().filter(({ owner, stuck }) => !stuck && (owner === present || !owner.alive))
  if (open.length > machine.settings.capacity) {
    machine.violate("capacity is never exceeded", `${open.length} open browsers of ${machine.settings.capacity}`)
  }
}

const close = (machine: Machine, browser: Browser): Effect.Effect<void> =>
  Effect.suspend(() => {
    if (!browser.owner.alive) return never
    if (machine.chaos && machine.prng.chance(machine.settings.cleanTrouble)) {
      machine.log(`closing browser ${browser.pid} hangs`)
      return never
    }
    return Effect.andThen(
      Effect.sleep(machine.settings.closeMs + latencyMs(machine)),
      Effect.sync(() => {
        if (browser.owner.alive) browser.alive = false
      })
    )
  })
