/** Compares what the practice site says it got with what was packed and asked. */
import { ManifestJson } from "@effect-oracle/core/archive/Manifest"
import type { Job } from "@effect-oracle/core/domain/Job"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { JobFiles } from "@effect-oracle/core/store/JobFiles"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

export interface SiteLog {
  readonly log: (type: "upload" | "send") => ReadonlyArray<{ readonly detail: Readonly<Record<string, unknown>> }>
}

export interface Proof {
  readonly proved: boolean
  /** One send, and its prompt had this digest. */
  readonly prompt: { readonly sent: string; readonly received: ReadonlyArray<string> }
  readonly archive: {
    readonly packed: { readonly entries: number; readonly sha256: string }
    readonly received: ReadonlyArray<{ readonly entries: number; readonly sha256: string }>
  }
}

const Upload = Schema.Struct({ entries: Schema.Int, sha256: Schema.String })
const Send = Schema.Struct({ promptSha256: Schema.String })

export const proofOf = Effect.fn("Proof.proofOf")(function*(job: Job, site: SiteLog) {
  const files = yield* JobFiles
  const dirs = yield* StateDirs
  const { archive } = yield* files.read(dirs.job(job.id).manifest).pipe(
    Effect.flatMap((text) => Schema.decodeEffect(ManifestJson)(text ?? "")),
    Effect.mapError(() => oracleError("storage_failed", `the manifest of job ${job.id} cannot be read`))
  )
  const packed = { entries: archive.entries, sha256: archive.sha256 }
  const uploads = site.log("upload").map(({ detail }) => detail).filter(Schema.is(Upload))
  const received = uploads.map(({ entries, sha256 }) => ({ entries, sha256 }))
  const prompts = site.log("send").map(({ detail }) => detail).filter(Schema.is(Send)).map((send) => send.promptSha256)
  const proof: Proof = {
    proved: received.some(({ entries, sha256 }) => entries === packed.entries && sha256 === packed.sha256)
      && prompts.length === 1 && prompts[0] === job.prompt.sha256,
    prompt: { sent: job.prompt.sha256, received: prompts },
    archive: { packed, received }
  }
  return proof
})
