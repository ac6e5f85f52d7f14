/** The stored form of a record: JSON text with a checksum over it and its place in history. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { OracleConfig } from "../config/OracleConfig.ts"
import type { JobId } from "../domain/Ids.ts"
import { Job, JobJson } from "../domain/Job.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { checksum } from "./Checksum.ts"
import type { Damaged, Row, Stored } from "./JobTable.ts"

export interface RecordText {
  readonly text: string
  readonly checksum: string
}

/** What is stored beside the record and protected by the same checksum. */
export type Place = Pick<Stored, "epoch" | "seq" | "uploadReached">

/** A record and where it claims to stand; nothing says yet that either is true. */
export interface Claim {
  readonly place: Place
  readonly record: RecordText
}

/** Newest version of the record that this program reads and writes. */
const recordVersion = 1

/** Fails as `internal_error` for a record that its schema refuses; nothing could read it back. */
export const write = (row: Stored): Effect.Effect<RecordText, OracleError> =>
  encode(row.job).pipe(
    Effect.mapError((cause) =>
      oracleError("internal_error", `the record of job ${row.job.id} is not valid`, { cause })
    ),
    Effect.map((text) => ({ text, checksum: checksumOf(row.job.id, row, text) }))
  )

/** Never fails: what cannot be trusted comes back as `Damaged` with the reason. */
export const read = (id: string, place: Place, record: RecordText): Row => {
  if (checksumOf(id, place, record.text) !== record.checksum) return damaged(id, "its checksum does not match")
  const value = Option.getOrUndefined(parse(record.text))
  if (!Predicate.isObject(value)) return damaged(id, "its record is not an object")
  if (isNewer(value)) return { ...damaged(id, "a newer version wrote it"), newer: true }
  const job = decode(value)
  if (Result.isFailure(job)) return damaged(id, `its record is not valid: ${firstLine(job.failure.message)}`)
  if (job.success.id !== id) return damaged(id, "its record belongs to another job")
  const { epoch, seq, uploadReached } = place
  return { _tag: "Stored", job: job.success, epoch, seq, uploadReached }
}

const encode = Schema.encodeEffect(JobJson)
const AnyJson = Schema.fromJsonString(Schema.Unknown)
const parse = Schema.decodeUnknownOption(AnyJson)
const textOf = Schema.encodeSync(AnyJson)

const checksumOf = (id: string, place: Place, text: string): string =>
  checksum(`${id}\n${place.epoch}.${place.seq}.${place.uploadReached ? 1 : 0}\n${text}`)

const isNewer = (value: object): boolean =>
  Predicate.hasProperty(value, "schemaVersion") && Predicate.isNumber(value.schemaVersion) &&
  value.schemaVersion > recordVersion

/** The config is most of a record and the same in most of them, so each different one is decoded once. */
const decodeConfig = Schema.decodeUnknownResult(OracleConfig)
const decodeRest = Schema.decodeUnknownResult(Schema.Struct({ ...Job.fields, config: Schema.Unknown }))

const decode = (value: object): Result.Result<Job, Schema.SchemaError> =>
  Result.gen(function*() {
    const job = yield* decodeRest(value)
    return { ...job, config: yield* sharedConfig(job.config) }
  })

const knownConfigs = new Map<string, OracleConfig>()
const knownLimit = 64

const sharedConfig = (value: unknown): Result.Result<OracleConfig, Schema.SchemaError> => {
  const text = textOf(value)
  const known = knownConfigs.get(text)
  if (known !== undefined) return Result.succeed(known)
  return Result.map(decodeConfig(value), (config) => {
    if (knownConfigs.size >= knownLimit) knownConfigs.clear()
    knownConfigs.set(text, config)
    return config
  })
}

const damaged = (id: string, reason: string): Damaged => ({ _tag: "Damaged", id, reason, newer: false })

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? text

const idOf = Schema.decodeUnknownOption(Job.fields.id)

/** The id that a record carries itself, trusted only after {@link read} under that id. */
export const idIn = (record: RecordText): JobId | null => {
  const value = Option.getOrUndefined(parse(record.text))
  return Predicate.hasProperty(value, "id") && Predicate.isString(value.id) ? asJobId(value.id) : null
}

/** The id, when the text is one. */
export const asJobId = (text: string): JobId | null => Option.getOrNull(idOf(text))
