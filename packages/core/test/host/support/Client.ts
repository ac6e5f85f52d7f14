/** A client of real host processes over a temporary state directory. */
import { assert } from "@effect/vitest"
import { Effect, Layer, Path } from "effect"
import { existsSync, readdirSync, readlinkSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { HostLauncher } from "../../../src/host/HostLauncher.ts"
import * as HostStatus from "../../../src/host/HostStatus.ts"
import * as HostLauncherNode from "../../../src/node/HostLauncherNode.ts"
import type { HostEntry } from "../../../src/node/HostSpawn.ts"
import * as ProcessesNode from "../../../src/node/ProcessesNode.ts"
import type { Processes } from "../../../src/port/Processes.ts"
import type { JobStore } from "../../../src/store/JobStore.ts"
import type { StateDirs } from "../../../src/store/StateDirs.ts"
import { stateAt, temporaryDirectory } from "../../store/stateDir.ts"

export const hostProcess = new URL("./hostProcess.ts", import.meta.url)
export const idleHost = new URL("./idleHost.ts", import.meta.url)
export const brokenHost = new URL("./brokenHost.ts", import.meta.url)

export const entryOf = (file: URL, ...args: ReadonlyArray<string>): HostEntry => ({
  file: fileURLToPath(file),
  execArgv: ["--conditions=oracle-source"],
  args,
  startMs: 15_000,
  version: args[0] ?? "1.0.0"
})

/** Launcher and state of one client. */
export const clientAt = (state: string, entry: HostEntry) =>
  HostLauncherNode.layer(entry).pipe(
    Layer.provideMerge(Layer.mergeAll(stateAt(state), ProcessesNode.layer, Path.layer))
  )

export const withState = <A, E>(
  entry: HostEntry,
  body: (
    state: string
  ) => Effect.Effect<A, E, HostLauncher | JobStore | StateDirs | Processes | Layer.Success<ReturnType<typeof clientAt>>>
) =>
  Effect.gen(function*() {
    const state = yield* temporaryDirectory
    const endHost = Effect.ignore(Effect.provide(HostStatus.stop({ force: true }), clientAt(state, entry)))
    yield* Effect.addFinalizer(() => Effect.andThen(endHost, losersGone(state)))
    return yield* Effect.provide(body(state), clientAt(state, entry))
  })

/** Hosts that lost the race for the lock have left the directory. */
const losersGone = Effect.fnUntraced(function*(state: string) {
  const workingThere = () =>
    existsSync("/proc") && readdirSync("/proc").some((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === state
      } catch {
        return false
      }
    })
  for (let looks = 0; looks < 250 && workingThere(); looks += 1) yield* Effect.sleep(20)
})

export const running = Effect.gen(function*() {
  yield* (yield* HostLauncher).ensure
  const { record, state } = yield* HostStatus.status
  assert.strictEqual(state, "running")
  assert.isNotNull(record)
  return record
})
