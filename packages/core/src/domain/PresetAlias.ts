/** The preset that a person means by words of their own: `Pro - Extended`, `extended_pro`, `Thinking: heavy effort`. */
import { type Preset, presets } from "./ModelSelection.ts"

const fillers = new Set([
  "model",
  "preset",
  "mode",
  "effort",
  "chatgpt",
  "gpt",
  "with",
  "to",
  "enabled",
  "on",
  "default"
])

const keyOf = (words: ReadonlyArray<string>): string => [...new Set(words)].toSorted().join(" ")

const known = new Map(presets.map((preset) => [keyOf(preset.split("_")), preset]))

/** `Auto-switch to Thinking` names the switch of Instant, not the family. */
const folded = (text: string): string =>
  text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ").replaceAll(/\bautoswitch\b/g, "auto switch")
    .replaceAll(/\bauto switch( (to )?thinking)?\b/g, "auto switch").trim()

/** Null for words that mean no preset, or more than one, such as a bare `Pro`. */
export const presetOf = (text: string): Preset | null => {
  const words = folded(text).split(" ").filter((word) => word !== "" && !fillers.has(word))
  return known.get(keyOf(words)) ?? null
}
