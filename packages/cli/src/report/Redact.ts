/**
 * Takes out of a text what nobody may see who reads a report: secrets, tokens, cookie values, addresses of people,
 * conversations, the home directory, and every text of the jobs themselves. Rather too much than too little. Pure.
 */

export interface Private {
  readonly home: string
  readonly user: string
  /** Prompts, answers and file labels: no line of them may appear. */
  readonly texts: ReadonlyArray<string>
}

const hidden = "[removed]"

/** Shorter lines are words that stand in any log. */
const shortest = 8

export const redact = (text: string, { home, texts, user }: Private): string => {
  const runs = new Set(texts.flatMap(runsOf))
  let result = text.split("\n").map((line) => runsOf(line).some((run) => runs.has(run)) ? hidden : line).join("\n")
  for (const line of linesOf(texts)) result = result.replaceAll(line, hidden)
  if (home.length > 1) result = result.replaceAll(home, "~")
  result = result
    .replaceAll(/-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, hidden)
    .replaceAll(/\b((?:set-)?cookie|authorization|proxy-authorization|x-api-key)\b["']?\s*[:=].*/gi, `$1: ${hidden}`)
    .replaceAll(/\b(bearer|basic)\s+[\w+/=.~-]+/gi, `$1 ${hidden}`)
    .replaceAll(
      /\b([\w.-]*(?:token|secret|password|passwd|session|csrf|auth|api[_-]?key|cookie)[\w.-]*)=[^\s;&"',]+/gi,
      `$1=${hidden}`
    )
    .replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)([^\s/"'<>]*@)?([^\s/"'<>?#]*)[^\s"'<>]*/gi, originOf)
    .replaceAll(/[\w.+*-]+@[\w-]+(?:\.[\w-]+)+/g, hidden)
    .replaceAll(/[\w+/=%.~-]{20,}/g, (word) => isTelling(word) ? word : hidden)
  return user.length > 2 ? result.replaceAll(new RegExp(`(?<![\\w-])${escaped(user)}(?![\\w-])`, "g"), "user") : result
}

/** Of an address only its scheme and its host. */
const originOf = (_: string, scheme: string, __: string | undefined, host: string): string =>
  scheme === "file://" ? `file://${hidden}` : `${scheme}${host}/…`

const uuid = /^(?:oracle-|context-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:\.tar\.(?:zst|gz))?$/
const moment = /^\d{4}-\d\d-\d\dT[\d.]+Z?$/
const name = /^[a-z]+(?:[._/-][a-z]+)*[._/-]?$/i

/** Job ids, times, and words joined by dots, slashes and dashes say something; a long run of letters and digits may be a key. */
const isTelling = (word: string): boolean =>
  uuid.test(word) || moment.test(word)
  || word.split(/[/\\=]/).every((part) => part.length < 20 || uuid.test(part) || name.test(part))

/** Words in a row that give a text away, however it was wrapped, marked up or written. */
const runLength = 4

const runsOf = (text: string): ReadonlyArray<string> => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.flatMap((_, at) => at + runLength <= words.length ? [words.slice(at, at + runLength).join(" ")] : [])
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")

const linesOf = (texts: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set(texts.flatMap((text) => text.split("\n").map((line) => line.trim())))]
    .filter((line) => line.length >= shortest)
    .toSorted((a, b) => b.length - a.length)
