/** A host in this process: the core's host over the real browser, files and database, until it ends by itself. */
import * as Host from "@effect-oracle/core/host/Host"
import * as HostRuntime from "@effect-oracle/core/host/HostRuntime"
import { HostSettings } from "@effect-oracle/core/host/HostSettings"
import * as NotifierNode from "@effect-oracle/core/node/NotifierNode"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import * as Notify from "@effect-oracle/core/wakeup/Notify"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BrowserLauncher } from "./launch/Launch.ts"
import { loadDriver } from "./launch/StartBrowser.ts"
import * as PlaywrightBrowser from "./PlaywrightBrowser.ts"
import * as SeedProfileStore from "./profile/SeedProfileStore.ts"
import * as Telemetry from "./Telemetry.ts"

const platform = Layer.mergeAll(NodeFileSystem.layer, NodePath.layer)

const layer = HostRuntime.layer.pipe(
  Layer.provideMerge(Layer.mergeAll(PlaywrightBrowser.layer, SeedProfileStore.layer, HostSettings.layer)),
  Layer.provideMerge(BrowserLauncher.layer),
  Layer.provideMerge(Layer.mergeAll(StateLayer.layer, ProcessesNode.layer)),
  Layer.provideMerge(platform)
)

const settings = HostSettings.layer.pipe(Layer.provide(Layer.mergeAll(StateDirsNode.layerPaths, platform)))

/** Loads what every job needs while the host looks at its state; a job that comes at once does not wait for it twice. */
const preload = Layer.effectDiscard(
  Effect.forkScoped(
    Effect.all([
      Effect.ignore(loadDriver),
      Effect.ignore(Effect.tryPromise(() => import("./drive/markdown/Markdown.ts")))
    ])
  )
)

const notices = Notify.layer.pipe(Layer.provide(NotifierNode.layer), Layer.provide(layer))

export interface RunOptions {
  /** Never ends for idleness: a service manager keeps it. */
  readonly stay?: boolean
}

/** Says how the host ended; interruption stops the workers within bounds and leaves their jobs resumable. */
export const run = (version: string, { stay = false }: RunOptions = {}) =>
  Host.run({ version, embedded: false, stay }).pipe(
    Effect.provide(
      Layer.mergeAll(layer, preload, notices).pipe(
        Layer.provideMerge(Layer.provide(Telemetry.layer(version), settings))
      )
    )
  )
