/** Prepared state directories and copies of them, made without opening a database that this process has open. */
import { Effect } from "effect"
import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { visit } from "../../store/visits.ts"
import { live, type Truth, truthOf } from "./ruins.ts"

export interface Template {
  readonly files: ReadonlyMap<string, Buffer>
  readonly truth: Truth
}

/** With a log: the last writer was killed, so that half of what is true stands only in `oracle.db-wal`. */
export const makeTemplate = Effect.fnUntraced(function*(directory: string, withLog: boolean) {
  const state = join(directory, "template")
  mkdirSync(state, { recursive: true })
  yield* visit(state, (store) => live(store, "first"))
  if (withLog) {
    const child = spawnSync(process.execPath, [
      "--conditions=oracle-source",
      join(import.meta.dirname, "liveSecondHalf.ts"),
      state
    ], { stdio: "inherit" })
    if (child.signal !== "SIGKILL") return yield* Effect.die("the writer of the template did not get to its end")
  } else yield* visit(state, (store) => live(store, "second"))
  const files = readAll(state)
  const twin = join(directory, "twin")
  cpSync(state, twin, { recursive: true })
  const truth = yield* truthOf(twin)
  rmSync(twin, { recursive: true })
  rmSync(state, { recursive: true })
  return { files, truth } satisfies Template
})

/** A fresh copy of the template with some files replaced (or left out: null). */
export const build = (
  directory: string,
  template: Template,
  damaged: ReadonlyMap<string, Buffer | null>
): void => {
  rmSync(directory, { recursive: true, force: true })
  for (const [name, content] of template.files) {
    const bytes = damaged.has(name) ? damaged.get(name) : content
    const path = join(directory, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    if (bytes !== null && bytes !== undefined) writeFileSync(path, bytes, { mode: 0o600 })
  }
}

const readAll = (directory: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(directory, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(directory, name)).isFile() && !name.endsWith("-shm"))
      .map((name) => [name, readFileSync(join(directory, name))] as const)
  )
