/** The browser that Oracle would use, for baselines that use it without Oracle. */
import { BrowserLocator, type LocatedBrowser } from "@effect-oracle/browser/locate/BrowserLocator"
import { defaultConfig } from "@effect-oracle/core/config/OracleConfig"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import { Effect, Layer } from "effect"

export const locateBrowser = (): Promise<LocatedBrowser> =>
  BrowserLocator.use((locator) => locator.prepare(defaultConfig)).pipe(
    Effect.provide(BrowserLocator.layer.pipe(Layer.provide(StateDirsNode.layerPaths))),
    Effect.runPromise
  )
