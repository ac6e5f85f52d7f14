/** A project in a temporary folder, and the archiver on it. */
import { Archiver, type BuildRequest, type Selected, type SelectRequest } from "@effect-oracle/core/archive/Archiver"
import { layer } from "@effect-oracle/core/node/archive/ArchiverNode"
import { Effect } from "effect"
import { execFileSync, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { gunzipSync, zstdDecompressSync } from "node:zlib"

export type Tree = Readonly<Record<string, string | Uint8Array>>

/** Lives as long as the test; `outside` is a folder beside the project. */
export const makeProject = (tree: Tree) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const home = realpathSync(mkdtempSync(join(tmpdir(), "oracle-archive-")))
      const root = join(home, "project")
      const outside = join(home, "outside")
      mkdirSync(root)
      mkdirSync(outside)
      write(root, tree)
      return { home, root, outside }
    }),
    ({ home }) => Effect.sync(() => rmSync(home, { recursive: true, force: true }))
  )

export const write = (root: string, tree: Tree): void => {
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}

export const select = (root: string, inputs: ReadonlyArray<string>, more: Partial<SelectRequest> = {}) =>
  Archiver.use((archiver) => archiver.select({ root, cwd: root, inputs, exclude: [], allowSecretFiles: [], ...more }))
    .pipe(Effect.provide(layer))

/** The code of the error that the selection ends with. */
export const refusal = (root: string, inputs: ReadonlyArray<string>, more: Partial<SelectRequest> = {}) =>
  Effect.flip(select(root, inputs, more))

export const build = (selected: Selected, target: string, more: Partial<BuildRequest> = {}) =>
  Archiver.use((archiver) => archiver.build({ selected, format: "tar.zst", target, maxBytes: 1_000_000_000, ...more }))
    .pipe(Effect.provide(layer))

export const scanText = (label: string, text: string) =>
  Archiver.use((archiver) => archiver.scanText(label, text)).pipe(Effect.provide(layer))

export const pathsOf = (selected: Selected): ReadonlyArray<string> => selected.entries.map(({ path }) => path)

export const ruleOf = (selected: Selected, path: string): string | undefined =>
  selected.exclusions.find((exclusion) => exclusion.path === path)?.rule

export const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

export const hasCommand = (name: string): boolean => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0

export const git = (root: string, ...args: ReadonlyArray<string>): string =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@localhost", ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"]
  })

export const decompress = (archive: string): Buffer => {
  const bytes = readFileSync(archive)
  return archive.endsWith(".gz") ? gunzipSync(bytes) : zstdDecompressSync(bytes)
}

/** Unpacks with the system's tar and returns the folder. */
export const untar = (archive: string, into: string): string => {
  mkdirSync(into)
  execFileSync("tar", ["-xf", "-", "-C", into], { input: decompress(archive) })
  return into
}

const fifoProgram = "mkfifo"

export const makeFifo = (path: string): void => {
  execFileSync(fifoProgram, [path])
}
