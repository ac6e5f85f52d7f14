/** The archive of a real tree against `tar | zstd -3` over the same files; selection with its secret scan beside it. */
import { Archiver } from "@effect-oracle/core/archive/Archiver"
import { layer } from "@effect-oracle/core/node/archive/ArchiverNode"
import { Effect } from "effect"
import { spawn } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { absolute, compared, median, type Row } from "./Row.ts"

const rounds = 5
const treeBytes = 130 * 1024 * 1024

export const run = async (): Promise<ReadonlyArray<Row>> => {
  const work = mkdtempSync(join(tmpdir(), "oracle-bench-archive-"))
  try {
    const root = join(work, "project")
    copyTree(join(dirname(import.meta.dirname), "node_modules"), join(root, "vendor"))
    return await measure(work, root)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const measure = (work: string, root: string): Promise<ReadonlyArray<Row>> =>
  Effect.gen(function*() {
    const archiver = yield* Archiver
    const select = archiver.select({ root, cwd: root, inputs: ["."], exclude: [], allowSecretFiles: [] })
    const selectStarted = performance.now()
    const selected = yield* select
    const selectMs = performance.now() - selectStarted
    const list = join(work, "files")
    writeFileSync(list, selected.entries.map(({ path }) => `${path}\0`).join(""))
    const ours: Array<number> = []
    const raw: Array<number> = []
    for (let round = 0; round < rounds; round++) {
      const target = join(work, "ours.tar.zst")
      const oursStarted = performance.now()
      yield* archiver.build({ selected, format: "tar.zst", target, maxBytes: Number.MAX_SAFE_INTEGER })
      ours.push(performance.now() - oursStarted)
      raw.push(yield* Effect.promise(() => tarZstd(root, list, join(work, "raw.tar.zst"))))
    }
    const megabytes = selected.bytes / 1024 / 1024
    const note = `${selected.entries.length} files, ${megabytes.toFixed(0)} MB, median of ${rounds}`
    return [
      compared({
        name: "archive against tar | zstd -3",
        value: median(ours),
        baseline: median(raw),
        target: 2,
        unit: "ms",
        note
      }),
      absolute({
        name: "selection: walk, read, hash, secret scan, tokens",
        value: selectMs,
        target: null,
        unit: "ms",
        note: `${(megabytes / (selectMs / 1000)).toFixed(0)} MB/s`
      })
    ]
  }).pipe(Effect.provide(layer), Effect.runPromise)

/** Wall time of the raw pipeline. */
const tarZstd = (root: string, list: string, target: string): Promise<number> =>
  new Promise((resolve, reject) => {
    rmSync(target, { force: true })
    const started = performance.now()
    const child = spawn("tar", ["-C", root, "--null", "-T", list, "-I", "zstd -3", "-cf", target], { stdio: "ignore" })
    child.on("error", reject)
    child.on("close", (code) =>
      code === 0 ? resolve(performance.now() - started) : reject(new Error(`tar ended with ${code}`)))
  })

/** Copies installed packages, in order of their names, until the tree is large enough; native binaries are no source. */
const copyTree = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  let left = treeBytes
  const copy = (source: string, target: string): void => {
    for (const child of readdirSync(source, { withFileTypes: true })) {
      if (left <= 0) return
      const path = join(source, child.name)
      if (child.isDirectory()) copy(path, join(target, child.name))
      else if (child.isFile() && !/\.(?:node|wasm|br)$/.test(child.name)) {
        const { size } = statSync(path)
        if (size > 16 * 1024 * 1024) continue
        cpSync(path, join(target, child.name))
        left -= size
      }
    }
  }
  for (const name of readdirSync(from).toSorted()) {
    if (name.startsWith(".") || !statSync(join(from, name)).isDirectory()) continue
    copy(join(from, name), join(to, name))
  }
}
