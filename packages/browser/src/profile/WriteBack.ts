// @effect-diagnostics nodeBuiltinImport:off
/**
 * Brings the cookies that a site rotated in a runtime back into the seed: into a copy of it, which is swapped in. Sign-ins
 * of other accounts and later generations are left alone.
 */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { mkdirSync, rmSync } from "node:fs"
import { resolveSite } from "../site/Sites.ts"
import { type CookieJar, hasNews, merged } from "./CookieJar.ts"
import * as FileLock from "./FileLock.ts"
import { fsFailure } from "./FsFailure.ts"
import { readJar, writeJar } from "./JarFile.ts"
import * as LastSuccess from "./LastSuccess.ts"
import { cloneProfile } from "./ProfileClone.ts"
import { readCookies, readOrigin } from "./RuntimeCookies.ts"
import { seedBusy } from "./SeedInspection.ts"
import { readMarker, type SeedMarker } from "./SeedMarker.ts"
import { profileOf, type SeedPaths, seedPaths } from "./SeedPaths.ts"
import { commitMerged, recover } from "./SeedSwap.ts"
import { sessionExpiryOf } from "./SessionExpiry.ts"

interface Findings {
  readonly generation: number
  readonly identity: string | null
  readonly jar: CookieJar
}

/** The seed's marker when it is the one that the runtime was cloned from, of the same account, and lacks something. */
const outdated = (paths: SeedPaths, findings: Findings): SeedMarker | undefined => {
  const marker = readMarker(paths.seed)
  if (typeof marker === "string" || marker.generation !== findings.generation) return undefined
  if ((marker.fingerprint ?? null) !== findings.identity) return undefined
  return hasNews(readJar(profileOf(paths.seed)), findings.jar) ? marker : undefined
}

const merge = Effect.fnUntraced(function*(paths: SeedPaths, marker: SeedMarker, jar: CookieJar, config: OracleConfig) {
  const failed = fsFailure(`renew ${paths.seed}`)
  yield* Effect.try({
    try: () => {
      rmSync(paths.merging, { recursive: true, force: true })
      mkdirSync(paths.merging, { mode: 0o700 })
    },
    catch: failed
  })
  yield* cloneProfile(profileOf(paths.seed), profileOf(paths.merging), "full")
  const site = resolveSite(marker.site, config)
  yield* Effect.try({
    try: () => {
      const all = merged(readJar(profileOf(paths.seed)), jar)
      writeJar(profileOf(paths.merging), all)
      const expiry = Result.isSuccess(site) ? { sessionExpiresAt: sessionExpiryOf(site.success, all) } : {}
      commitMerged(paths, { ...marker, ...expiry, revision: marker.revision + 1 })
    },
    catch: failed
  })
})

/** Does nothing unless the runtime was signed in when it was last looked at. Answers whether the seed was renewed. */
export const writeBack = Effect.fn("WriteBack.writeBack")(
  function*(seeds: string, runtimeDir: string, config: OracleConfig): Effect.fn.Return<boolean, OracleError> {
    const [origin, cookies] = yield* Effect.try({
      try: () => [readOrigin(runtimeDir), readCookies(runtimeDir)] as const,
      catch: fsFailure(`read the cookies of ${runtimeDir}`)
    })
    if (origin === undefined || cookies?.signedIn !== true) return false
    const paths = seedPaths(seeds, origin.site, origin.account)
    yield* LastSuccess.record(paths, origin.generation, yield* DateTime.now)
    const findings = { generation: origin.generation, identity: cookies.identity, jar: cookies.jar }
    const look = Effect.try({ try: () => outdated(paths, findings), catch: fsFailure(`read ${paths.seed}`) })
    if ((yield* look) === undefined) return false
    return yield* Effect.scoped(Effect.gen(function*() {
      const key = { site: origin.site, account: origin.account, config }
      yield* FileLock.acquire({ file: paths.lock, mode: "exclusive", waitMs: 5000, busy: () => seedBusy(key) })
      yield* Effect.try({ try: () => recover(paths), catch: fsFailure(`repair ${paths.seed}`) })
      const marker = yield* look
      if (marker === undefined) return false
      yield* merge(paths, marker, cookies.jar, config)
      return true
    }))
  }
)
