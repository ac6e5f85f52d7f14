/** What makes and checks signed-in profiles: the browser without store and archive. */
import { AuthBootstrap } from "@effect-oracle/browser/auth/AuthBootstrap"
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import * as PlaywrightBrowser from "@effect-oracle/browser/PlaywrightBrowser"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import * as Layer from "effect/Layer"

export const layer = AuthBootstrap.layer.pipe(
  Layer.provide(PlaywrightBrowser.layer),
  Layer.provide(BrowserLauncher.layer),
  Layer.provideMerge(ProcessesNode.layer),
  Layer.provideMerge(StateDirsNode.layer)
)
