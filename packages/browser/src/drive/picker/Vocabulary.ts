/** Reads what a picker calls its models: tier, effort, and nothing else, in any of the known languages. */
import type { ModelEffort, ModelSelection } from "@effect-oracle/core/domain/ModelSelection"
import { keysOf } from "../../site/recordOf.ts"
import type { SiteDefinition, Tier } from "../../site/Site.ts"

export interface Named {
  readonly tier: Tier | null
  readonly effort: ModelEffort | null
}

type Picker = SiteDefinition["picker"]

const fold = (text: string): string =>
  text.normalize("NFC").toLowerCase().replaceAll(/\s+/g, " ").trim().replace(/,? click to remove$/, "")

const version = /^(chatgpt|gpt)?[ -]?\d+([.-]\d+)*( sol)?[ -]*/

/** The longest of the words at the start, as a whole word; `高` is not the start of `高い`. */
const startsWith = <K extends string>(
  text: string,
  words: Readonly<Record<K, ReadonlyArray<string>>>
): readonly [K, string] | null => {
  let best: readonly [K, string] | null = null
  let length = 0
  for (const key of keysOf(words)) {
    for (const word of words[key]) {
      const folded = fold(word)
      if (folded.length <= length || !text.startsWith(folded)) continue
      const rest = text.slice(folded.length)
      if (/^\p{L}/u.test(rest)) continue
      best = [key, rest.replace(/^[\s,.:–-]+/, "")]
      length = folded.length
    }
  }
  return best
}

/** `Extended Pro`, `Pro Extended`, `5.6 Pro`, `Extra High 1–3 min`, `Thinking For complex questions`. */
export const named = (picker: Picker, name: string): Named => {
  const text = fold(name).replace(version, "")
  const tier = startsWith(text, picker.tiers)
  if (tier !== null) {
    const effort = startsWith(tier[1], picker.efforts)
    return { tier: tier[0], effort: effort?.[0] ?? null }
  }
  const effort = startsWith(text, picker.efforts)
  if (effort === null) return { tier: null, effort: null }
  return { tier: startsWith(effort[1], picker.tiers)?.[0] ?? null, effort: effort[0] }
}

/** What a test id such as `model-switcher-gpt-5-5-pro` says, where the name says nothing. */
export const namedById = (picker: Picker, testId: string): Named => {
  const suffix = /^model-switcher-(?:gpt-)?[\d-]*([a-z-]+)$/.exec(testId)?.[1] ?? ""
  return suffix === "" || suffix.endsWith("effort")
    ? { tier: null, effort: null }
    : named(picker, suffix.replaceAll("-", " "))
}

export interface Wanted {
  readonly family: "instant" | "thinking" | "pro"
  readonly effort: ModelEffort | null
  /** The tier that stands for this selection where a picker has one list of tiers. */
  readonly compact: Tier
  readonly autoSwitch: boolean
}

const compactOf = (selection: ModelSelection): Tier => {
  if (selection.family === "instant" || selection.family === "pro") return selection.family
  if (selection.effort === "heavy") return "extra_high"
  return selection.effort === "extended" ? "high" : "medium"
}

export const wantedOf = (selection: ModelSelection): Wanted | null =>
  selection.family === null
    ? null
    : {
      family: selection.family,
      effort: selection.effort,
      compact: compactOf(selection),
      autoSwitch: selection.autoSwitch
    }

const titled = (word: string): string => word.replaceAll(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase())

/** The name that the site gives a tier. */
const tierName = (picker: Picker, tier: Tier): string => titled(picker.tiers[tier][0] ?? tier.replaceAll("_", " "))

/** The selection in the page's words, for messages. */
export const describe = (picker: Picker, wanted: Wanted): string => {
  const known = wanted.effort !== null && picker.efforts[wanted.effort].length > 0
  const chosen = `${tierName(picker, wanted.family)}${known ? ` ${wanted.effort}` : ""}`
  const compact = wanted.family === "thinking" && picker.tiers[wanted.compact].length > 0
  return compact ? `${chosen} (or ${tierName(picker, wanted.compact)})` : chosen
}
