/** What looks after the seeds that there are; no browser. */
import { SeedCare } from "@effect-oracle/browser/profile/SeedCare"
import * as SeedProfileStore from "@effect-oracle/browser/profile/SeedProfileStore"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import * as Layer from "effect/Layer"

export const layer = SeedCare.layer.pipe(
  Layer.provide(SeedProfileStore.layer),
  Layer.provideMerge(ProcessesNode.layer),
  Layer.provideMerge(StateDirsNode.layer)
)
