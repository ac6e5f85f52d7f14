/** The archive of a submission: what is selected and why not, what is secret, and the compressed file that leaves. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { OracleError } from "../error/OracleError.ts"

/** What is asked for, before ignore rules and exclusions. */
export interface SelectRequest {
  /** Absolute project root; inputs are relative to `cwd`, which lies inside it. */
  readonly root: string
  readonly cwd: string
  /** Files, directories, globs, `!` exclusions; `.` for all. */
  readonly inputs: ReadonlyArray<string>
  /** Extra ignore patterns from the configuration. */
  readonly exclude: ReadonlyArray<string>
  /** Root-relative files that a person allowed although the scan finds a secret. */
  readonly allowSecretFiles: ReadonlyArray<string>
}

/** A file that is taken. */
export interface Entry {
  /** Root-relative path with `/`, as it stands in the archive. */
  readonly path: string
  readonly bytes: number
  readonly executable: boolean
  /** sha256 of the content that was scanned. */
  readonly sha256: string
}

/** A path that is left out, and the rule that did it. */
export interface Exclusion {
  readonly path: string
  /** The rule that left it out, e.g. `.gitignore:12 *.log`, `built-in: dependency folder`, `symlink outside project`. */
  readonly rule: string
  /** True for a folder that was left out as a whole. */
  readonly directory: boolean
}

/** Where a secret stands; its value is masked. */
export interface SecretFinding {
  readonly path: string
  readonly line: number
  readonly rule: string
  /** The value with all but its ends masked. */
  readonly masked: string
  readonly allowed: boolean
}

/** What an archive would hold. */
export interface Selected {
  readonly root: string
  readonly entries: ReadonlyArray<Entry>
  readonly exclusions: ReadonlyArray<Exclusion>
  readonly secrets: ReadonlyArray<SecretFinding>
  readonly bytes: number
  /** Estimate of tokens of the text files. */
  readonly tokens: number
  /** The whole project was asked (`.`), so generated folders may be pruned. */
  readonly wholeProject: boolean
}

/** What is packed, into which file. */
export interface BuildRequest {
  readonly selected: Selected
  readonly format: "tar.zst" | "tar.gz"
  /** Absolute path of the archive to make; created exclusively, 0600, atomically. */
  readonly target: string
  readonly maxBytes: number
  readonly onProgress?: (done: { readonly entries: number; readonly bytes: number }) => void
}

/** The archive as it lies there. */
export interface Built {
  readonly path: string
  readonly format: "tar.zst" | "tar.gz"
  readonly bytes: number
  readonly sha256: string
  readonly entries: number
  readonly uncompressedBytes: number
  readonly prunedPaths: ReadonlyArray<string>
}

/** One file of a selection, to be copied as it was scanned. */
export interface TakeRequest {
  readonly root: string
  readonly entry: Entry
  /** Absolute path of the copy; its folder is made 0700, the copy 0600. */
  readonly target: string
}

/** Selects, scans and packs files; what was scanned is what is packed. */
export class Archiver extends Context.Service<Archiver, {
  /**
   * Selects, reads and scans. Fails with an archive-input error (`archive_input_missing`, `_outside`, `_empty`,
   * `archive_credential_file`), never because of secrets: the caller decides with `refuseSecrets`.
   */
  readonly select: (request: SelectRequest) => Effect.Effect<Selected, OracleError>
  /** Findings in a text that is not a file, such as the prompt. */
  readonly scanText: (label: string, text: string) => Effect.Effect<ReadonlyArray<SecretFinding>, OracleError>
  /** Writes the archive; prunes when too large and allowed, else fails as `archive_too_large` with the plan to narrow. */
  readonly build: (request: BuildRequest) => Effect.Effect<Built, OracleError>
  /** Copies one file; fails as `archive_file_changed` when its content is not what was scanned. */
  readonly take: (request: TakeRequest) => Effect.Effect<void, OracleError>
}>()("@effect-oracle/core/archive/Archiver") {}
