/** The demo: practice site, sign-in, job, proof, and the look for anything that was left behind. */
import { BrowserLocator } from "@effect-oracle/browser/locate/BrowserLocator"
import { load } from "@effect-oracle/core/config/ConfigSources"
import { exitOf } from "@effect-oracle/core/error/ErrorTable"
import * as HostStatus from "@effect-oracle/core/host/HostStatus"
import { Oracle } from "@effect-oracle/core/Oracle"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { count, duration } from "@effect-oracle/core/text/Format"
import * as Clock from "effect/Clock"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { serve, writeState } from "../commands/practice.ts"
import * as AuthGraph from "../graph/Auth.ts"
import * as FullGraph from "../graph/Full.ts"
import { project } from "../input/Here.ts"
import { Reported } from "../render/Failure.ts"
import { answerView, jobView } from "../render/JobView.ts"
import { showPlaces } from "../render/Outcome.ts"
import { Screen } from "../render/Screen.ts"
import { showAnswer } from "../render/ShowAnswer.ts"
import { demoJob } from "./DemoJob.ts"
import { type DemoPlace, demoPlace, isGone } from "./DemoPlace.ts"
import { findLeftovers, isClean } from "./Leftovers.ts"
import { type Proof, proofOf } from "./Proof.ts"

export interface DemoOptions {
  readonly prompt: string
  readonly headed: boolean
  readonly json: boolean
}

/** A demo in a world of its own: nothing of the person's own state, configuration or accounts is read. */
export const runDemo = Effect.fn("runDemo")(function*(options: DemoOptions) {
  const screen = yield* Screen
  const startedAt = yield* Clock.currentTimeMillis
  const { left, place, report } = yield* Effect.scoped(inItsPlace(options))
  const clean = isClean(left) && isGone(place.state)
  const took = duration((yield* Clock.currentTimeMillis) - startedAt)
  if (options.json) {
    yield* screen.json({ ...report, left: { ...left, state: !isGone(place.state) }, clean, error: null })
  } else {
    yield* screen.note(
      clean
        ? `${screen.style("green", "clean:")}  no process, profile or lease is left; the demo's own state was removed`
        : `${screen.style("red", "left behind:")} ${listed({ ...left })}, see ${place.state}`
    )
    yield* screen.note(`That took ${took}. With your own account: 'oracle auth --help', then 'oracle ask --help'.`)
  }
  if (!clean || !report.proof.proved) return yield* new Reported({ exit: exitOf.other })
})

const inItsPlace = Effect.fnUntraced(function*(options: DemoOptions) {
  const screen = yield* Screen
  const place = yield* demoPlace
  const site = yield* serve(0, ["natural"])
  const stateFile = `${place.state}/practice-state.json`
  yield* writeState(stateFile, yield* Effect.promise(() => site.storageState()))
  place.configure({ defaults: { site: "practice" }, sites: { practice: { baseUrl: site.url } } })
  yield* screen.note(`practice site: ${site.url}, on this machine only`)
  const graph = Layer.mergeAll(
    FullGraph.layer,
    AuthGraph.layer,
    BrowserLocator.layer.pipe(Layer.provide(AuthGraph.layer))
  )
  return yield* inItsGraph(options, place, stateFile, site).pipe(
    Effect.provide(graph, { local: true }),
    Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv()))
  )
})

type Site = Effect.Success<ReturnType<typeof serve>>

const inItsGraph = Effect.fnUntraced(
  function*(options: DemoOptions, place: DemoPlace, stateFile: string, site: Site) {
    const screen = yield* Screen
    const oracle = yield* Oracle
    const dirs = yield* StateDirs
    const config = yield* configOf(options.headed)
    const profiles = new Set<string>()
    const job = yield* demoJob({
      prompt: options.prompt,
      config,
      stateFile,
      onChange: ({ runtime }) => runtime !== null && profiles.add(runtime.profileDir)
    })
    const answer = yield* oracle.read(job.id)
    const proof = yield* proofOf(job, site.admin)
    if (!options.json) {
      yield* showAnswer(answer.markdown)
      yield* showPlaces(answer)
      yield* screen.note(proofLine(proof))
    }
    yield* HostStatus.stop({ force: false })
    const left = yield* findLeftovers(config, profiles)
    return { place, left, report: { job: jobView(job), answer: answerView(answer, dirs.job(job.id).artifacts), proof } }
  },
  (effect) => Effect.ensuring(effect, Effect.ignore(HostStatus.stop({ force: true })))
)

/** The demo's configuration; without a window where none can be shown. */
const configOf = Effect.fnUntraced(function*(headed: boolean) {
  const screen = yield* Screen
  const locator = yield* BrowserLocator
  const projectRoot = yield* project
  const loaded = (runMode: "headed" | "headless") => load({ projectRoot, overrides: { browser: { runMode } } })
  if (!headed) return (yield* loaded("headless")).config
  const { config } = yield* loaded("headed")
  return yield* locator.find(config).pipe(
    Effect.as(config),
    Effect.catch((error) =>
      screen.note(
        `no window can be shown: ${error.message}\n  next: ${error.nextStep}\n  the demo goes on without a window`
      ).pipe(
        Effect.andThen(Effect.map(loaded("headless"), ({ config }) => config))
      )
    )
  )
})

const proofLine = ({ archive: { packed, received }, proved }: Proof): string =>
  proved
    ? `proved:  the site got ${count(packed.entries)} files in one archive with sha256 ${
      packed.sha256.slice(0, 16)
    }…, as the manifest says, and the prompt once`
    : `NOT proved: packed ${listed(packed)}; the site got ${received.map(listed).join(" and ") || "nothing"}`

const listed = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts).map(([name, value]) => `${name} ${String(value)}`).join(", ")
