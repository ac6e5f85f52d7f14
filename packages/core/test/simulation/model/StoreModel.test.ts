import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, Effect, Layer } from "effect"
import type { JobPhase } from "../../../src/domain/JobPhase.ts"
import { statusOf } from "../../../src/domain/JobPhase.ts"
import { JobStore } from "../../../src/store/JobStore.ts"
import * as JobStoreMemory from "../../../src/store/JobStoreMemory.ts"
import { freshState } from "../../store/stateDir.ts"
import { Command, limits } from "./Command.ts"
import { answer, contents } from "./Driver.ts"
import { Model } from "./Model.ts"

const longest = 80
const commands = Arbitrary.array(Arbitrary.schema(Command), { maxLength: longest })
/** So that short sequences get somewhere too. */
const first: ReadonlyArray<Command> = [0, 1, 2].map((n) => ({ _tag: "Insert", n, conversation: n === 0 ? 0 : 1 }))

const contentsOf = (model: Model) => ({
  epoch: model.epoch,
  jobs: [...model.jobs.values()].map(({ attempt, intended, n, phase, send }) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the model names phases as the store does
    `${n + 1} ${phase} ${statusOf(phase as JobPhase)} ${attempt} ${send} ${intended}`
  ).toSorted(),
  leases: model.leases.map(({ epoch, key, kind, n }) => `${kind} ${key} ${n + 1} ${epoch}`).toSorted()
})

const agrees = (layer: () => Layer.Layer<JobStore, unknown>, mends: boolean, runs: number) =>
  it.effect.prop(
    "answers and keeps what the model says, for any commands",
    [commands],
    ([commands]) =>
      Effect.gen(function*() {
        const model = new Model(mends)
        yield* (yield* JobStore).advanceEpoch
        for (const command of [...first, ...commands]) {
          const told = yield* answer(command, model.epoch)
          assert.strictEqual(told, model.apply(command), JSON.stringify(command))
          const kept = yield* contents
          assert.deepStrictEqual(kept, contentsOf(model), JSON.stringify(command))
          const running = kept.leases.filter((lease) => lease.startsWith("runtime")).length
          assert.isAtMost(running, limits.capacity)
        }
      }).pipe(Effect.provide(layer(), { local: true })),
    { arbitrary: { runs, size: longest }, timeout: 60_000 }
  )

describe("the memory store", () => {
  agrees(() => Layer.fresh(JobStoreMemory.layer), false, 500)
})

describe("the SQL store", () => {
  agrees(() => Layer.fresh(freshState), true, 20)
})
