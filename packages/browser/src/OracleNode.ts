/** The ready layers of `Oracle` for programs on Node: jobs run in this process, or in the host that all programs share. */
// @effect-diagnostics nodeBuiltinImport:off
import { HostSettings } from "@effect-oracle/core/host/HostSettings"
import * as ArchiverNode from "@effect-oracle/core/node/archive/ArchiverNode"
import * as HostLauncherNode from "@effect-oracle/core/node/HostLauncherNode"
import type { HostEntry } from "@effect-oracle/core/node/HostSpawn"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import * as OracleHosted from "@effect-oracle/core/OracleHosted"
import * as OracleInProcess from "@effect-oracle/core/OracleInProcess"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { BrowserLauncher } from "./launch/Launch.ts"
import * as PlaywrightBrowser from "./PlaywrightBrowser.ts"
import * as SeedProfileStore from "./profile/SeedProfileStore.ts"

const Manifest = Schema.fromJsonString(Schema.Struct({ version: Schema.String }))

const version = (): string =>
  Schema.decodeSync(Manifest)(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version

const hostEntry = (): HostEntry => {
  const source = import.meta.url.endsWith(".ts")
  return {
    file: fileURLToPath(new URL(source ? "./host-main.ts" : "./host-main.js", import.meta.url)),
    execArgv: source ? ["--conditions=oracle-source"] : [],
    startMs: 20_000,
    version: version()
  }
}

const ground = Layer.mergeAll(StateLayer.layer, ProcessesNode.layer).pipe(
  Layer.provideMerge(Layer.mergeAll(NodeFileSystem.layer, NodePath.layer))
)

const tools = Layer.mergeAll(ArchiverNode.layer, PlaywrightBrowser.layer, SeedProfileStore.layer).pipe(
  Layer.provideMerge(BrowserLauncher.layer)
)

/**
 * A host process runs the jobs: started when it is needed, shared with the `oracle` command, alive when this program is
 * gone. Fails as `state_unsafe`, `state_unwritable` or `store_newer`. Brings the files, paths and state directories that
 * `Question.ask` and `OracleLanguageModel.layer` want.
 */
export const layerHosted = OracleHosted.layer.pipe(
  Layer.provide(Layer.unwrap(Effect.sync(() => HostLauncherNode.layer(hostEntry())))),
  Layer.provideMerge(tools),
  Layer.provideMerge(ground)
)

/**
 * This program runs the jobs for as long as the layer lives; a job that is still open then goes on with the next host.
 * While another process is the host, jobs run there. Fails and brings what {@link layerHosted} does.
 */
export const layerInProcess = Layer.unwrap(Effect.sync(() => OracleInProcess.layer({ version: version() }))).pipe(
  Layer.provideMerge(Layer.merge(tools, HostSettings.layer)),
  Layer.provideMerge(ground)
)
