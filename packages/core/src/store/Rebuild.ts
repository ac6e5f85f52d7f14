/** Brings rows back from their mirrors: of two copies the later one wins, and a rebuilt job never sends a second time. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { JobId } from "../domain/Ids.ts"
import { isActive } from "../domain/JobPhase.ts"
import type { OracleError } from "../error/OracleError.ts"
import { leasesOf } from "../queue/Admission.ts"
import { candidateOf } from "../queue/Seating.ts"
import type { JobFiles } from "./JobFiles.ts"
import type { Damaged, Stored } from "./JobTable.ts"
import type { SqlJobs } from "./JobTableSql.ts"
import * as MirrorText from "./MirrorText.ts"
import type { StateDirs } from "./StateDirs.ts"

/**
 * A copy may be older than what happened: one that had reached the upload counts as having tried to send, unless the
 * send is proven. The change is a step of its own, so that it wins over the copy that it came from.
 */
export const asIfAttempted = (row: Stored): Stored => {
  const { send } = row.job
  if (!row.uploadReached || send.state === "attempting" || send.state === "confirmed") return row
  const attempted = {
    ...send,
    state: "attempting" as const,
    attemptingAt: send.attemptingAt ?? row.job.phaseAt,
    refusedAt: null,
    evidence: "rebuilt from a copy of unknown age"
  }
  return { ...row, seq: row.seq + 1, job: { ...row.job, send: attempted } }
}

const isLater = (a: Place, b: Place | undefined): boolean =>
  b === undefined || a.epoch > b.epoch || (a.epoch === b.epoch && a.seq > b.seq)

interface Place {
  readonly epoch: number
  readonly seq: number
}

export const make = (
  jobs: SqlJobs,
  files: JobFiles["Service"],
  dirs: StateDirs["Service"]
) => {
  const { table } = jobs

  const readMirror = Effect.fnUntraced(function*(id: JobId) {
    const text = yield* files.read(dirs.job(id).record)
    return text === null ? null : MirrorText.read(id, text)
  })

  const adopt = Effect.fnUntraced(function*(copy: Stored, copyEvents: MirrorText.Copy["events"]) {
    const row = asIfAttempted(copy)
    const { job } = row
    yield* table.put(row, [])
    yield* jobs.putEvents(job.id, copyEvents)
    if (row !== copy) {
      const now = yield* DateTime.now
      const message = "rebuilt from its job.json; counted as sent until the site shows otherwise"
      yield* table.put(row, [{ at: now, source: "reconcile", kind: "warning", message }])
    }
    return row
  })

  const restoreLeases = Effect.fnUntraced(function*({ epoch, job }: Stored) {
    yield* table.dropLeases(job.id, ["runtime", "conversation"], Number.MAX_SAFE_INTEGER)
    if (!isActive(job.phase)) return
    const held = yield* table.leases
    for (const lease of leasesOf(candidateOf(job, job.createdAt))) {
      const taken = lease.kind === "conversation" &&
        held.some((other) => other.kind === "conversation" && other.key === lease.key)
      if (taken || (lease.kind === "runtime" && job.blocked !== null)) continue
      yield* table.putLease({ ...lease, epoch, takenAt: job.phaseAt })
    }
  })

  return {
    /** Replaces a damaged row by its mirror, inside a transaction; null when the mirror is not valid either. */
    restore: Effect.fnUntraced(function*(id: JobId, damaged: Damaged) {
      const copy = yield* readMirror(id)
      if (copy?.row._tag !== "Stored") return null
      yield* jobs.quarantine(damaged, yield* DateTime.now)
      return yield* adopt(copy.row, copy.events)
    }),

    /**
     * Inside a transaction: takes over every mirror that is later than its row, and raises the epoch above all of them.
     * Answers the jobs whose mirror is now behind.
     */
    merge: Effect.fnUntraced(function*() {
      const places = yield* jobs.places
      let epoch = yield* table.epoch
      const behind: Array<JobId> = []
      for (const id of yield* files.list) {
        const claimed = yield* readHead(id)
        const place = places.get(id)
        if (claimed === null || !isLater(claimed, place)) {
          if (place !== undefined && (claimed === null || isLater(place, claimed))) behind.push(id)
          continue
        }
        const copy = yield* readMirror(id)
        if (copy?.row._tag !== "Stored") continue
        const row = yield* adopt(copy.row, copy.events)
        yield* restoreLeases(row)
        if (row !== copy.row) behind.push(id)
        epoch = Math.max(epoch, row.epoch)
      }
      yield* table.setEpoch(epoch)
      return behind
    })
  }

  function readHead(id: JobId): Effect.Effect<Place | null, OracleError> {
    return Effect.map(
      files.readHead(dirs.job(id).record, MirrorText.headBytes),
      (head) => head === null ? null : MirrorText.placeOf(head)
    )
  }
}
