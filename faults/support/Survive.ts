/** `oracle ask`, the bundled command, while its host is killed; and how soon a dead host is replaced. */
import { HostLauncher } from "@effect-oracle/core/host/HostLauncher"
import * as HostRecord from "@effect-oracle/core/host/HostRecord"
import * as HostStatus from "@effect-oracle/core/host/HostStatus"
import type { HostEntry } from "@effect-oracle/core/node/HostSpawn"
import { DateTime, Effect, Random } from "effect"
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { endAll } from "./Victims.ts"
import { clientAt, type World } from "./World.ts"

const packages = join(dirname(dirname(import.meta.dirname)), "packages")
const command = join(packages, "cli/bin/oracle.mjs")

/** The host that the bundled command starts. */
const production = (version: string): HostEntry => ({
  file: join(packages, "cli/dist/host-main.js"),
  execArgv: [],
  version
})

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Survival {
  readonly problems: ReadonlyArray<string>
  /** The moment of the kill, after the start of the command; null when the command was through before. */
  readonly killedAfterMs: number | null
  /** Until the next host held the lock; null when none was needed. */
  readonly takeOverMs: number | null
  /** Lines of progress after the kill. */
  readonly progress: number
}

const waitMs = 25
const limitMs = 240_000

/** One `oracle ask` whose host is killed at a random moment of the job, at most `spanMs` after the host came up. */
export const survive = Effect.fnUntraced(function*(world: World, version: string, spanMs: number) {
  const state = world.state()
  const prompt = `What survives in ${state}?`
  const began = performance.now()
  let told = 0
  const child = spawn(process.execPath, [command, "ask", "-p", prompt, "--files", "src/**", "--accept-automation"], {
    cwd: world.project,
    env: {
      PATH: process.env["PATH"],
      HOME: homedir(),
      TMPDIR: world.temp,
      ORACLE_STATE_DIR: state,
      ORACLE_CONFIG: join(state, "config.json"),
      ...(process.env["XDG_CACHE_HOME"] === undefined ? {} : { XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] })
    },
    stdio: ["ignore", "pipe", "pipe"]
  })
  const ended = new Promise<Ended>((resolve) => {
    let [stdout, stderr] = ["", ""]
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
      told += 1
    })
    child.on("close", (code) => resolve({ code, stdout, stderr }))
  })
  return yield* Effect.gen(function*() {
    const first = yield* hostAfter(0)
    yield* Effect.sleep(spanMs * (yield* Random.next))
    const killedAt = Date.now()
    const killedAfterMs = child.exitCode === null ? performance.now() - began : null
    endAll([first.process])
    const toldBefore = told
    const [{ code, stderr, stdout }, next] = yield* Effect.all([
      Effect.promise(() => ended),
      Effect.raceFirst(hostAfter(first.epoch), Effect.as(Effect.promise(() => ended), null))
    ], { concurrency: "unbounded" })
    const sends = world.sends(createHash("sha256").update(prompt).digest("hex"))
    const survival: Survival = {
      problems: [
        ...(code === 0 ? [] : [`ended with ${code}: ${stderr.slice(-400)}`]),
        ...(sends === 1 ? [] : [`${sends} sends`]),
        ...(stdout.includes("Start with the") ? [] : ["the answer was not printed"])
      ],
      killedAfterMs,
      takeOverMs: next === null ? null : DateTime.toEpochMillis(next.startedAt) - killedAt,
      progress: told - toldBefore
    }
    return survival
  }).pipe(
    Effect.timeout(limitMs),
    Effect.ensuring(
      Effect.andThen(Effect.sync(() => child.kill("SIGKILL")), Effect.ignore(HostStatus.stop({ force: true })))
    ),
    Effect.provide(clientAt(state, production(version)))
  )
})

/** The record of a host with a later epoch than this, as soon as there is one. */
const hostAfter = Effect.fnUntraced(function*(epoch: number) {
  while (true) {
    const record = yield* HostRecord.read
    if (record !== null && record.epoch > epoch) return record
    yield* Effect.sleep(waitMs)
  }
})

/** Kills a host that nobody watches and answers how long the next call of a client took until another one ran. */
export const replace = Effect.fnUntraced(function*(world: World, version: string, times: number) {
  const state = world.state()
  return yield* Effect.gen(function*() {
    const launcher = yield* HostLauncher
    const took: Array<number> = []
    yield* launcher.ensure
    for (let n = 0; n < times; n += 1) {
      const before = yield* HostStatus.status
      endAll(before.record === null ? [] : [before.record.process])
      while ((yield* HostStatus.status).state !== "absent") yield* Effect.sleep(waitMs)
      const called = performance.now()
      yield* launcher.ensure
      took.push(performance.now() - called)
    }
    return took
  }).pipe(
    Effect.ensuring(Effect.ignore(HostStatus.stop({ force: true }))),
    Effect.provide(clientAt(state, production(version)))
  )
})
