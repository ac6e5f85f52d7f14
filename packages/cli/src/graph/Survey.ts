/** What opens a site to look at it: the browser and the seeds, without store and host. */
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import * as SeedProfileStore from "@effect-oracle/browser/profile/SeedProfileStore"
import { SiteSurvey } from "@effect-oracle/browser/SiteSurvey"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import * as Layer from "effect/Layer"

export const layer = SiteSurvey.layer.pipe(
  Layer.provide(Layer.mergeAll(BrowserLauncher.layer, SeedProfileStore.layer)),
  Layer.provideMerge(ProcessesNode.layer),
  Layer.provideMerge(StateDirsNode.layer)
)
