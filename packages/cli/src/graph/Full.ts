/** The full graph of a client: everything that plans, submits and follows jobs; a host process runs them. */
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import * as PlaywrightBrowser from "@effect-oracle/browser/PlaywrightBrowser"
import * as SeedProfileStore from "@effect-oracle/browser/profile/SeedProfileStore"
import * as ArchiverNode from "@effect-oracle/core/node/archive/ArchiverNode"
import * as HostLauncherNode from "@effect-oracle/core/node/HostLauncherNode"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import * as OracleHosted from "@effect-oracle/core/OracleHosted"
import * as Layer from "effect/Layer"
import { hostEntry } from "./PackageFiles.ts"

export const layer = OracleHosted.layer.pipe(
  Layer.provideMerge(Layer.mergeAll(
    ArchiverNode.layer,
    PlaywrightBrowser.layer,
    SeedProfileStore.layer,
    HostLauncherNode.layer(hostEntry())
  )),
  Layer.provide(BrowserLauncher.layer),
  Layer.provideMerge(Layer.mergeAll(StateLayer.layer, ProcessesNode.layer))
)
