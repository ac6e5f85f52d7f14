/** What is needed to look at the host and to end it. */
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import * as Layer from "effect/Layer"

export const layer = Layer.mergeAll(StateLayer.layer, ProcessesNode.layer)
