/** Puts right what damage did to single rows: wrong columns, wrong ids, leases that are missing or nobody's. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { JobId } from "../domain/Ids.ts"
import type { OracleError } from "../error/OracleError.ts"
import type { Row, Stored } from "./JobTable.ts"
import type { SqlJobs } from "./JobTableSql.ts"
import type { make as makeRebuild } from "./Rebuild.ts"
import * as RecordText from "./RecordText.ts"

/**
 * Inside a transaction of a new host, before the mirrors are merged. A row whose record cannot be trusted goes to the
 * quarantine where its mirror is valid, or where it cannot be told whose it was; else it stays and is named in listings.
 */
export const mend = Effect.fnUntraced(function*(jobs: SqlJobs, rebuild: ReturnType<typeof makeRebuild>) {
  const { table } = jobs
  yield* jobs.dropStrays
  for (const { claim, row } of yield* jobs.astray) {
    if (row._tag === "Stored") yield* table.put(row, [])
    else if (!row.newer) yield* restore(row.id, row, claim)
  }
  for (const row of yield* table.open) if (row._tag === "Stored") yield* rebuild.holdLeases(row, ["conversation"])

  function restore(id: string, row: Row & { readonly _tag: "Damaged" }, claim: RecordText.Claim) {
    return Effect.gen(function*() {
      const true_ = whose(claim)
      const known = RecordText.asJobId(id)
      if (true_ !== null && true_.job.id !== id) return yield* moveTo(id, true_)
      if (known !== null) return yield* Effect.asVoid(rebuild.restore(known, row))
      yield* jobs.quarantine(row, yield* DateTime.now)
      yield* Effect.logWarning(`a damaged record of no known job was quarantined: ${row.reason}`)
      yield* jobs.dropRow(id)
    })
  }

  /** The row of a job whose id alone was altered. */
  function moveTo(id: string, row: Stored): Effect.Effect<void, OracleError> {
    return Effect.gen(function*() {
      if ((yield* table.find(row.job.id)) !== null) return yield* jobs.dropRow(id)
      yield* jobs.rename(id, row.job.id)
      yield* table.put(row, [])
    })
  }
})

/** The row as which the record is whole, whatever id it stands under. */
const whose = ({ place, record }: RecordText.Claim): Stored | null => {
  const id: JobId | null = RecordText.idIn(record)
  const row = id === null ? null : RecordText.read(id, place, record)
  return row?._tag === "Stored" ? row : null
}
