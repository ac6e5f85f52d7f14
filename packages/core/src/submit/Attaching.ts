/** The files of a submission that are sent as they are: chosen one by one, scanned, copied into the job's directory. */
import * as Effect from "effect/Effect"
import { Archiver } from "../archive/Archiver.ts"
import { size } from "../archive/TooLarge.ts"
import type { Attachment } from "../domain/Attachment.ts"
import type { ProjectId } from "../domain/Ids.ts"
import { oracleError } from "../error/OracleError.ts"
import type { PlannedAttachment, SubmitRequest } from "../Oracle.ts"
import type { SiteFacts } from "../port/ChatBrowser.ts"
import type { JobPaths } from "../store/StateDirs.ts"

const baseName = (path: string): string => path.split(/[/\\]/).findLast((part) => part !== "") ?? ""

/** Fails like a selection does, for a folder or a glob, and when the site takes fewer files at once. */
export const planAttachments = Effect.fn("Oracle.planAttachments")(
  function*(request: SubmitRequest, root: ProjectId, site: SiteFacts, allowSecretFiles: ReadonlyArray<string>) {
    const archiver = yield* Archiver
    const paths = [...new Set(request.attach)]
    const atMost = site.maxFiles - (request.files.length === 0 ? 0 : 1)
    if (paths.length > atMost) {
      return yield* oracleError(
        "invalid_option",
        `${paths.length} attachments; ${site.label} takes ${atMost} beside the archive`,
        { step: "attach fewer files, or select them with --files so that they go into the archive" }
      )
    }
    const planned: Array<PlannedAttachment> = []
    for (const path of paths) {
      const selected = yield* archiver.select({ root, cwd: root, inputs: [path], exclude: [], allowSecretFiles })
      const [entry] = selected.entries
      if (entry === undefined || selected.entries.length > 1 || baseName(entry.path) !== baseName(path)) {
        return yield* oracleError("invalid_option", `'${path}' is not a single file: folders and globs are archived`, {
          step: "attach single files by name, and select folders with --files"
        })
      }
      if (entry.bytes > site.archiveMaxBytes) {
        const { archiveMaxBytes: limitBytes, label } = site
        return yield* oracleError(
          "archive_too_large",
          `'${path}' has ${size(entry.bytes)}; ${label} takes ${size(limitBytes)} at most`,
          { step: "attach a smaller file", facts: { path, bytes: entry.bytes, limitBytes } }
        )
      }
      planned.push({ name: baseName(path), root: selected.root, entry, secrets: selected.secrets })
    }
    return planned
  }
)

/** Copies into numbered folders: two files may have the same name, and the site is given that name. */
export const takeAttachments = Effect.fn("Oracle.takeAttachments")(
  function*(planned: ReadonlyArray<PlannedAttachment>, paths: JobPaths) {
    const archiver = yield* Archiver
    return yield* Effect.forEach(planned, ({ entry, name, root }, index) => {
      const path = `${paths.attachments}/${index + 1}/${name}`
      const taken: Attachment = { name, path, bytes: entry.bytes, sha256: entry.sha256 }
      return Effect.as(archiver.take({ root, entry, target: path }), taken)
    })
  }
)
