// @effect-diagnostics nodeBuiltinImport:off
/** How far a host process that was started has come, by what it leaves behind: each is a receipt that it gets on. */
import * as Effect from "effect/Effect"
import { statSync } from "node:fs"
import { JobStore } from "../store/JobStore.ts"
import { StateDirs } from "../store/StateDirs.ts"
import type { Spawned } from "./HostSpawn.ts"

/** 0: nothing seen. 1: it runs, as its log has grown. 2: a host holds the lock, as only its holder begins a new epoch. */
export type Progress = 0 | 1 | 2

/** The limit of a start holds for each of these: until it runs, until it has the lock, until it says who it is. */
export const steps = 3

/** `epoch` is the one from before the start. What cannot be read counts as nothing seen. */
export const progressOf = Effect.fnUntraced(function*(child: Spawned, epoch: number) {
  const { hostLog } = yield* StateDirs
  const store = yield* JobStore
  const now = yield* Effect.orElseSucceed(store.epoch, () => epoch)
  if (now > epoch) return 2
  const size = yield* Effect.orElseSucceed(
    Effect.try(() => statSync(hostLog, { throwIfNoEntry: false })?.size ?? 0),
    () => 0
  )
  const seen: Progress = size > child.logFrom ? 1 : 0
  return seen
})
