// @effect-diagnostics nodeBuiltinImport:off
/**
 * The Chromium of the npm package `@sparticuz/chromium` (a headless shell for Linux x64), unpacked once into the cache
 * directory with the libraries and fonts that it ships. Its own helper writes into the system's temp folder, so only
 * its archives are used.
 */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { basename, dirname, join } from "node:path"
import { pipeline } from "node:stream/promises"
import { createBrotliDecompress } from "node:zlib"
import * as FileLock from "../profile/FileLock.ts"
import { errnoOf, fsFailure } from "../profile/FsFailure.ts"
import type { Surroundings } from "./Surroundings.ts"

export interface NpmChromium {
  readonly version: string
  /** Folder with the compressed files. */
  readonly archives: string
  /** Folder into which they are unpacked. */
  readonly directory: string
  /** The program, once it is unpacked. */
  readonly executable: string
}

const entryOf = (): string | undefined => {
  try {
    return createRequire(import.meta.url).resolve("@sparticuz/chromium")
  } catch {
    return undefined
  }
}

const versionOf = (manifest: string): string | undefined => {
  try {
    const found: unknown = createRequire(import.meta.url)(manifest)
    const version = typeof found === "object" && found !== null && "version" in found ? found.version : undefined
    return typeof version === "string" && /^[\w.-]+$/.test(version) ? version : undefined
  } catch {
    return undefined
  }
}

const glibcLoader = "/lib64/ld-linux-x86-64.so.2"

/** The package, where it is installed and can run here. Reads no large file. */
export const findNpmChromium = (cache: string, machine: Surroundings): NpmChromium | undefined => {
  if (machine.platform !== "linux" || machine.arch !== "x64" || !machine.isFile(glibcLoader)) return undefined
  const entry = entryOf()
  if (entry === undefined) return undefined
  const root = dirname(dirname(entry))
  const version = versionOf(join(root, "package.json"))
  const archives = join(root, "bin")
  if (version === undefined || !machine.isFile(join(archives, "chromium.br"))) return undefined
  const directory = join(cache, "npm-chromium", `${version}-linux-x64`)
  return { version, archives, directory, executable: join(directory, "chromium") }
}

interface TarFs {
  readonly extract: (directory: string) => NodeJS.WritableStream
}

const isTarFs = (found: unknown): found is TarFs =>
  typeof found === "object" && found !== null && "extract" in found && typeof found.extract === "function"

/** The unpacker that the package depends on. */
const untar = (): TarFs => {
  const found: unknown = createRequire(entryOf() ?? import.meta.url)("tar-fs")
  if (!isTarFs(found)) throw new TypeError("tar-fs has no extract")
  return found
}

const inflate = (archive: string, target: NodeJS.WritableStream): Promise<void> =>
  pipeline(
    createReadStream(archive, { highWaterMark: 1 << 20 }),
    createBrotliDecompress({ chunkSize: 1 << 20 }),
    target
  )

const fontsConfig = (directory: string): string =>
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${directory.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}/fonts</dir>
  <cachedir>${directory.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}/fonts-cache</cachedir>
