/** Runtimes that no record names: their browsers are ended and their directories removed. */
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"
import * as Ref from "effect/Ref"
import type { OracleConfig } from "../config/OracleConfig.ts"
import { Processes } from "../port/Processes.ts"
import { SeedProfiles } from "../port/SeedProfiles.ts"
import { JobStore } from "../store/JobStore.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { elapsedMs } from "../worker/Elapsed.ts"
import * as Borrowed from "./Borrowed.ts"
import { cleanRuntime } from "./CleanRuntime.ts"

/** A runtime is named by a record soon after its clone is made; one without a name for this much longer is nobody's. */
const spareMs = 180_000
/** How many of the newest ended jobs may still have a runtime. */
const endedLimit = 200

/** Since when each runtime has had no name, by the clock that only goes on. */
export type Strays = Ref.Ref<ReadonlyMap<string, number>>

export const noStrays: Effect.Effect<Strays> = Ref.make<ReadonlyMap<string, number>>(new Map())

/** Removes all but those that a living client uses; only while no worker runs. That the folder cannot be looked at is logged: a host must start. */
export const removeAll = Effect.fn("OrphanRuntimes.removeAll")(
  function*(config: OracleConfig) {
    const used = yield* Borrowed.runtimesInUse
    const left = (yield* idsOf(config)).filter((id) => !used.has(id))
    yield* Effect.forEach(left, (id) => remove(config, id), { discard: true })
  },
  (effect) => Effect.catch(effect, (error) => Effect.logWarning(`runtimes left as they are: ${error.message}`))
)

/** Removes those that stayed without a name longer than any clone takes; safe beside running workers. */
export const sweep = Effect.fn("OrphanRuntimes.sweep")(function*(config: OracleConfig, strays: Strays) {
  const store = yield* JobStore
  const ids = yield* idsOf(config)
  const open = yield* store.open
  const named = yield* namesNow
  const now = yield* elapsedMs
  const before = yield* Ref.get(strays)
  const since = new Map(ids.filter((id) => !named.has(id)).map((id) => [id, before.get(id) ?? now]))
  yield* Ref.set(strays, since)
  const patienceMs = spareMs + Math.max(0, ...open.map((job) => job.config.worker.cloneTimeoutMs))
  for (const [id, at] of since) if (now - at >= patienceMs) yield* remove(config, id)
})

/**
 * Removes those without a name on which no browser runs; for a host that ends, after its workers. A browser that its dying
 * host had just begun to start may have made its folder anew after the next host had removed it.
 */
export const removeIdle = Effect.fn("OrphanRuntimes.removeIdle")(
  function*(config: OracleConfig) {
    const processes = yield* Processes
    const path = yield* Path.Path
    const dirs = yield* StateDirs
    const ids = yield* idsOf(config)
    if (ids.length === 0) return
    const named = yield* namesNow
    for (const id of ids.filter((id) => !named.has(id))) {
      const browsers = yield* processes.browsersOn(path.join(dirs.runtimes(config), id, "profile"))
      if (browsers.length === 0) yield* remove(config, id)
    }
  },
  (effect) => Effect.catch(effect, (error) => Effect.logWarning(`runtimes left as they are: ${error.message}`))
)

/** Runtimes that a record names. */
const namesNow = Effect.gen(function*() {
  const store = yield* JobStore
  const open = yield* store.open
  const { jobs } = yield* store.list({ statuses: ["complete", "failed", "cancelled"], limit: endedLimit })
  return new Set(
    [...open, ...jobs, ...yield* Borrowed.holders].flatMap(({ runtime }) => runtime === null ? [] : [runtime.id])
  )
})

const idsOf = Effect.fnUntraced(function*(config: OracleConfig) {
  const seeds = yield* SeedProfiles
  const path = yield* Path.Path
  return (yield* seeds.runtimes(config)).map((directory) => path.basename(directory))
})

const remove = (config: OracleConfig, id: string) =>
  Effect.flatMap(
    cleanRuntime(config, id, null),
    (warnings) => warnings.length === 0 ? Effect.void : Effect.logWarning(`orphan runtime: ${warnings.join("; ")}`)
  )
