// @effect-diagnostics nodeBuiltinImport:off
/** JobFiles on the real file system. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { lstatSync, mkdirSync, promises, readdirSync, unlinkSync } from "node:fs"
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path"
import { JobId } from "../domain/Ids.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { CrashPoint } from "../port/CrashPoint.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { appendText, readText, writeAtomically, type WriteStage } from "./AtomicFile.ts"
import { errnoOf, fileFailure } from "./fileFailure.ts"
import { makeSafe, unsafeReason } from "./StateSafety.ts"

const attempt = <A>(path: string, run: () => A): Effect.Effect<A, OracleError> =>
  Effect.try({ try: run, catch: fileFailure(path) })

/** Never left half-way: what is interrupted here would go on by itself after its owner has given everything back. */
const attemptLater = <A>(path: string, run: () => Promise<A>): Effect.Effect<A, OracleError> =>
  Effect.uninterruptible(Effect.tryPromise({ try: run, catch: fileFailure(path) }))

/** The result, or the fallback when the path does not exist. */
const attemptOr = <A, B>(path: string, fallback: B, run: () => A): Effect.Effect<A | B, OracleError> =>
  attempt(path, () => {
    try {
      return run()
    } catch (cause) {
      const errno = errnoOf(cause)
      if (errno === "ENOENT" || errno === "ENOTDIR") return fallback
      throw cause
    }
  })

/** Makes a directory (0700), or answers why the one that stands there is not to be used. */
const makeOwn = (path: string): string | null => {
  try {
    mkdirSync(path, { mode: 0o700 })
    return null
  } catch (cause) {
    const errno = errnoOf(cause)
    if (errno === "ENOENT" && lstatSync(dirname(path), { throwIfNoEntry: false }) === undefined) {
      mkdirSync(path, { recursive: true, mode: 0o700 })
      return null
    }
    if (errno !== "EEXIST") throw cause
    return unsafeReason(lstatSync(path))
  }
}

/** The record goes last: while anything else is left, it tells whose it was and that it may go. */
const removeAll = async (directory: string): Promise<void> => {
  for (const name of await promises.readdir(directory)) {
    if (name !== "job.json") await promises.rm(join(directory, name), { recursive: true, force: true })
  }
  await promises.rm(directory, { recursive: true, force: true })
}

const isJobId = Schema.is(JobId)
const prefix = "oracle-"

/** Files whose writes have crash points. */
const watched: Readonly<Record<string, "mirror" | "response" | "text" | "manifest">> = {
  "job.json": "mirror",
  "response.md": "response",
  "response.txt": "text",
  "artifacts.json": "manifest"
}

/** Files with mode 0600 in directories with mode 0700, each written whole or not at all. */
export const layer: Layer.Layer<JobFiles, never, StateDirs> = Layer.effect(
  JobFiles,
  Effect.gen(function*() {
    const dirs = yield* StateDirs

    const makeDirs = Effect.fn("JobFiles.makeDirs")(function*(id: JobId) {
      const paths = dirs.job(id)
      const all = [paths.directory, dirname(paths.eventLog), paths.artifacts, paths.diagnostics]
      for (const path of all) {
        const reason = yield* attempt(path, () => makeOwn(path))
        if (reason !== null) return yield* oracleError("state_unsafe", `${path} ${reason}; nothing was written into it`)
      }
      return paths
    })

    const remove = Effect.fn("JobFiles.remove")(function*(id: JobId) {
      const { directory } = dirs.job(id)
      if (dirname(directory) !== dirs.jobs || basename(directory) !== prefix + id) {
        return yield* oracleError("storage_failed", `${directory} is not a job directory`)
      }
      const found = yield* attemptOr(directory, null, () => lstatSync(directory))
      if (found === null) return
      if (!found.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid())) {
        return yield* oracleError("storage_failed", `${directory} is not a directory of ours; it was not removed`)
      }
      yield* attemptLater(directory, () => removeAll(directory))
    })

    const removeFile = Effect.fn("JobFiles.removeFile")(function*(id: JobId, path: string) {
      const inside = relative(dirs.job(id).directory, path)
      if (inside === "" || isAbsolute(inside) || inside.split(sep).includes("..") || inside.includes("\0")) {
        return yield* oracleError("storage_failed", `${path} is not a file of job ${id}`)
      }
      yield* attemptOr(path, undefined, () => unlinkSync(path))
    })

    const removeCopies = Effect.fn("JobFiles.removeCopies")(function*(id: JobId) {
      const { archive, attachments, directory } = dirs.job(id)
      const archives = [basename(archive("tar.zst")), basename(archive("tar.gz"))]
      const names = yield* attemptOr(directory, [], () => readdirSync(directory))
      const copies = names.filter((name) => archives.some((own) => name === own || name.startsWith(`${own}.`)))
      yield* Effect.forEach(copies, (name) => removeFile(id, join(directory, name)), { discard: true })
      yield* attemptLater(attachments, () => promises.rm(attachments, { recursive: true, force: true }))
    })

    return JobFiles.of({
      makeSafe,
      makeDirs,
      write: Effect.fn("JobFiles.write")(function*(path, content) {
        const points = yield* CrashPoint
        const kind = watched[basename(path)]
        const run = Effect.runPromiseWith(yield* Effect.context())
        const reached = (stage: WriteStage) => run(points.reach(`${kind ?? "mirror"}.${stage}`))
        yield* attemptLater(path, () => writeAtomically(path, content, kind === undefined ? undefined : reached))
      }, Effect.uninterruptible),
      append: Effect.fn("JobFiles.append")((path, text) => attemptLater(path, () => appendText(path, text))),
      read: Effect.fn("JobFiles.read")((path) => attemptOr(path, null, () => readText(path))),
      readHead: Effect.fn("JobFiles.readHead")((path, bytes) => attemptOr(path, null, () => readText(path, bytes))),
      removeFile,
      removeCopies,
      remove,
      list: attemptOr(dirs.jobs, [], () => readdirSync(dirs.jobs)).pipe(
        Effect.map((names) =>
          names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)).filter(isJobId)
            .toSorted()
        )
      ),
      foreign: attemptOr(dirs.jobs, [], () => readdirSync(dirs.jobs, { withFileTypes: true })).pipe(
        Effect.map((entries) =>
          entries.filter((entry) =>
            entry.isDirectory() && entry.name.startsWith(prefix) && !isJobId(entry.name.slice(prefix.length))
          ).map(({ name }) => join(dirs.jobs, name)).toSorted()
        )
      )
    })
  })
)