</fontconfig>
`

const flush = async (file: string): Promise<void> => {
  const handle = await open(file, "r+")
  await handle.sync().finally(() => handle.close())
}

const fill = async (chromium: NpmChromium, staging: string): Promise<void> => {
  const { extract } = untar()
  const archive = (name: string) => join(chromium.archives, name)
  await inflate(archive("chromium.br"), createWriteStream(join(staging, "chromium"), { mode: 0o700, flags: "wx" }))
  await inflate(archive("swiftshader.tar.br"), extract(staging))
  await inflate(archive("al2023.tar.br"), extract(join(staging, "al2023")))
  await inflate(archive("fonts.tar.br"), extract(join(staging, "open-fonts")))
  await rename(join(staging, "open-fonts", "fonts"), join(staging, "fonts"))
  await rm(join(staging, "open-fonts"), { recursive: true })
  await writeFile(join(staging, "fonts.conf"), fontsConfig(chromium.directory), { mode: 0o600 })
  await flush(join(staging, "chromium"))
}

const stagingPrefix = ".unpack-"
const day = 86_400_000
/** Another version that nobody started for so long goes when a new one comes. */
const unusedMs = 7 * day

const isLeftOver = async (path: string, current: string, now: number): Promise<boolean> => {
  if (basename(path).startsWith(stagingPrefix)) return true
  if (path === current || !/^[\w.-]+-linux-x64$/.test(basename(path))) return false
  return now - (await stat(path)).mtimeMs > unusedMs
}

/** Only the holder of the lock comes here, so every other staging folder belongs to a process that died. */
const unpack = async (chromium: NpmChromium, now: number): Promise<void> => {
  const root = dirname(chromium.directory)
  for (const name of await readdir(root)) {
    const path = join(root, name)
    if (await isLeftOver(path, chromium.directory, now)) await rm(path, { recursive: true, force: true })
  }
  const staging = join(root, `${stagingPrefix}${randomBytes(6).toString("hex")}`)
  await mkdir(staging, { mode: 0o700 })
  try {
    await fill(chromium, staging)
    await rm(chromium.directory, { recursive: true, force: true })
    await rename(staging, chromium.directory)
  } catch (cause) {
    await rm(staging, { recursive: true, force: true })
    throw cause
  }
}

const unpackFailure = (chromium: NpmChromium) => (cause: unknown): OracleError =>
  errnoOf(cause)?.startsWith("E") === true && errnoOf(cause)?.startsWith("ERR_") === false
    ? fsFailure(`unpack the npm Chromium into ${chromium.directory}`)(cause)
    : oracleError("browser_missing", `the npm package @sparticuz/chromium ${chromium.version} is damaged`, {
      step: "install it again, or run 'npx playwright-core install chromium'",
      cause
    })

/** The folder's time says when it was last started from, to the day. */
const noteUse = (chromium: NpmChromium, now: number) =>
  Effect.ignore(Effect.tryPromise(async () => {
    if (now - (await stat(chromium.directory)).mtimeMs > day) await utimes(chromium.directory, now / 1000, now / 1000)
  }))

/**
 * Makes sure that the program is unpacked. When it is, this costs one stat; else one process unpacks it beside and
 * renames, and the others wait for that one.
 */
export const unpacked = Effect.fn("NpmChromium.unpacked")(function*(chromium: NpmChromium, machine: Surroundings) {
  const now = yield* Clock.currentTimeMillis
  if (machine.isFile(chromium.executable)) return yield* noteUse(chromium, now)
  yield* FileLock.acquire({
    file: join(dirname(chromium.directory), "unpack-lock.db"),
    mode: "exclusive",
    waitMs: 120_000,
    busy: () =>
      oracleError("browser_launch_failed", "another process is still unpacking the npm Chromium", { step: "try again" })
  })
  if (machine.isFile(chromium.executable)) return
  yield* Effect.tryPromise({ try: () => unpack(chromium, now), catch: unpackFailure(chromium) }).pipe(
    Effect.uninterruptible
  )
}, Effect.scoped)

const systemFolders = ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib", "/lib"]
const neededLibraries = ["libnss3.so", "libnssutil3.so", "libnspr4.so", "libexpat.so.1"]

/** What the program needs in its environment: its own libraries only where the system lacks some, and its fonts. */
export const npmEnvironment = (chromium: NpmChromium, machine: Surroundings): Readonly<Record<string, string>> => {
  const present = (library: string) => systemFolders.some((folder) => machine.isFile(join(folder, library)))
  const fonts = { FONTCONFIG_FILE: join(chromium.directory, "fonts.conf") }
  if (neededLibraries.every(present)) return fonts
  const inherited = machine.env["LD_LIBRARY_PATH"]
  const own = join(chromium.directory, "al2023", "lib")
  return { ...fonts, LD_LIBRARY_PATH: inherited === undefined || inherited === "" ? own : `${own}:${inherited}` }
}
