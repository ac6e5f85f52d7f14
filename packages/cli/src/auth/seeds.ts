/** What looks after the seeds that there are, with everything that it takes; loaded only when it is needed. */
import { SeedCare } from "@effect-oracle/browser/profile/SeedCare"
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { SeedKey } from "@effect-oracle/core/port/SeedProfiles"
import * as Effect from "effect/Effect"
import { layer } from "../graph/Seeds.ts"

export const list = (config: OracleConfig) => Effect.provide(SeedCare.use((care) => care.list(config)), layer)

export const rollback = (key: SeedKey) => Effect.provide(SeedCare.use((care) => care.rollback(key)), layer)

export const exportState = (key: SeedKey, file: string) =>
  Effect.provide(SeedCare.use((care) => care.exportState(key, file)), layer)
