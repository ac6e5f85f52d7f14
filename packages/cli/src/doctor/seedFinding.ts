/** What doctor says of a seed: who is signed in, and whether the login ends soon. Pure. */
import type { SeedStatus } from "@effect-oracle/core/port/SeedProfiles"
import { signInTarget } from "@effect-oracle/core/text/SignIn"
import * as DateTime from "effect/DateTime"
import { expiryText, leftMs, soonMs } from "../auth/expiry.ts"
import { type Finding, ok, warn } from "./Finding.ts"

export const seedFinding = (name: string, seed: SeedStatus, now: DateTime.Utc): Finding => {
  const { createdAt, generation, identity, sessionExpiresAt = null } = seed
  const made = `${identity ?? "signed in"}, generation ${generation}, made ${DateTime.formatIso(createdAt)}`
  if (sessionExpiresAt === null) return ok(name, made)
  const again = `run 'oracle auth ${signInTarget(seed)}'`
  const left = leftMs(sessionExpiresAt, now)
  if (left <= 0) {
    const ended = `${made}\nits session cookie ended ${DateTime.formatIso(sessionExpiresAt)}`
    return { name, level: "fail", message: ended, nextStep: again }
  }
  const ends = `${made}\nthe login ends ${expiryText(sessionExpiresAt, now)}, unless the site renews it`
  return left < soonMs ? warn(name, ends, again) : ok(name, ends)
}
