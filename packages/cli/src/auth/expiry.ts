/** When a login ends, in words. Pure. */
import { duration } from "@effect-oracle/core/text/Format"
import * as DateTime from "effect/DateTime"

/** A login that ends sooner is warned of. */
export const soonMs = 3 * 86_400_000

export const leftMs = (expiresAt: DateTime.Utc, now: DateTime.Utc): number =>
  DateTime.toEpochMillis(expiresAt) - DateTime.toEpochMillis(now)

export const expiryText = (expiresAt: DateTime.Utc | null, now: DateTime.Utc): string => {
  if (expiresAt === null) return "when the site ends it"
  const left = leftMs(expiresAt, now)
  return left <= 0 ? "has ended" : `in ${duration(left)}`
}
