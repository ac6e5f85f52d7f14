// @effect-diagnostics nodeBuiltinImport:off
/** What people do with the seeds that they have: look at all of them, go back to the one before, take one elsewhere. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { type SeedKey, SeedProfiles, type SeedStatus } from "@effect-oracle/core/port/SeedProfiles"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { signInTarget } from "@effect-oracle/core/text/SignIn"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { existsSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Surroundings } from "../locate/Surroundings.ts"
import { type JarCookie, living } from "./CookieJar.ts"
import * as FileLock from "./FileLock.ts"
import { errnoOf, fsFailure } from "./FsFailure.ts"
import { readJar } from "./JarFile.ts"
import * as LastSuccess from "./LastSuccess.ts"
import { inspectSeed, seedBusy } from "./SeedInspection.ts"
import { readMarker } from "./SeedMarker.ts"
import { profileOf, type SeedPaths, seedPaths } from "./SeedPaths.ts"
import { exchange, recover } from "./SeedSwap.ts"

export interface SeedReport {
  readonly site: SiteName
  readonly account: AccountName
  readonly seed: Result.Result<SeedStatus, OracleError>
  /** When a job was last seen signed in with it. */
  readonly lastSuccess: DateTime.Utc | null
  /** Whether there is one to go back to. */
  readonly hasPrevious: boolean
}

export class SeedCare extends Context.Service<SeedCare, {
  /** Every seed that there is, by site and account, usable or not. */
  readonly list: (config: OracleConfig) => Effect.Effect<ReadonlyArray<SeedReport>, OracleError>
  /** Puts the previous sign-in back in use and keeps the present one as the previous; fails as `no_previous_seed`. */
  readonly rollback: (key: SeedKey) => Effect.Effect<SeedStatus, OracleError>
  /**
   * Writes the cookies of a seed as a Playwright storage state into a new file (0600), and answers how many; fails as
   * `seed_missing`, or as `usage_error` where the file exists.
   */
  readonly exportState: (key: SeedKey, file: string) => Effect.Effect<number, OracleError>
}>()("@effect-oracle/browser/profile/SeedCare") {
  static readonly layer = Layer.effect(
    SeedCare,
    Effect.gen(function*() {
      const seeds = yield* SeedProfiles
      const dirs = yield* StateDirs
      const machine = yield* Surroundings
      const pathsOf = ({ account, config, site }: SeedKey) => seedPaths(dirs.seeds(config), site, account)

      const report = Effect.fnUntraced(function*(key: SeedKey) {
        const paths = pathsOf(key)
        const seed = yield* Effect.result(seeds.check(key))
        const generation = seed._tag === "Success" ? seed.success.generation : 0
        const lastSuccess = LastSuccess.read(paths, generation)
        return { site: key.site, account: key.account, seed, lastSuccess, hasPrevious: isFinished(paths.previous) }
      })

      const list = Effect.fn("SeedCare.list")(function*(config: OracleConfig) {
        const root = dirs.seeds(config)
        const keys = yield* Effect.try({ try: () => keysIn(root), catch: fsFailure(`list ${root}`) })
        return yield* Effect.forEach(keys, (key) => report({ ...key, config }))
      })

      const rollback = Effect.fn("SeedCare.rollback")(function*(key: SeedKey) {
        const paths = pathsOf(key)
        const none = oracleError("no_previous_seed", `${paths.previous} holds no earlier sign-in`, {
          step: `run 'oracle auth ${signInTarget(key)}' to sign in`
        })
        if (!isFinished(paths.previous)) return yield* none
        yield* FileLock.acquire({ file: paths.lock, mode: "exclusive", waitMs: 20_000, busy: () => seedBusy(key) })
        yield* Effect.try({ try: () => recover(paths), catch: fsFailure(`repair ${paths.seed}`) })
        if (!isFinished(paths.previous)) return yield* none
        yield* Effect.try({ try: () => exchange(paths), catch: fsFailure(`replace ${paths.seed}`) })
        return yield* inspectSeed(key, paths, machine)
      }, Effect.scoped)

      const exportState = Effect.fn("SeedCare.exportState")(function*(key: SeedKey, file: string) {
        const paths = pathsOf(key)
        yield* seeds.check(key)
        const now = yield* Clock.currentTimeMillis
        return yield* Effect.scoped(Effect.gen(function*() {
          yield* FileLock.acquire({ file: paths.lock, mode: "shared", waitMs: 20_000, busy: () => seedBusy(key) })
          return yield* Effect.try({ try: () => save(paths, file, now / 1000), catch: notWritten(file) })
        }))
      })

      return SeedCare.of({ list, rollback, exportState })
    })
  )
}

const isFinished = (directory: string): boolean => typeof readMarker(directory) === "object"

const isAccount = Schema.is(AccountName)

const keysIn = (root: string): ReadonlyArray<Pick<SeedKey, "site" | "account">> =>
  SiteName.literals.flatMap((site) => {
    const folder = join(root, site)
    if (!existsSync(folder)) return []
    return readdirSync(folder).filter(isAccount).toSorted().map((account) => ({ site, account }))
  })

const plain = ({ domain, expires, httpOnly, name, path, sameSite = "Lax", secure, value }: JarCookie) => ({
  name,
  value,
  domain,
  path,
  expires,
  httpOnly,
  secure,
  sameSite
})

const save = (paths: SeedPaths, file: string, nowSeconds: number): number => {
  const cookies = living(readJar(profileOf(paths.seed)), nowSeconds).map(plain)
  writeFileSync(file, `${JSON.stringify({ cookies, origins: [] }, null, 2)}\n`, {
    mode: 0o600,
    flag: "wx",
    flush: true
  })
  return cookies.length
}

const notWritten = (file: string) => (cause: unknown): OracleError =>
  errnoOf(cause) === "EEXIST"
    ? oracleError("usage_error", `${file} exists already`, { step: "name a file that does not exist yet" })
    : fsFailure(`write ${file}`)(cause)
