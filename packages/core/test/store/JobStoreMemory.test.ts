import { describe } from "@effect/vitest"
import * as JobStoreMemory from "../../src/store/JobStoreMemory.ts"
import { contract } from "./contract.ts"

describe("JobStoreMemory", () => {
  contract(() => JobStoreMemory.layer)
})
