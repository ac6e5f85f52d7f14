/** How far a host process that was started has come, by what it leaves behind. */
import * as Effect from "effect/Effect"
import { JobStore } from "../store/JobStore.ts"

/** The limit of a start holds for each of these: until a host has the lock, until it says who it is. */
export const steps = 2

/**
 * True once a host holds the lock, as only its holder begins a new epoch. `epoch` is the one from before the start; where
 * the store cannot be read, nothing counts as seen.
 */
export const hasLock = Effect.fnUntraced(function*(epoch: number) {
  const store = yield* JobStore
  return (yield* Effect.orElseSucceed(store.epoch, () => epoch)) > epoch
})
