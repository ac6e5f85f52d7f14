/** Brings rows back from their mirrors: of two copies the later one wins, and a rebuilt job never sends a second time. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { JobId } from "../domain/Ids.ts"
import { isActive } from "../domain/JobPhase.ts"
import type { OracleError } from "../error/OracleError.ts"
import { leasesOf } from "../queue/Admission.ts"
import { candidateOf } from "../queue/Seating.ts"
import type { JobFiles } from "./JobFiles.ts"
import { openStatuses } from "./JobRow.ts"
import type { Row, Stored } from "./JobTable.ts"
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
    const text = yield* readable(files.read(dirs.job(id).record))
    return text === null ? null : { text, ...MirrorText.read(id, text) }
  })

  const readPlace = (id: JobId): Effect.Effect<Place | null, OracleError> =>
    Effect.map(
      readable(files.readHead(dirs.job(id).record, MirrorText.headBytes)),
      (head) => head === null ? null : MirrorText.placeOf(head)
    )

  /** Something of ours that is no mirror any more; another tool's directory has no such log, a removed job no such copy. */
  const isOurs = Effect.fnUntraced(function*(id: JobId, text: string) {
    if (text === MirrorText.removed) return false
    return MirrorText.placeOf(text) !== null || (yield* readable(files.readHead(dirs.job(id).eventLog, 1))) !== null
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
    yield* table.dropLeases(job.id, ["runtime", "conversation"], Number.MAX_SAFE_INTEGER)
    yield* holdLeases(row, ["runtime", "conversation"])
    return row
  })

  /** Gives an active job the leases of these kinds that it must hold and does not. */
  const holdLeases = Effect.fnUntraced(function*(
    { epoch, job }: Stored,
    kinds: ReadonlyArray<"runtime" | "conversation">
  ) {
    if (!isActive(job.phase)) return
    const held = yield* table.leases
    for (const lease of leasesOf(candidateOf(job, job.createdAt))) {
      const taken = held.some((other) =>
        other.kind === lease.kind &&
        (other.job === job.id || (lease.kind === "conversation" && other.key === lease.key))
      )
      if (!kinds.includes(lease.kind) || taken || (lease.kind === "runtime" && job.blocked !== null)) continue
      yield* table.putLease({ ...lease, epoch, takenAt: job.phaseAt })
    }
  })

  return {
    holdLeases,

    /** {@link Mirror.restore} */
    restore: Effect.fnUntraced(function*(id: JobId, row: Row | null) {
      if (row?._tag === "Stored") {
        const claimed = yield* readPlace(id)
        if (claimed === null || !isLater(claimed, row)) return null
      }
      const copy = yield* readMirror(id)
      if (copy?.row._tag !== "Stored" || (row?._tag === "Stored" && !isLater(copy.row, row))) return null
      if (row?._tag === "Damaged") yield* jobs.quarantine(row, yield* DateTime.now)
      return yield* adopt(copy.row, copy.events)
    }),

    /**
     * Inside a transaction: takes over every mirror that is later than its row, names those that cannot be read and have
     * no row, and raises the epoch above all of them. Answers the jobs whose mirror is to be written anew.
     */
    merge: Effect.fnUntraced(function*() {
      const places = yield* jobs.places
      let epoch = yield* table.epoch
      const behind: Array<JobId> = []
      for (const id of yield* files.list) {
        const claimed = yield* readPlace(id)
        const place = places.get(id)
        const isOpen = place !== undefined && openStatuses.includes(place.status)
        if (
          place !== undefined && claimed !== null && !isLater(claimed, place) && !isLater(place, claimed) && !isOpen
        ) {
          continue
        }
        const copy = yield* readMirror(id)
        if (copy?.row._tag !== "Stored") {
          if (place !== undefined) behind.push(id)
          else if (copy !== null && (yield* isOurs(id, copy.text))) yield* name(id, copy)
          continue
        }
        if (!isLater(copy.row, place)) {
          if (place !== undefined && isLater(place, copy.row)) behind.push(id)
          continue
        }
        const row = yield* adopt(copy.row, copy.events)
        if (row !== copy.row) behind.push(id)
        epoch = Math.max(epoch, row.epoch)
      }
      yield* table.setEpoch(epoch)
      return behind
    })
  }

  function name(id: JobId, { claim, row, text }: MirrorText.Copy & { readonly text: string }) {
    const isNewer = row._tag === "Damaged" && row.newer
    return jobs.putUnreadable(
      id,
      MirrorText.projectIn(text),
      isNewer && claim !== null
        ? claim
        : { place: { epoch: 0, seq: 0, uploadReached: true }, record: { text, checksum: "" } }
    )
  }
}

/** A file that cannot be read is as good as none: the row decides, or nobody does. */
const readable = (read: Effect.Effect<string | null, OracleError>): Effect.Effect<string | null, OracleError> =>
  Effect.catchIf(
    read,
    (error) => error.code === "storage_failed",
    (error) => Effect.as(Effect.logWarning(`not readable: ${error.message}`), null)
  )
