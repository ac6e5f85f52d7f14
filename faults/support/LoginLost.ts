/**
 * The session ends after the send and the browser is lost, so that the page asks to sign in; the host dies while the job
 * rests; then a person signs in again.
 */
import { load } from "@effect-oracle/core/config/ConfigSources"
import { HostLauncher } from "@effect-oracle/core/host/HostLauncher"
import * as HostStatus from "@effect-oracle/core/host/HostStatus"
import { Oracle } from "@effect-oracle/core/Oracle"
import { Effect } from "effect"
import { describe, leftovers } from "./Leftovers.ts"
import { problemsOf } from "./Promises.ts"
import { entryOf } from "./TestHost.ts"
import { browsersIn, endAll } from "./Victims.ts"
import { clientAt, type World } from "./World.ts"

const limitMs = 240_000
const lookMs = 200

/** Wants a world of its own, because all its sessions end. */
export const loginLost = Effect.fnUntraced(function*(world: World) {
  const state = world.state()
  world.site.admin.setScenario("logout-after-send", { behaviour: { thinkingMs: 4000, answer: "files" } })
  return yield* Effect.gen(function*() {
    const oracle = yield* Oracle
    const launcher = yield* HostLauncher
    const { config } = yield* load({ projectRoot: null })
    const plan = yield* oracle.plan({
      prompt: "Who am I?",
      files: ["src/**"],
      archiveRequired: true,
      cwd: world.project,
      config,
      requester: { kind: "library" }
    })
    const { id } = yield* oracle.submit(plan)
    while ((yield* oracle.get(id)).phase !== "awaiting_response") yield* Effect.sleep(lookMs)
    endAll(browsersIn(state))
    while ((yield* oracle.get(id)).blocked?.reason !== "login") yield* Effect.sleep(lookMs)
    while (browsersIn(state).length > 0) yield* Effect.sleep(lookMs)
    const { record } = yield* HostStatus.status
    if (record !== null) endAll([record.process])
    world.site.admin.setScenario([])
    yield* Effect.promise(() => world.signIn(state))
    const job = yield* oracle.wait(id)
    yield* launcher.ensure
    yield* HostStatus.stop({ force: false })
    return [...problemsOf(world, job), ...describe(yield* leftovers(state, config))]
  }).pipe(
    Effect.ensuring(Effect.ignore(HostStatus.stop({ force: true }))),
    Effect.provide(clientAt(state, entryOf(world.host.file, { lookMs: 2000 }))),
    Effect.timeout(limitMs),
    Effect.catchCause((cause) => Effect.succeed([`not ended: ${String(cause).slice(0, 300)}`]))
  )
})
