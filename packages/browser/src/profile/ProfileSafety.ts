// @effect-diagnostics nodeBuiltinImport:off
/** Refuses profile folders that belong to the user's own browser or that a mistake in the configuration points at. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import { lstatSync, realpathSync, type Stats } from "node:fs"
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path"
import type { Surroundings } from "../locate/Surroundings.ts"
import { errnoOf, fsFailure } from "./FsFailure.ts"

const linuxTrees = [
  ".config/google-chrome",
  ".config/google-chrome-beta",
  ".config/google-chrome-unstable",
  ".config/chromium",
  ".config/microsoft-edge",
  ".config/microsoft-edge-beta",
  ".config/BraveSoftware",
  ".config/vivaldi",
  ".config/opera",
  ".config/thorium",
  ".mozilla",
  "snap/chromium",
  "snap/brave",
  "snap/firefox",
  ".var/app/com.google.Chrome",
  ".var/app/org.chromium.Chromium",
  ".var/app/com.microsoft.Edge",
  ".var/app/com.brave.Browser"
]

const macTrees = [
  "Google/Chrome",
  "Google/Chrome Beta",
  "Google/Chrome Canary",
  "Chromium",
  "Microsoft Edge",
  "BraveSoftware",
  "Vivaldi",
  "Arc/User Data",
  "com.operasoftware.Opera",
  "Firefox"
].map((tree) => `Library/Application Support/${tree}`)

const windowsTrees = [
  "Google\\Chrome",
  "Google\\Chrome Beta",
  "Google\\Chrome SxS",
  "Chromium",
  "Microsoft\\Edge",
  "BraveSoftware",
  "Vivaldi"
]

/** The user-data trees of the browsers that people use. */
export const browserTrees = (machine: Surroundings): ReadonlyArray<string> => {
  if (machine.platform === "darwin") return macTrees.map((tree) => join(machine.home, tree))
  if (machine.platform === "win32") {
    const local = machine.env["LOCALAPPDATA"] ?? join(machine.home, "AppData", "Local")
    return windowsTrees.map((tree) => join(local, tree))
  }
  const config = machine.env["XDG_CONFIG_HOME"]
  const moved = config === undefined || config === ""
    ? []
    : linuxTrees.filter((tree) => tree.startsWith(".config/")).map((tree) =>
      join(config, tree.slice(".config/".length))
    )
  return [...linuxTrees.map((tree) => join(machine.home, tree)), ...moved]
}

const lstat = (path: string): Stats | undefined => {
  try {
    return lstatSync(path)
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT" || errnoOf(cause) === "ENOTDIR") return undefined
    throw cause
  }
}

/** The path with its existing part resolved, so that a link cannot hide where it leads. */
const real = (path: string): string => {
  const parent = dirname(path)
  if (lstat(path) !== undefined) return realpathSync(path)
  return parent === path ? path : join(real(parent), basename(path))
}

const within = (path: string, tree: string): boolean => {
  const way = relative(tree, path)
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

const ancestors = (path: string): ReadonlyArray<string> => {
  const parent = dirname(path)
  return parent === path ? [] : [parent, ...ancestors(parent)]
}

/** Why a folder must not hold profiles, or undefined when it may. */
export const unsafeReason = (directory: string, machine: Surroundings): string | undefined => {
  if (!isAbsolute(directory)) return "is not an absolute path"
  const path = real(resolve(directory))
  const home = real(machine.home)
  if (dirname(path) === path) return "is the root of the file system"
  if (within(home, path)) return path === home ? "is the home directory" : "contains the home directory"
  if (browserTrees(machine).some((tree) => within(path, real(tree)))) return "lies inside the data of a browser"
  const foreign = ancestors(path).find((folder) => machine.isFile(join(folder, "Local State")))
  return foreign === undefined ? undefined : `lies inside ${foreign}, which is the data of a browser`
}

/** Fails as `profile_unsafe` naming the folder and the reason. */
export const requireSafe = (directory: string, machine: Surroundings): Effect.Effect<void, OracleError> =>
  Effect.try({ try: () => unsafeReason(directory, machine), catch: fsFailure(`look at ${directory}`) }).pipe(
    Effect.flatMap((reason) =>
      reason === undefined ? Effect.void : Effect.fail(oracleError("profile_unsafe", `${directory} ${reason}`))
    )
  )

/** The same for a configured folder and for a `profile` below it: neither the folder nor what it is made in may be unsafe. */
export const requireSafeBelow = (directory: string, profile: string, machine: Surroundings) =>
  Effect.andThen(requireSafe(directory, machine), requireSafe(profile, machine))

export type FolderState = "absent" | "folder" | "link" | "not a folder" | "foreign"

/** What a path is: `absent`, a `folder` of ours, or the reason why it is not one. Follows no link. */
export const folderState = (path: string, machine: Surroundings): FolderState => {
  const stats = lstat(path)
  if (stats === undefined) return "absent"
  if (stats.isSymbolicLink()) return "link"
  if (!stats.isDirectory()) return "not a folder"
  return machine.uid === null || stats.uid === machine.uid ? "folder" : "foreign"
}

/** Fails as `profile_unsafe` when a path is there and is not a folder of ours. */
export const requireFolderOrNothing = (path: string, machine: Surroundings): Effect.Effect<void, OracleError> =>
  Effect.try({ try: () => folderState(path, machine), catch: fsFailure(`look at ${path}`) }).pipe(
    Effect.flatMap((state) =>
      state === "absent" || state === "folder" ? Effect.void : Effect.fail(notAFolder(path, state))
    )
  )

/** The refusal of a path that is not a folder of ours. */
export const notAFolder = (path: string, state: Exclude<FolderState, "absent" | "folder">): OracleError =>
  oracleError("profile_unsafe", `${path} ${folderFlaws[state]}`)

const folderFlaws = {
  link: "is a symbolic link",
  "not a folder": "is not a folder",
  foreign: "belongs to another user"
} as const
