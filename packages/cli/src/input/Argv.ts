/** What must be known of the arguments before they are parsed. */
import { presetOf } from "@effect-oracle/core/domain/PresetAlias"

const promptFlags = new Set(["-p", "--prompt"])
const looksLikeFlag = /^--?[a-zA-Z][a-zA-Z-]*(=.*)?$/

/**
 * Joins a prompt that begins with a dash to its flag, so that the parser does not take `-p "- one\n- two"` for a row of
 * flags. A word that looks like a flag stays one: then the value was forgotten.
 */
export const joinPrompt = (argv: ReadonlyArray<string>): ReadonlyArray<string> => {
  const joined: Array<string> = []
  for (let index = 0; index < argv.length; index++) {
    const [word, value] = [argv[index] ?? "", argv[index + 1]]
    if (word === "--") return [...joined, ...argv.slice(index)]
    if (promptFlags.has(word) && value?.startsWith("-") === true && !looksLikeFlag.test(value)) {
      joined.push(`--prompt=${value}`)
      index += 1
    } else joined.push(word)
  }
  return joined
}

/** True where a switch that every command takes is set, also where the rest of the command line is wrong. */
const isSet = (argv: ReadonlyArray<string>, flag: string): boolean => {
  const end = argv.indexOf("--")
  return (end < 0 ? argv : argv.slice(0, end)).some((word) => word === flag || word === `${flag}=true`)
}

/** True when the caller reads JSON. */
export const wantsJson = (argv: ReadonlyArray<string>): boolean => isSet(argv, "--json")

/** How to print, known before anything else is. */
export const screenOptions = (argv: ReadonlyArray<string>) => ({
  quiet: isSet(argv, "--quiet"),
  noColor: isSet(argv, "--no-color")
})

/** The command that was named, as far as it can be told: the first word that is no flag. */
export const commandOf = (argv: ReadonlyArray<string>): string => argv.find((word) => !word.startsWith("-")) ?? ""

/** Gives a preset its own name where it was written in other words; what is no preset stays as it is. */
export const namePreset = (argv: ReadonlyArray<string>): ReadonlyArray<string> => {
  const end = argv.indexOf("--")
  return argv.map((word, index) => {
    if (end >= 0 && index >= end) return word
    if (argv[index - 1] === "--preset") return presetOf(word) ?? word
    return word.startsWith("--preset=") ? `--preset=${presetOf(word.slice(9)) ?? word.slice(9)}` : word
  })
}

/** `--from-browser` without a name means Chrome. */
export const nameBrowser = (argv: ReadonlyArray<string>): ReadonlyArray<string> => {
  const end = argv.indexOf("--")
  return argv.map((word, index) => {
    if (word !== "--from-browser" || (end >= 0 && index > end)) return word
    const next = argv[index + 1]
    return next === undefined || next.startsWith("-") ? "--from-browser=chrome" : word
  })
}
