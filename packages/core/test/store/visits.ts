/** Visits of a state directory by one store after the other, and what a test looks at in its files. */
import { Effect, Layer } from "effect"
import { readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { Job } from "../../src/domain/Job.ts"
import * as Transition from "../../src/domain/JobTransition.ts"
import { emptyLedger } from "../../src/domain/SendLedger.ts"
import { type Change, JobStore } from "../../src/store/JobStore.ts"
import { created, jobId, jobRecord } from "./fixtures.ts"
import { stateAt } from "./stateDir.ts"

export const room = { capacity: 2, perAccount: 5, wait: false }
export const to = (phase: Job["phase"]): Change => (job, now) => Transition.toPhase(job, phase, now)

/** Runs with a store of its own, as one process after the other would. */
export const visit = <A, E>(state: string, body: (store: JobStore["Service"]) => Effect.Effect<A, E>) =>
  JobStore.use(body).pipe(Effect.provide(Layer.fresh(stateAt(state)), { local: true }))

export const forEachRow = (state: string, run: (database: DatabaseSync) => void) => {
  const database = new DatabaseSync(join(state, "oracle.db"))
  run(database)
  database.close()
}

export const loseDatabase = (state: string) => {
  for (const name of readdirSync(state)) if (name.startsWith("oracle.db")) rmSync(join(state, name))
}

export const mirrorOf = (state: string, n: number) => join(state, "jobs", `oracle-${jobId(n)}`, "job.json")
export const mirror = (state: string, n: number) => JSON.parse(readFileSync(mirrorOf(state, n), "utf8"))

export const uploading = Effect.fnUntraced(function*(store: JobStore["Service"], n: number) {
  yield* store.insert(jobRecord(n), created)
  yield* store.admit(jobId(n), room)
  for (const phase of ["cloning_runtime", "launching_browser", "verifying_auth", "uploading_archive"] as const) {
    yield* store.update(jobId(n), to(phase))
  }
})

export const attempting: Change = (job, now) =>
  Transition.ledger(job, { ...emptyLedger, state: "attempting", attemptingAt: now })
