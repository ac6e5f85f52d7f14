/** A seed as `--json` prints it. */
import type { SeedStatus } from "@effect-oracle/core/port/SeedProfiles"
import * as DateTime from "effect/DateTime"

export const seedView = ({ createdAt, sessionExpiresAt, ...seed }: SeedStatus) => ({
  ...seed,
  createdAt: DateTime.formatIso(createdAt),
  sessionExpiresAt: sessionExpiresAt == null ? null : DateTime.formatIso(sessionExpiresAt)
})
