/** The stored form of a record: JSON text with a checksum over it and its place in history. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { JobId } from "../domain/Ids.ts"
import { Job, JobJson } from "../domain/Job.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { Checksum } from "./Checksum.ts"
import type { Damaged, Row, Stored } from "./JobTable.ts"

export interface RecordText {
  readonly text: string
  readonly checksum: string
}

/** What is stored beside the record and protected by the same checksum. */
export type Place = Pick<Stored, "epoch" | "seq" | "uploadReached">

/** Newest version of the record that this program reads and writes. */
export const recordVersion = 1

const version = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Struct({ schemaVersion: Schema.Int })))
const decode = Schema.decodeUnknownResult(JobJson)
const encode = Schema.encodeEffect(JobJson)
const idOf = Schema.decodeUnknownOption(Job.fields.id)

export const make = Effect.gen(function*() {
  const { sha256 } = yield* Checksum
  const checksumOf = (id: string, place: Place, text: string) =>
    sha256(`${id}\n${place.epoch}.${place.seq}.${place.uploadReached ? 1 : 0}\n${text}`)

  return {
    /** Fails as `internal_error` for a record that its schema refuses; nothing else could read it back. */
    write: (row: Stored): Effect.Effect<RecordText, OracleError> =>
      encode(row.job).pipe(
        Effect.mapError((cause) =>
          oracleError("internal_error", `the record of job ${row.job.id} is not valid`, { cause })
        ),
        Effect.map((text) => ({ text, checksum: checksumOf(row.job.id, row, text) }))
      ),
    /** Never fails: what cannot be trusted comes back as `Damaged` with the reason. */
    read: (id: string, place: Place, record: RecordText): Row => {
      if (checksumOf(id, place, record.text) !== record.checksum) return damaged(id, "its checksum does not match")
      const found = Option.getOrUndefined(version(record.text))?.schemaVersion
      if (found !== undefined && found > recordVersion) {
        return { ...damaged(id, "a newer version wrote it"), newer: true }
      }
      const job = decode(record.text)
      if (Result.isFailure(job)) return damaged(id, `its record is not valid: ${firstLine(job.failure.message)}`)
      if (job.success.id !== id) return damaged(id, "its record belongs to another job")
      const { epoch, seq, uploadReached } = place
      return { _tag: "Stored", job: job.success, epoch, seq, uploadReached }
    }
  }
})

export type RecordTexts = Effect.Success<typeof make>

const damaged = (id: string, reason: string): Damaged => ({ _tag: "Damaged", id, reason, newer: false })

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? text

/** The id, when the text is one. */
export const asJobId = (text: string): JobId | null => Option.getOrNull(idOf(text))
