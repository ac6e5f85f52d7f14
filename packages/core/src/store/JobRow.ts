/** A job as a row of SQL: the record's text, its place in history, and the columns that queries look at. */
import * as DateTime from "effect/DateTime"
import { archiveBytesOf, retainedBytesOf } from "../queue/Seating.ts"
import type { Row, Stored } from "./JobTable.ts"
import * as RecordText from "./RecordText.ts"

export interface JobRow {
  readonly id: string
  readonly epoch: number
  readonly seq: number
  readonly upload_reached: number
  readonly checksum: string
  readonly record: string
}

/** The statuses of jobs that are not ended. */
export const openStatuses = ["preparing", "queued", "submitted", "waiting"]

/** What the row claims to be stored as. */
export const claimOf = (row: JobRow): RecordText.Claim => ({
  place: { epoch: row.epoch, seq: row.seq, uploadReached: row.upload_reached === 1 },
  record: { text: row.record, checksum: row.checksum }
})

export const toRow = (row: JobRow): Row => {
  const { place, record } = claimOf(row)
  return RecordText.read(row.id, place, record)
}

export const columnsOf = (id: string, { place, record }: RecordText.Claim) => ({
  id,
  epoch: place.epoch,
  seq: place.seq,
  upload_reached: place.uploadReached ? 1 : 0,
  checksum: record.checksum,
  record: record.text
})

/** The columns that queries look at. */
export const searched = ({ epoch, job, seq, uploadReached }: Stored) => ({
  id: job.id,
  project_id: job.projectId,
  status: job.status,
  phase: job.phase,
  site: job.site,
  account: job.account,
  conversation: job.conversationId,
  created_at: DateTime.toEpochMillis(job.createdAt),
  queued_at: job.queuedAt === null ? null : DateTime.toEpochMillis(job.queuedAt),
  archive_bytes: archiveBytesOf(job),
  retained_bytes: retainedBytesOf(job),
  cancel_requested: job.cancel === null ? 0 : 1,
  upload_reached: uploadReached ? 1 : 0,
  epoch,
  seq
})

/** The searched columns of a row that is no job: nothing but a listing finds it. */
export const unreadable = (projectId: string) => ({
  project_id: projectId,
  status: "failed",
  phase: "failed",
  site: "",
  account: "",
  conversation: null,
  created_at: 0,
  queued_at: null,
  archive_bytes: 0,
  retained_bytes: 0,
  cancel_requested: 0
})
