import { abortable } from "@effect-oracle/core/node/archive/Abortable"
import { runPass } from "@effect-oracle/core/node/archive/ArchivePass"
import { Breather } from "@effect-oracle/core/node/archive/Breather"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from "node:fs"
import { join } from "node:path"
import {
  build,
  decompress,
  hasCommand,
  makeFifo,
  makeProject,
  pathsOf,
  select,
  sha256,
  untar,
  write
} from "./project.ts"

const tree = {
  "README.md": "# Read me\n",
  "src/a.ts": "export const a = 1\n".repeat(50),
  "src/empty.ts": "",
  "Größe/漢字 .md": "non-ASCII\n",
  [`deep/${"n".repeat(255)}`]: "long name\n",
  [`${"long-folder-name/".repeat(20)}file.ts`]: "long path\n",
  " blanks ": "blanks\n",
  "run.sh": "#!/bin/sh\n"
}

describe("Archiver.build", () => {
  for (const format of ["tar.zst", "tar.gz"] as const) {
    it.effect(`writes a private ${format} whose content is the selection, byte for byte`, () =>
      Effect.gen(function*() {
        const { outside, root } = yield* makeProject(tree)
        chmodSync(join(root, "run.sh"), 0o755)
        const selected = yield* select(root, ["."])
        const target = join(outside, `context.${format}`)
        const built = yield* build(selected, target, { format })
        const bytes = readFileSync(target)
        assert.strictEqual(built.path, target)
        assert.strictEqual(built.bytes, bytes.length)
        assert.strictEqual(built.sha256, sha256(bytes))
        assert.strictEqual(built.entries, selected.entries.length)
        assert.strictEqual(built.uncompressedBytes, decompress(target).length)
        assert.strictEqual(statSync(target).mode & 0o777, 0o600)
        const unpacked = untar(target, join(outside, "unpacked"))
        for (const entry of selected.entries) {
          assert.strictEqual(sha256(readFileSync(join(unpacked, entry.path))), entry.sha256, entry.path)
          assert.strictEqual((statSync(join(unpacked, entry.path)).mode & 0o100) !== 0, entry.executable)
        }
        assert.deepStrictEqual(readdirSync(outside).toSorted(), [`context.${format}`, "unpacked"])
      }))

    it.effect(`writes the same ${format} for the same files, whenever and wherever they are`, () =>
      Effect.gen(function*() {
        const one = yield* makeProject(tree)
        const other = yield* makeProject(Object.fromEntries(Object.entries(tree).toReversed()))
        utimesSync(join(other.root, "src/a.ts"), 1, 1)
        chmodSync(join(other.root, "README.md"), 0o666)
        const first = yield* build(yield* select(one.root, ["."]), join(one.outside, "a"), { format })
        const again = yield* build(yield* select(one.root, ["src", "."]), join(one.outside, "b"), { format })
        const second = yield* build(yield* select(other.root, ["."]), join(other.outside, "a"), { format })
        assert.strictEqual(again.sha256, first.sha256)
        assert.strictEqual(second.sha256, first.sha256)
      }))
  }

  it.effect.skipIf(!hasCommand("zstd"))(
    "writes one frame with a checksum that the zstd program accepts",
    () =>
      Effect.gen(function*() {
        const { outside, root } = yield* makeProject({ "a.bin": randomBytes(3_000_000) })
        const target = join(outside, "context.tar.zst")
        yield* build(yield* select(root, ["."]), target)
        execFileSync("zstd", ["-tq", target])
        assert.match(
          execFileSync("zstd", ["-lv", target], { encoding: "utf8" }),
          /Number of frames: 1\b|# Zstandard Frames: 1\b/u
        )
      })
  )

  it.effect("packs files larger than its buffers", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({
        "a.bin": randomBytes(1_048_576 - 512),
        "b.bin": randomBytes(1_048_576),
        "c.bin": randomBytes(5_000_001),
        "d.txt": "end\n"
      })
      const selected = yield* select(root, ["."])
      const target = join(outside, "context.tar.zst")
      yield* build(selected, target)
      const unpacked = untar(target, join(outside, "unpacked"))
      for (const { path, sha256: expected } of selected.entries) {
        assert.strictEqual(sha256(readFileSync(join(unpacked, path))), expected)
      }
    }))

  it.effect("stores the content behind a link as a regular file", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "real.txt": "content" })
      symlinkSync("real.txt", join(root, "link.txt"))
      const target = join(outside, "context.tar.gz")
      yield* build(yield* select(root, ["."]), target, { format: "tar.gz" })
      const unpacked = untar(target, join(outside, "unpacked"))
      assert.isTrue(lstatSync(join(unpacked, "link.txt")).isFile())
      assert.strictEqual(readFileSync(join(unpacked, "link.txt"), "utf8"), "content")
    }))

  const changes: ReadonlyArray<readonly [string, (file: string) => void]> = [
    ["grew", (file) => appendFileSync(file, "x")],
    ["shrank", (file) => writeFileSync(file, "")],
    ["changed its bytes only", (file) => writeFileSync(file, "const b = 2\n")],
    ["was deleted", (file) => rmSync(file)],
    ["became a link to a file outside", (file) => {
      rmSync(file)
      symlinkSync("/etc/hostname", file)
    }],
    ["became a folder", (file) => {
      rmSync(file)
      mkdirSync(file)
    }],
    ["became a FIFO", (file) => {
      rmSync(file)
      makeFifo(file)
    }]
  ]

  it.effect.each(changes)(
    "refuses a file that %s after the scan, by name, and leaves nothing behind",
    ([, change]) =>
      Effect.gen(function*() {
        const { outside, root } = yield* makeProject({ "a.ts": "a", "b.ts": "const a = 1\n", "c.ts": "c" })
        const selected = yield* select(root, ["."])
        change(join(root, "b.ts"))
        const error = yield* Effect.flip(build(selected, join(outside, "context.tar.zst")))
        assert.strictEqual(error.code, "archive_file_changed")
        assert.include(error.message, "'b.ts'")
        assert.deepStrictEqual(readdirSync(outside), [])
      })
  )

  it.effect("reports progress that ends with everything", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject(tree)
      const selected = yield* select(root, ["."])
      const seen: Array<{ readonly entries: number; readonly bytes: number }> = []
      yield* build(selected, join(outside, "a"), { onProgress: (done) => seen.push(done) })
      assert.deepStrictEqual(seen.at(-1), { entries: selected.entries.length, bytes: selected.bytes })
    }))

  it.effect("stops when it is interrupted and leaves no file", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({
        "a.bin": randomBytes(12_000_000),
        "b.bin": randomBytes(12_000_000)
      })
      const selected = yield* select(root, ["."])
      const target = join(outside, "context.tar.gz")
      const fiber = yield* Effect.forkChild(build(selected, target, { format: "tar.gz" }), { startImmediately: true })
      assert.lengthOf(readdirSync(outside), 1)
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(readdirSync(outside), [])
    }))

  it.effect("lets everything else run while it works", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "a.txt": "text\n".repeat(4_000_000) })
      let turns = 0
      let done = false
      const turn = () => {
        turns++
        if (!done) setImmediate(turn)
      }
      const selected = yield* select(root, ["."])
      setImmediate(turn)
      yield* build(selected, join(outside, "a.tar.zst"))
      done = true
      assert.isAbove(turns, 5)
    }))

  it.effect.skipIf(!existsSync("/dev/full"))(
    "ends with a typed error, not by hanging, when the disk is full",
    () =>
      Effect.gen(function*() {
        const { root } = yield* makeProject({ "a.bin": randomBytes(6_000_000), "b.bin": randomBytes(6_000_000) })
        const { entries } = yield* select(root, ["."])
        const fd = yield* Effect.acquireRelease(
          Effect.sync(() => openSync("/dev/full", "w")),
          (fd) => Effect.sync(() => closeSync(fd))
        )
        const error = yield* Effect.flip(abortable((signal) =>
          runPass({
            root,
            entries,
            format: "tar.zst",
            fd,
            limit: 1_000_000_000,
            measureFolders: false,
            breather: new Breather(signal),
            onProgress: undefined
          })
        ))
        assert.strictEqual(error.code, "disk_full")
      })
  )

  it.effect("fails with a typed error where the target folder is missing", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "a.ts": "a" })
      const error = yield* Effect.flip(build(yield* select(root, ["."]), join(outside, "none", "a.tar.zst")))
      assert.strictEqual(error.code, "storage_failed")
    }))
})

