/** Files of a submission that are sent as they are, beside the archive: images and documents. */
import * as Schema from "effect/Schema"
import { Time } from "./Time.ts"

/** A copy in the job's directory: what was scanned is what is sent. */
export const Attachment = Schema.Struct({
  /** The name under which the site gets it. */
  name: Schema.String,
  path: Schema.String,
  bytes: Schema.Natural,
  sha256: Schema.String
})
export type Attachment = typeof Attachment.Type

/** `deletedAt` is set when the copies were removed; their facts stay. */
export const Attachments = Schema.Struct({
  files: Schema.Array(Attachment),
  deletedAt: Schema.NullOr(Time)
})
export type Attachments = typeof Attachments.Type
