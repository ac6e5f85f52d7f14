/** The `Archiver` of a machine with files. It needs nothing; the project root comes with each request. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Archiver } from "../../archive/Archiver.ts"
import { scanText } from "../../archive/SecretScan.ts"
import { abortable } from "./Abortable.ts"
import { buildArchive } from "./BuildArchive.ts"
import { selectFiles } from "./SelectFiles.ts"
import { takeFile } from "./TakeFile.ts"

/** Reads each file once, without following links, below the project's root. */
export const layer: Layer.Layer<Archiver> = Layer.succeed(
  Archiver,
  Archiver.of({
    select: Effect.fn("Archiver.select")((request) => abortable((signal) => selectFiles(request, signal))),
    scanText: Effect.fn("Archiver.scanText")((label, text) =>
      abortable(async () => {
        const findings = await scanText(label, text)
        return findings.map(({ line, masked, rule }) => ({ path: label, line, rule, masked, allowed: false }))
      })
    ),
    build: Effect.fn("Archiver.build")((request) => abortable((signal) => buildArchive(request, signal))),
    take: Effect.fn("Archiver.take")((request) => abortable((signal) => takeFile(request, signal)))
  })
)
