import { describe } from "@effect/vitest"
import { Layer } from "effect"
import { contract } from "./contract.ts"
import { freshState } from "./stateDir.ts"

describe("JobStoreSql", () => {
  contract(() => Layer.fresh(freshState))
})
