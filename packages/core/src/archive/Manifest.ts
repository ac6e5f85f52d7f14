/** `manifest.json`: what was archived, what was left out and why, and the facts of the archive. */
import * as Schema from "effect/Schema"
import type { Built, Selected } from "./Archiver.ts"

export const ManifestEntry = Schema.Struct({
  path: Schema.String,
  bytes: Schema.Natural,
  executable: Schema.Boolean,
  sha256: Schema.String
})

export const ManifestExclusion = Schema.Struct({
  path: Schema.String,
  rule: Schema.String,
  directory: Schema.Boolean
})

/** Values are masked before they get here. */
export const ManifestSecret = Schema.Struct({
  path: Schema.String,
  line: Schema.Natural,
  rule: Schema.String,
  masked: Schema.String,
  allowed: Schema.Boolean
})

export const Manifest = Schema.Struct({
  schemaVersion: Schema.Literal(1),
  archive: Schema.Struct({
    format: Schema.Literals(["tar.zst", "tar.gz"]),
    bytes: Schema.Natural,
    sha256: Schema.String,
    entries: Schema.Natural,
    uncompressedBytes: Schema.Natural
  }),
  tokens: Schema.Natural,
  entries: Schema.Array(ManifestEntry),
  exclusions: Schema.Array(ManifestExclusion),
  secrets: Schema.Array(ManifestSecret),
  prunedPaths: Schema.Array(Schema.String)
})
export type Manifest = typeof Manifest.Type

/** Decodes and encodes a manifest as JSON text. */
export const ManifestJson = Schema.fromJsonString(Manifest)

/** The manifest of an archive that was built from the selection: its entries are exactly those of the archive. */
export const manifestOf = (selected: Selected, built: Built): Manifest => ({
  schemaVersion: 1,
  archive: {
    format: built.format,
    bytes: built.bytes,
    sha256: built.sha256,
    entries: built.entries,
    uncompressedBytes: built.uncompressedBytes
  },
  tokens: selected.tokens,
  entries: withoutFolders(selected.entries, built.prunedPaths),
  exclusions: selected.exclusions,
  secrets: selected.secrets,
  prunedPaths: built.prunedPaths
})

/** Those of `entries` that lie in none of the folders. */
export const withoutFolders = <A extends { readonly path: string }>(
  entries: ReadonlyArray<A>,
  folders: ReadonlyArray<string>
): ReadonlyArray<A> =>
  folders.length === 0
    ? entries
    : entries.filter(({ path }) => !folders.some((folder) => path.startsWith(`${folder}/`)))