describe("Archiver.build over the ceiling", () => {
  const noise = (bytes: number) => randomBytes(bytes)

  it.effect("drops the largest generated folders of a whole project, in two passes", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({
        "app/dist/big.bin": noise(300_000),
        "app/out/small.bin": noise(20_000),
        "app/src/dist/kept.bin": noise(30_000),
        "lib/build/kept.bin": noise(30_000),
        "tool/dist/mid.bin": noise(100_000),
        "main.ts": "main\n"
      })
      const selected = yield* select(root, [".", "main.ts"])
      let passes = 0
      const built = yield* build(selected, join(outside, "a.tar.zst"), {
        maxBytes: 120_000,
        onProgress: ({ entries }) => {
          if (entries === 1) passes++
        }
      })
      assert.deepStrictEqual(built.prunedPaths, ["app/dist", "tool/dist"])
      assert.strictEqual(passes, 2)
      assert.strictEqual(built.entries, 4)
      assert.isAtMost(built.bytes, 120_000)
      assert.strictEqual(built.bytes, statSync(built.path).size)
      const unpacked = untar(built.path, join(outside, "unpacked"))
      assert.isFalse(existsSync(join(unpacked, "app/dist")))
      assert.isTrue(existsSync(join(unpacked, "app/src/dist/kept.bin")))
    }))

  it.effect("ranks folders by what they cost compressed, not by their size", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({
        "a/dist/zeros.bin": new Uint8Array(5_000_000),
        "b/dist/noise.bin": noise(200_000),
        "main.ts": "main\n"
      })
      const built = yield* build(yield* select(root, ["."]), join(outside, "a.tar.zst"), { maxBytes: 50_000 })
      assert.deepStrictEqual(built.prunedPaths, ["b/dist"])
    }))

  it.effect("writes what an unpruned selection of the same files gives", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "app/dist/big.bin": noise(300_000), "main.ts": "main\n" })
      const pruned = yield* build(yield* select(root, ["."]), join(outside, "a"), { maxBytes: 10_000 })
      const plain = yield* build(yield* select(root, [".", "!app/dist"]), join(outside, "b"), { maxBytes: 10_000 })
      assert.strictEqual(pruned.sha256, plain.sha256)
    }))

  it.effect("drops nothing that was not asked for with a dot, and says how to narrow", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "app/dist/big.bin": noise(300_000), "app/main.ts": "main\n" })
      const error = yield* Effect.flip(build(yield* select(root, ["app"]), join(outside, "a"), { maxBytes: 10_000 }))
      assert.strictEqual(error.code, "archive_too_large")
      assert.include(error.message, "the limit is 9.8 KiB")
      assert.include(error.nextStep, "!app/dist'")
      assert.deepStrictEqual(readdirSync(outside), [])
    }))

  it.effect("refuses when the generated folders are not what makes it large", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "app/dist/s.bin": noise(1000), "src/media.bin": noise(300_000) })
      const error = yield* Effect.flip(build(yield* select(root, ["."]), join(outside, "a"), { maxBytes: 100_000 }))
      assert.strictEqual(error.code, "archive_too_large")
      assert.deepStrictEqual(error.facts?.limitBytes, 100_000)
    }))

  it.effect("does not send an archive from which everything was dropped", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "app/dist/s.bin": noise(100_000) })
      const error = yield* Effect.flip(build(yield* select(root, ["."]), join(outside, "a"), { maxBytes: 10_000 }))
      assert.strictEqual(error.code, "archive_too_large")
    }))

  it.effect("gives up early on what is hopeless, with an estimate", () =>
    Effect.gen(function*() {
      const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`src/${index}.bin`, noise(200_000)]))
      const { outside, root } = yield* makeProject(files)
      write(root, { "src/last.txt": "x" })
      const selected = yield* select(root, ["."])
      assert.lengthOf(pathsOf(selected), 41)
      const seen: Array<number> = []
      const error = yield* Effect.flip(
        build(selected, join(outside, "a"), { maxBytes: 10_000, onProgress: ({ entries }) => seen.push(entries) })
      )
      assert.strictEqual(error.code, "archive_too_large")
      assert.notInclude(seen, 41)
      assert.approximately(Number(error.facts?.bytes), 8_000_000, 800_000)
    }))
})
