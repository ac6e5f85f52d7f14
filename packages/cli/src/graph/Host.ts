/** The job store and what starts a host; no browser, no archive. */
import * as HostLauncherNode from "@effect-oracle/core/node/HostLauncherNode"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import * as Layer from "effect/Layer"
import { hostEntry } from "./PackageFiles.ts"

export const layer = HostLauncherNode.layer(hostEntry()).pipe(
  Layer.provideMerge(Layer.mergeAll(StateLayer.layer, ProcessesNode.layer))
)
