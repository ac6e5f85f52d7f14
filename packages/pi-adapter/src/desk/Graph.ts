/** What requests stand on. The ground is light and lives with the session; the rest is loaded with the first request. */
// @effect-diagnostics nodeBuiltinImport:off
import * as HostLauncherNode from "@effect-oracle/core/node/HostLauncherNode"
import type { HostEntry } from "@effect-oracle/core/node/HostSpawn"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Schema from "effect/Schema"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const bundled = import.meta.url.endsWith(".js")

/** Folder of this package, with a slash at its end. */
const packageRoot = (): URL => {
  for (let folder = new URL("./", import.meta.url);; folder = new URL("../", folder)) {
    if (existsSync(new URL("package.json", folder)) || folder.pathname === "/") return folder
  }
}

const Manifest = Schema.fromJsonString(Schema.Struct({ version: Schema.String }))

const version = (): string =>
  Schema.decodeSync(Manifest)(readFileSync(new URL("package.json", packageRoot()), "utf8")).version

const hostEntry = (): HostEntry =>
  bundled
    ? { file: fileURLToPath(new URL("dist/host-main.js", packageRoot())), execArgv: [], version: version() }
    : {
      file: fileURLToPath(new URL("../browser/src/host-main.ts", packageRoot())),
      execArgv: ["--conditions=oracle-source"],
      startMs: 20_000,
      version: version()
    }

const ground = Layer.suspend(() => HostLauncherNode.layer(hostEntry())).pipe(
  Layer.provideMerge(Layer.mergeAll(StateLayer.layer, ProcessesNode.layer)),
  Layer.provideMerge(Layer.mergeAll(NodeFileSystem.layer, NodePath.layer)),
  // pi's terminal is not ours to write to.
  Layer.provideMerge(Logger.layer([]))
)

const tools = Layer.unwrap(Effect.map(
  Effect.promise(() => import("./Tools.ts")),
  ({ layer }) => layer
))

/** Both share what they have in common; each is built with its first effect. */
export const make = () => {
  const memoMap = Layer.makeMemoMapUnsafe()
  return {
    ground: ManagedRuntime.make(ground, { memoMap }),
    full: ManagedRuntime.make(tools.pipe(Layer.provideMerge(ground)), { memoMap })
  }
}

export type Runtimes = ReturnType<typeof make>
