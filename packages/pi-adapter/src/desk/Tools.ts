/** Everything that plans, submits and cancels: browser, profiles, archive. A host process runs the jobs. */
import { AuthBootstrap } from "@effect-oracle/browser/auth/AuthBootstrap"
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import * as PlaywrightBrowser from "@effect-oracle/browser/PlaywrightBrowser"
import * as SeedProfileStore from "@effect-oracle/browser/profile/SeedProfileStore"
import * as ArchiverNode from "@effect-oracle/core/node/archive/ArchiverNode"
import * as OracleHosted from "@effect-oracle/core/OracleHosted"
import * as Layer from "effect/Layer"

export const layer = Layer.merge(OracleHosted.layer, AuthBootstrap.layer).pipe(
  Layer.provideMerge(Layer.mergeAll(ArchiverNode.layer, PlaywrightBrowser.layer, SeedProfileStore.layer)),
  Layer.provide(BrowserLauncher.layer)
)
