// @effect-diagnostics nodeBuiltinImport:off
/** Where the seed of a site and account lies, with its staging, its predecessor and its locks beside it. */
import type { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import { join } from "node:path"

export interface SeedPaths {
  /** `<seeds>/<site>` */
  readonly siteDir: string
  /** `<seeds>/<site>/<account>`: marker and profile. */
  readonly seed: string
  readonly previous: string
  /** The one profile that is being prepared. */
  readonly staging: string
  /** The copy of the seed into which rotated cookies are merged. */
  readonly merging: string
  /** A predecessor that is about to be deleted. */
  readonly discarded: string
  /** When a runtime of this seed was last seen signed in. */
  readonly lastSuccess: string
  /** Held shared while the seed is read, exclusively while it is swapped. */
  readonly lock: string
  /** Held by whoever prepares a new seed. */
  readonly stagingLock: string
}

/** An account name has no dot, so no account can be mistaken for one of these. */
export const seedPaths = (seeds: string, site: SiteName, account: AccountName): SeedPaths => {
  const siteDir = join(seeds, site)
  const named = (suffix: string) => join(siteDir, `${account}${suffix}`)
  return {
    siteDir,
    seed: named(""),
    previous: named(".prev"),
    staging: named(".staging"),
    merging: named(".merging"),
    discarded: named(".discarded"),
    lastSuccess: named(".success.json"),
    lock: named(".lock.db"),
    stagingLock: named(".staging-lock.db")
  }
}

/** The browser's user-data folder inside a seed or staging folder. */
export const profileOf = (directory: string): string => join(directory, "profile")
