/** The checks of `oracle doctor`, in the order in which one stands on the other. */
import { BrowserLocator, installCommand } from "@effect-oracle/browser/locate/BrowserLocator"
import * as SeedProfileStore from "@effect-oracle/browser/profile/SeedProfileStore"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { defaultConfig, type OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import * as HostRecord from "@effect-oracle/core/host/HostRecord"
import * as JobFilesNode from "@effect-oracle/core/node/JobFilesNode"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import { Processes } from "@effect-oracle/core/port/Processes"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { duration, plural } from "@effect-oracle/core/text/Format"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Path from "effect/Path"
import * as Schema from "effect/Schema"
import { layer as storeLayer } from "../graph/Store.ts"
import { loadConfig, project } from "../input/Here.ts"
import { broken, type Finding, ok, warn } from "./Finding.ts"
import { seedFinding } from "./seedFinding.ts"

const facts = Layer.mergeAll(BrowserLocator.layer, SeedProfileStore.layer).pipe(
  Layer.provideMerge(Layer.mergeAll(ProcessesNode.layer, JobFilesNode.layer))
)

/** Every check, whatever the others found. */
export const examine = Effect.gen(function*() {
  const [configuration, config] = yield* checkConfig
  return [
    ok("node", `${process.version} at ${process.execPath}`),
    ok("project", yield* project),
    configuration,
    yield* checkState,
    yield* checkDatabase,
    yield* checkHost,
    yield* checkBrowser(config),
    ...(yield* checkSeeds(config))
  ]
}).pipe(Effect.provide(facts))

/** An override of a site that fits nothing is found here, before a job finds it. */
const checkOverrides = (config: OracleConfig) =>
  Effect.forEach(SiteName.literals, (site) => Effect.fromResult(resolveSite(site, config)), { discard: true })

const checkConfig = loadConfig().pipe(
  Effect.tap(({ config }) => checkOverrides(config)),
  Effect.map(({ config, files }) =>
    [ok("configuration", files.length === 0 ? "no files; defaults apply" : files.join("\n")), config] as const
  ),
  Effect.catch((error) => Effect.succeed([broken("configuration", error), defaultConfig] as const))
)

const checkState = Effect.gen(function*() {
  const dirs = yield* StateDirs
  const jobs = dirs.jobs.startsWith(dirs.state) ? "" : `\njobs in ${dirs.jobs}`
  return ok("state", `${dirs.state}${jobs}`)
}).pipe(
  Effect.provide(StateDirsNode.layer, { local: true }),
  Effect.catch((error) => Effect.succeed(broken("state", error)))
)

const checkDatabase = Effect.gen(function*() {
  const store = yield* JobStore
  const { quarantined } = yield* store.list({ limit: Infinity })
  const open = yield* store.open
  if (quarantined.length === 0) return ok("database", `readable; ${plural(open.length, "job")} not ended`)
  const list = quarantined.map(({ id, reason }) => `${id}: ${reason}`).join("\n")
  const first = quarantined[0]?.id ?? "<job>"
  return warn(
    "database",
    `${plural(quarantined.length, "record")} cannot be read:\n${list}`,
    `look whether the job's folder still has its answer, then remove it with 'oracle clean ${first}'`
  )
}).pipe(Effect.provide(storeLayer), Effect.catch((error) => Effect.succeed(broken("database", error))))

const checkHost = Effect.gen(function*() {
  const processes = yield* Processes
  const record = yield* HostRecord.read
  if (record === null || !(yield* processes.alive(record.process))) {
    return ok("host", "none runs; one is started when a job needs it")
  }
  const silent = DateTime.toEpochMillis(yield* DateTime.now) - DateTime.toEpochMillis(record.heartbeatAt)
  return silent > HostRecord.silentMs
    ? warn("host", `pid ${record.process.pid} gave no sign for ${duration(silent)}`, "run 'oracle host stop --force'")
    : ok("host", `runs as pid ${record.process.pid}, version ${record.version}`)
}).pipe(Effect.catch((error) => Effect.succeed(broken("host", error))))

const checkBrowser = (config: OracleConfig) =>
  Effect.gen(function*() {
    const locator = yield* BrowserLocator
    const { kind, path, source, warnings } = yield* locator.find(config)
    const found = `${path} (from ${source})`
    if (warnings.length > 0) return warn("browser", [found, ...warnings].join("\n"))
    return kind === "full"
      ? ok("browser", found)
      : ok(
        "browser",
        `${found}\na headless shell: good for jobs; to sign in by hand or to watch, '${
          installCommand(process.platform)
        }'`
      )
  }).pipe(Effect.catch((error) => Effect.succeed(broken("browser", error))))

/** One line for each seed, and one for the default site and account where it has none. */
const checkSeeds = Effect.fnUntraced(function*(config: OracleConfig) {
  const seeds = yield* SeedProfiles
  const now = yield* DateTime.now
  const { account, site } = config.defaults
  const present = yield* seedsOn(config)
  const wanted = present.some((seed) => seed.site === site && seed.account === account)
    ? present
    : [{ account, site }, ...present]
  return yield* Effect.forEach(wanted, (seed) => {
    const name = `seed ${seed.site}${seed.account === "default" ? "" : `/${seed.account}`}`
    return seeds.check({ ...seed, config }).pipe(
      Effect.map((status): Finding => seedFinding(name, status, now)),
      Effect.catch((error) => Effect.succeed(broken(name, error)))
    )
  })
})

const isAccount = Schema.is(AccountName)

const seedsOn = Effect.fnUntraced(function*(config: OracleConfig) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const dirs = yield* StateDirs
  const perSite = yield* Effect.forEach(
    SiteName.literals,
    (site) =>
      files.readDirectory(path.join(dirs.seeds(config), site)).pipe(
        Effect.orElseSucceed((): Array<string> => []),
        Effect.map((names) => names.filter(isAccount).toSorted().map((account) => ({ site, account })))
      )
  )
  return perSite.flat()
})
