/** The Oracle service over fakes, with its host in process. */
import { Effect, Layer } from "effect"
import { Archiver, type Selected } from "../../../src/archive/Archiver.ts"
import { defaultConfig } from "../../../src/config/OracleConfig.ts"
import { type OracleError, oracleError } from "../../../src/error/OracleError.ts"
import type { SubmitRequest } from "../../../src/Oracle.ts"
import * as OracleInProcess from "../../../src/OracleInProcess.ts"
import { hostBench } from "../../host/support/HostBench.ts"

/** Files of an imagined project: a name with "secret" holds one, "missing" is not there. */
export class FakeArchiver {
  readonly built: Array<string> = []
  readonly taken: Array<string> = []
  building: Effect.Effect<void, OracleError> = Effect.void

  layerOver(files: Map<string, string>) {
    return Layer.succeed(
      Archiver,
      Archiver.of({
        select: ({ allowSecretFiles, inputs, root }) =>
          inputs.includes("missing")
            ? Effect.fail(oracleError("archive_input_missing", "missing"))
            : Effect.succeed<Selected>({
              root,
              entries: inputs.map((path) => ({ path, bytes: 10, executable: false, sha256: "2".repeat(64) })),
              exclusions: [],
              secrets: inputs.filter((path) => path.includes("secret")).map((path) => ({
                path,
                line: 3,
                rule: "token",
                masked: "ab***yz",
                allowed: allowSecretFiles.includes(path)
              })),
              bytes: 10,
              tokens: 3,
              wholeProject: false
            }),
        scanText: (label, text) =>
          Effect.succeed(
            text.includes("TOKEN") ? [{ path: label, line: 1, rule: "token", masked: "T***N", allowed: false }] : []
          ),
        take: ({ target }) =>
          Effect.sync(() => {
            this.taken.push(target)
            files.set(target, "attachment")
          }),
        build: ({ format, onProgress, selected, target }) =>
          Effect.andThen(
            this.building,
            Effect.sync(() => {
              onProgress?.({ entries: selected.entries.length, bytes: 10 })
              this.built.push(target)
              files.set(target, "archive")
              return {
                path: target,
                format,
                bytes: 7,
                sha256: "3".repeat(64),
                entries: selected.entries.length,
                uncompressedBytes: 10,
                prunedPaths: []
              }
            })
          )
      })
    )
  }
}

export const oracleBench = () => {
  const parts = hostBench()
  const archiver = new FakeArchiver()
  const layer = OracleInProcess.layer({ version: "1.0.0" }).pipe(
    Layer.provideMerge(Layer.merge(parts.layer, archiver.layerOver(parts.files.files)))
  )
  return { ...parts, archiver, layer }
}

export const request = (part: Partial<SubmitRequest> = {}): SubmitRequest => ({
  prompt: "Why?",
  files: ["a.ts"],
  archiveRequired: true,
  cwd: "/home/person/project",
  config: defaultConfig,
  site: "practice",
  preset: "current",
  requester: { kind: "library" },
  ...part
})
