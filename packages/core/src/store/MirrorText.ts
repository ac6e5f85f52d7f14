/** The text of `job.json`: the record with its place in history, its checksum and its latest events, readable by people. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { JobEvent } from "../domain/JobEvent.ts"
import type { Damaged, NumberedEvent, Row, Stored } from "./JobTable.ts"
import * as RecordText from "./RecordText.ts"

const MirrorFile = Schema.Struct({
  format: Schema.Literal("oracle-job"),
  epoch: Schema.Natural,
  seq: Schema.Natural,
  uploadReached: Schema.Boolean,
  checksum: Schema.String,
  record: Schema.Json,
  events: Schema.Array(Schema.Struct({ seq: Schema.Natural, ...JobEvent.fields }))
})

const Text = Schema.fromJsonString(MirrorFile, { space: 2 })
const decode = Schema.decodeUnknownOption(Text)
const encode = Schema.encodeEffect(Text)
const parse = Schema.decodeEffect(Schema.fromJsonString(Schema.Json))
const compact = Schema.encodeSync(Schema.fromJsonString(Schema.Json))

/** How many events a mirror keeps. */
export const recentEvents = 100

export const render = Effect.fnUntraced(
  function*(row: Stored, events: ReadonlyArray<NumberedEvent>) {
    const { checksum, text } = yield* RecordText.write(row)
    const { epoch, seq, uploadReached } = row
    const record = yield* parse(text)
    const recent = events.slice(-recentEvents)
    return `${yield* encode({ format: "oracle-job", epoch, seq, uploadReached, checksum, record, events: recent })}\n`
  }
)

export interface Copy {
  readonly row: Row
  readonly events: ReadonlyArray<NumberedEvent>
  /** Where and as what the copy claims to be stored; null for what is no mirror at all. */
  readonly claim: RecordText.Claim | null
}

/** What a mirror says about this job; `Damaged` when it is torn, altered, another's or no mirror of ours at all. */
export const read = (id: string, text: string): Copy =>
  Option.match(decode(text), {
    onNone: () => ({ row: noMirror(id), events: [], claim: null }),
    onSome: ({ checksum, events, record: json, ...place }) => {
      const record = { text: compact(json), checksum }
      return { row: RecordText.read(id, place, record), events, claim: { place, record } }
    }
  })

/** Stands in the place of a mirror whose job was removed, until its directory is gone. */
export const removed = "{\n  \"format\": \"oracle-job-removed\"\n}\n"

/** The project that a torn or altered mirror names, as far as that can be read; else the empty text. */
export const projectIn = (text: string): string => {
  const found = /"projectId":\s*"((?:[^"\\]|\\.)*)"/.exec(text)
  return found === null ? "" : Option.getOrElse(unquote(`"${found[1]}"`), () => "")
}

const unquote = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.String))

/** Bytes at the start of a mirror that hold its place in history. */
export const headBytes = 128

/** The place in history that the start of a mirror claims; null when it is no mirror of ours. */
export const placeOf = (head: string): { readonly epoch: number; readonly seq: number } | null => {
  const found = /^\{\s*"format":\s*"oracle-job",\s*"epoch":\s*(\d+),\s*"seq":\s*(\d+)/.exec(head)
  return found === null ? null : { epoch: Number(found[1]), seq: Number(found[2]) }
}

const noMirror = (id: string): Damaged => ({ _tag: "Damaged", id, reason: "its job.json is not valid", newer: false })
