// @effect-diagnostics nodeBuiltinImport:off
/**
 * Replaces a seed by its verified successor. Each step is one rename, and `recover` finishes or undoes a swap that a
 * crash cut off, so that a usable seed exists after every step. Callers hold the exclusive lock.
 */
import { existsSync, renameSync, rmSync } from "node:fs"
import { readMarker } from "./SeedMarker.ts"
import type { SeedPaths } from "./SeedPaths.ts"

const finished = (directory: string): boolean => typeof readMarker(directory) === "object"

const discard = (paths: SeedPaths): void => {
  rmSync(paths.discarded, { recursive: true, force: true })
}

/**
 * Makes the staging folder, which must carry its marker, the seed. The old seed becomes `.prev`; one that was never
 * finished is dropped instead, so that it does not displace a usable predecessor.
 */
export const swap = (paths: SeedPaths): void => {
  discard(paths)
  if (existsSync(paths.seed)) {
    if (!finished(paths.seed)) renameSync(paths.seed, paths.discarded)
    else {
      if (existsSync(paths.previous)) renameSync(paths.previous, paths.discarded)
      renameSync(paths.seed, paths.previous)
    }
  }
  renameSync(paths.staging, paths.seed)
  discard(paths)
}

/** After a crash in the middle of a swap: the newest finished folder becomes the seed. */
export const recover = (paths: SeedPaths): void => {
  if (!existsSync(paths.seed)) {
    const newest = [paths.staging, paths.previous, paths.discarded].find(finished)
    if (newest !== undefined) renameSync(newest, paths.seed)
  }
  if (existsSync(paths.discarded) && !existsSync(paths.previous) && finished(paths.discarded)) {
    renameSync(paths.discarded, paths.previous)
  }
  discard(paths)
}
