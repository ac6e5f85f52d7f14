import { describe } from "@effect/vitest"
import { runSeeds } from "./support/runSeeds.ts"

describe("another simulated machine", () => {
  runSeeds(501, 500)
})
