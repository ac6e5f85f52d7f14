// @effect-diagnostics nodeBuiltinImport:off
/**
 * Replaces a seed by its verified successor, by a copy with fresher cookies, or by its predecessor. Each step is one
 * rename, and `recover` finishes or undoes what a crash cut off, so that a usable seed exists after every step. Callers
 * hold the exclusive lock.
 */
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { readMarker, type SeedMarker, writeMarker } from "./SeedMarker.ts"
import { profileOf, type SeedPaths } from "./SeedPaths.ts"

const finishedMarker = (directory: string): SeedMarker | undefined => {
  const marker = readMarker(directory)
  return typeof marker === "string" || !existsSync(profileOf(directory)) ? undefined : marker
}

const remove = (directory: string): void => rmSync(directory, { recursive: true, force: true })

/** The marker goes first: what is half deleted must never look finished. */
const discard = (directory: string): void => {
  rmSync(join(directory, "seed.json"), { force: true })
  remove(directory)
}

/**
 * Makes the staging folder, which must carry its marker, the seed. The old seed becomes `.prev`; one that was never
 * finished is dropped instead, so that it does not displace a usable predecessor.
 */
export const swap = (paths: SeedPaths): void => {
  discard(paths.discarded)
  if (existsSync(paths.seed)) {
    if (finishedMarker(paths.seed) === undefined) renameSync(paths.seed, paths.discarded)
    else {
      if (existsSync(paths.previous)) renameSync(paths.previous, paths.discarded)
      renameSync(paths.seed, paths.previous)
    }
  }
  renameSync(paths.staging, paths.seed)
  discard(paths.discarded)
}

/** A seed is its profile and its marker; what else the browser and its driver wrote beside goes. */
const keepProfileOnly = (directory: string): void => {
  for (const name of readdirSync(directory)) {
    if (join(directory, name) !== profileOf(directory)) remove(join(directory, name))
  }
}

/** Finishes the staged profile and puts it in use. */
export const commitStaged = (paths: SeedPaths, marker: SeedMarker): void => {
  keepProfileOnly(paths.staging)
  writeMarker(paths.staging, marker)
  swap(paths)
}

/** Finishes the merged copy and puts it in use; `.prev` stays the previous sign-in. */
export const commitMerged = (paths: SeedPaths, marker: SeedMarker): void => {
  discard(paths.discarded)
  writeMarker(paths.merging, marker)
  renameSync(paths.seed, paths.discarded)
  renameSync(paths.merging, paths.seed)
  discard(paths.discarded)
}

/** Exchanges the seed and its predecessor, so that doing it again undoes it. */
export const exchange = (paths: SeedPaths): void => {
  discard(paths.discarded)
  if (existsSync(paths.seed)) renameSync(paths.seed, paths.discarded)
  renameSync(paths.previous, paths.seed)
  if (finishedMarker(paths.discarded) === undefined) discard(paths.discarded)
  else renameSync(paths.discarded, paths.previous)
}

const newestFirst = (paths: SeedPaths): ReadonlyArray<string> =>
  [paths.staging, paths.merging, paths.previous, paths.discarded]
    .flatMap((directory) => {
      const marker = finishedMarker(directory)
      return marker === undefined ? [] : [{ directory, marker }]
    })
    .toSorted((a, b) => b.marker.generation - a.marker.generation || b.marker.revision - a.marker.revision)
    .map(({ directory }) => directory)

/** After a crash in the middle of a change: the newest finished folder becomes the seed, and a predecessor is kept. */
export const recover = (paths: SeedPaths): void => {
  if (!existsSync(paths.seed)) {
    const [newest] = newestFirst(paths)
    if (newest !== undefined) renameSync(newest, paths.seed)
  }
  const predecessor = finishedMarker(paths.discarded)
  const isOther = predecessor?.generation !== finishedMarker(paths.seed)?.generation
  if (predecessor !== undefined && isOther && !existsSync(paths.previous)) renameSync(paths.discarded, paths.previous)
  discard(paths.discarded)
  discard(paths.merging)
}
