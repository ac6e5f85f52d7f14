/** The model choice in one form, and how the words of each picker translate into it. */
import type { Effort, Family, ModelSelection, Tier } from "../../wire.ts"

export const families: ReadonlyArray<Family> = ["Instant", "Thinking", "Pro"]

export const tiers: ReadonlyArray<Tier> = ["Instant", "Medium", "High", "Extra High", "Pro"]

export const effortsOf = (family: Family): ReadonlyArray<Effort> =>
  family === "Thinking"
    ? ["light", "standard", "extended", "heavy"]
    : family === "Pro"
    ? ["standard", "extended"]
    : []

/** The family as the person left it, or at its standard effort. */
export const withFamily = (base: ModelSelection, family: Family): ModelSelection =>
  withEffort(base, family, family === "Instant" ? "none" : base.family === family ? base.effort : "standard")

export const withEffort = (base: ModelSelection, family: Family, effort: Effort): ModelSelection => ({
  version: base.version,
  family,
  effort,
  tier: tierOf(family, effort),
  autoSwitch: false
})

export const withTier = (base: ModelSelection, tier: Tier): ModelSelection => {
  switch (tier) {
    case "Instant":
      return withFamily(base, "Instant")
    case "Pro":
      return withFamily(base, "Pro")
    case "Medium":
      return withEffort(base, "Thinking", "standard")
    case "High":
      return withEffort(base, "Thinking", "extended")
    case "Extra High":
      return withEffort(base, "Thinking", "heavy")
  }
}

/** The name of the model on the wire. */
export const slugOf = ({ autoSwitch, family, version }: ModelSelection, latest: string): string => {
  const number = (version === "latest" ? latest : version).toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
  return autoSwitch ? `gpt-${number}` : `gpt-${number}-${family.toLowerCase()}`
}

const tierOf = (family: Family, effort: Effort): Tier =>
  family !== "Thinking" ? family : effort === "heavy" ? "Extra High" : effort === "extended" ? "High" : "Medium"
