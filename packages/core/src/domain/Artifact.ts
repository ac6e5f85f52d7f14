/** Files that came with an answer. */
import * as Schema from "effect/Schema"

/** One file or image of an answer; `error` says why it is not there. */
export const Artifact = Schema.Struct({
  /** File name inside `artifacts/`; null when the file could not be saved. */
  name: Schema.NullOr(Schema.String),
  /** What the page calls it; untrusted text. */
  label: Schema.String,
  bytes: Schema.NullOr(Schema.Natural),
  sha256: Schema.NullOr(Schema.String),
  /** MIME type detected from the bytes. */
  type: Schema.NullOr(Schema.String),
  kind: Schema.Literals(["file", "image"]),
  /** A key of this file within the turn: a resume fetches only keys that are missing. */
  key: Schema.String,
  error: Schema.NullOr(Schema.String)
})
export type Artifact = typeof Artifact.Type

/** Content of `artifacts.json`, written after each file. */
export const ArtifactManifest = Schema.Struct({
  schemaVersion: Schema.Literal(1),
  artifacts: Schema.Array(Artifact)
})
export type ArtifactManifest = typeof ArtifactManifest.Type
