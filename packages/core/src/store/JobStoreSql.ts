/** The durable JobStore: SQL for the truth, `job.json` beside it, and the way back when one of them is lost. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { JobId } from "../domain/Ids.ts"
import { OracleError } from "../error/OracleError.ts"
import { reach } from "../port/CrashPoint.ts"
import { Database } from "./Database.ts"
import { JobFiles } from "./JobFiles.ts"
import * as JobMirror from "./JobMirror.ts"
import { JobStore } from "./JobStore.ts"
import * as Rules from "./JobStoreRules.ts"
import * as JobTableSql from "./JobTableSql.ts"
import { mend } from "./Mend.ts"
import { isCurrent, migrate } from "./migrations/Migrations.ts"
import * as MirrorText from "./MirrorText.ts"
import * as Rebuild from "./Rebuild.ts"
import { isDamage, isEmptied, sqlFailure } from "./SqlFailure.ts"
import { StateDirs } from "./StateDirs.ts"

const make = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const file = yield* Database
  const files = yield* JobFiles
  const dirs = yield* StateDirs
  const jobs = yield* JobTableSql.make(sql, { path: dirs.database, file })
  const mirror = JobMirror.make(jobs, files, dirs)
  const rebuild = Rebuild.make(jobs, files, dirs)
  const failure = sqlFailure(dirs.database)
  const typed = <A>(effect: Effect.Effect<A, SqlError | OracleError>): Effect.Effect<A, OracleError> =>
    Effect.mapError(effect, (error) => error._tag === "SqlError" ? failure(error) : error)
  const epochMark = `${dirs.database}.epoch`

  const merge = Effect.gen(function*() {
    yield* jobs.table.setEpoch(Math.max(yield* jobs.table.epoch, yield* markedEpoch))
    return yield* rebuild.merge()
  })

  /** The epoch that a database of this directory once had; one below it was restored from an older copy. */
  const markedEpoch = Effect.map(files.read(epochMark), (text) => {
    const epoch = Number(text ?? 0)
    return Number.isSafeInteger(epoch) && epoch > 0 ? epoch : 0
  })

  const prepare = Effect.gen(function*() {
    const current = yield* typed(isCurrent(sql))
    if (current && (yield* markedEpoch) <= (yield* jobs.table.epoch)) return
    const behind = yield* jobs.alone(typed(Effect.gen(function*() {
      const fresh = yield* migrate(sql)
      return fresh || (yield* markedEpoch) > (yield* jobs.table.epoch) ? yield* merge : []
    })))
    yield* mirror.sync(behind)
  })

  const rebuilt = file.heal.pipe(Effect.andThen(prepare), Effect.withSpan("JobStore.heal"))

  /** What finds the file damaged or emptied is repeated once on the rebuilt database; its transaction was undone. */
  const healing = <A, E>(effect: Effect.Effect<A, E | OracleError>): Effect.Effect<A, E | OracleError> =>
    effect.pipe(
      Effect.catchIf(causedBy(isEmptied), () => Effect.andThen(prepare, effect)),
      Effect.catchIf(causedBy(isDamage), () => Effect.andThen(rebuilt, effect))
    )

  const rules = Rules.make(jobs.table, {
    ...mirror,
    restore: rebuild.restore,
    condemn: (id) =>
      files.write(dirs.job(id).record, MirrorText.removed).pipe(
        Effect.catchIf((error) => isMissing(error.cause), () => Effect.void)
      )
  })

  /** A mirror that cannot be written keeps no host from starting: the row is safe, and the next write tries again. */
  const renewed = (id: JobId) =>
    Effect.catchIf(
      mirror.sync([id]),
      (error) => error.code === "storage_failed",
      (error) => Effect.logWarning(`a mirror was not renewed: ${error.message}`)
    )

  const advanceEpoch = Effect.gen(function*() {
    if (!(yield* file.sound)) yield* rebuilt
    yield* reach("store.advanceEpoch.before")
    const { behind, fence } = yield* jobs.table.transaction(Effect.gen(function*() {
      yield* mend(jobs, rebuild)
      const behind = yield* merge
      const epoch = (yield* jobs.table.epoch) + 1
      yield* jobs.table.setEpoch(epoch)
      return { behind, fence: { epoch } }
    }))
    yield* reach("store.advanceEpoch.committed")
    yield* files.write(epochMark, `${fence.epoch}\n`)
    yield* reach("store.advanceEpoch.marked")
    yield* Effect.forEach(behind, renewed, { discard: true })
    return fence
  }).pipe(Effect.uninterruptible, Effect.withSpan("JobStore.advanceEpoch"))

  yield* healing(prepare)

  return JobStore.of({
    insert: (job, event) => healing(rules.insert(job, event)),
    get: (id) => healing(rules.get(id)),
    list: (filter) => healing(rules.list(filter)),
    open: healing(rules.open),
    update: (id, change, options) => healing(rules.update(id, change, options)),
    events: (id, afterSeq) => healing(rules.events(id, afterSeq)),
    admit: (id, options) => healing(rules.admit(id, options)),
    promote: (fence, options) => healing(rules.promote(fence, options)),
    leases: healing(rules.leases),
    takeConversation: (id, conversation, fence) => healing(rules.takeConversation(id, conversation, fence)),
    borrow: (id, runtime, room) => healing(rules.borrow(id, runtime, room)),
    release: (id, kinds, fence) => healing(rules.release(id, kinds, fence)),
    remove: (id, objection) => healing(rules.remove(id, objection)),
    epoch: healing(rules.epoch),
    advanceEpoch: healing(advanceEpoch),
    changes: rules.changes
  })
})

const isMissing = (cause: unknown): boolean => Predicate.hasProperty(cause, "code") && cause.code === "ENOENT"

const causedBy = (is: (cause: unknown) => boolean) => (error: unknown): error is OracleError =>
  error instanceof OracleError && is(error.cause)

/** Fails as `store_newer` on a database that a newer oracle has written. */
export const layer: Layer.Layer<
  JobStore,
  OracleError,
  SqlClient.SqlClient | Database | JobFiles | StateDirs
> = Layer.effect(JobStore, make)
