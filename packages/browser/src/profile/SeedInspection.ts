// @effect-diagnostics nodeBuiltinImport:off
/** Looks at a seed on disk and says what it is, or what is wrong with it and what to do about that. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import type { SeedKey, SeedStatus } from "@effect-oracle/core/port/SeedProfiles"
import { signInTarget } from "@effect-oracle/core/text/SignIn"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { join } from "node:path"
import type { Surroundings } from "../locate/Surroundings.ts"
import { fsFailure } from "./FsFailure.ts"
import { folderState, notAFolder } from "./ProfileSafety.ts"
import { readMarker } from "./SeedMarker.ts"
import { profileOf, type SeedPaths } from "./SeedPaths.ts"

/** Chromium keeps its cookies in one of these, depending on platform and version. */
export const cookieFiles = ["Default/Cookies", "Default/Network/Cookies"]

const nameOf = ({ account, site }: SeedKey): string => account === "default" ? site : `${site} (account ${account})`

const refused = (
  code: "seed_missing" | "seed_invalid",
  key: SeedKey,
  detail: string
): Result.Result<never, OracleError> =>
  Result.fail(oracleError(code, detail, { step: `run 'oracle auth ${signInTarget(key)}'` }))

const look = (key: SeedKey, paths: SeedPaths, machine: Surroundings): Result.Result<SeedStatus, OracleError> => {
  const unusable = (why: string) =>
    refused("seed_invalid", key, `the profile for ${nameOf(key)} cannot be used: ${why}`)
  const profile = profileOf(paths.seed)
  for (const path of [paths.siteDir, paths.seed, profile]) {
    const state = folderState(path, machine)
    if (state === "absent" && path === profile) return unusable("its profile folder is missing")
    if (state === "absent") return refused("seed_missing", key, `there is no signed-in profile for ${nameOf(key)}`)
    if (state !== "folder") return Result.fail(notAFolder(path, state))
  }
  const marker = readMarker(paths.seed)
  if (typeof marker === "string") return unusable(`its marker seed.json is ${marker}`)
  if (marker.site !== key.site || marker.account !== key.account) return unusable("it was made for another account")
  if (!cookieFiles.some((name) => machine.isFile(join(profile, name)))) return unusable("it holds no cookies")
  const { account, createdAt, generation, identity, revision, sessionExpiresAt = null, site } = marker
  const directory = paths.seed
  return Result.succeed({ site, account, directory, generation, revision, createdAt, identity, sessionExpiresAt })
}

/** The status of a finished seed; fails as `seed_missing`, `seed_invalid` or `profile_unsafe`. */
export const inspectSeed = (
  key: SeedKey,
  paths: SeedPaths,
  machine: Surroundings
): Effect.Effect<SeedStatus, OracleError> =>
  Effect.try({ try: () => look(key, paths, machine), catch: fsFailure(`read ${paths.seed}`) }).pipe(
    Effect.flatMap(Effect.fromResult)
  )

/** The failure of waiting for a seed that somebody else uses. */
export const seedBusy = (key: SeedKey): OracleError =>
  oracleError("seed_busy", `the profile for ${nameOf(key)} is open in a browser or being replaced`)
