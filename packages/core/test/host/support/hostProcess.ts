/**
 * A real host process over a real state directory, with an imagined site: what a host entry of a package looks like.
 * Arguments: its version, and after how many milliseconds it kills itself.
 */
import { NodeRuntime, NodeServices } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { defaultConfig } from "../../../src/config/OracleConfig.ts"
import * as Host from "../../../src/host/Host.ts"
import * as HostRuntime from "../../../src/host/HostRuntime.ts"
import { HostSettings } from "../../../src/host/HostSettings.ts"
import * as ProcessesNode from "../../../src/node/ProcessesNode.ts"
import * as StateLayer from "../../../src/node/StateLayer.ts"
import { FakeSeeds } from "../../worker/support/Fakes.ts"
import { FakeSite } from "../../worker/support/FakeSite.ts"

const site = new FakeSite()
site.answerMs = 200
const seeds = new FakeSeeds()

const parts = Layer.mergeAll(
  StateLayer.layer,
  ProcessesNode.layer,
  NodeServices.layer,
  site.layer,
  seeds.layer,
  HostSettings.layerOf({ ...defaultConfig, host: { idleMs: 20_000 } })
)

const [version = "1.0.0", diesAfterMs] = process.argv.slice(2)
if (diesAfterMs !== undefined) setTimeout(() => process.kill(process.pid, "SIGKILL"), Number(diesAfterMs))

NodeRuntime.runMain(
  Host.run({ version, embedded: false }).pipe(Effect.provide(HostRuntime.layer), Effect.provide(parts))
)
