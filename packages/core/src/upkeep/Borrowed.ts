/** Browsers that clients run for ended jobs: found by their leases, however old the job is. */
import * as Effect from "effect/Effect"
import type { Job } from "../domain/Job.ts"
import { isEnded } from "../domain/JobPhase.ts"
import { Processes } from "../port/Processes.ts"
import { JobStore } from "../store/JobStore.ts"

/** Ended jobs that hold a lease. */
export const holders = Effect.gen(function*() {
  const store = yield* JobStore
  const ids = new Set((yield* store.leases).map((lease) => lease.job))
  const jobs = yield* Effect.forEach(ids, (id) => Effect.option(store.get(id)))
  return jobs.flatMap((job) => job._tag === "Some" && isEnded(job.value.phase) ? [job.value] : [])
})

/** True while the client that runs the browser of this job lives. */
export const isInUse = Effect.fnUntraced(function*({ phase, runtime }: Job) {
  const processes = yield* Processes
  return isEnded(phase) && runtime?.client !== undefined && (yield* processes.alive(runtime.client))
})

/** Ids of runtimes that a living client uses. */
export const runtimesInUse = Effect.gen(function*() {
  const used = yield* Effect.filter(yield* holders, isInUse)
  return new Set(used.flatMap(({ runtime }) => runtime === null ? [] : [runtime.id]))
})
