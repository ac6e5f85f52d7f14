/** Warnings of clean-ups on a record: each once, one line each, and never more than a screen of them. */

const kept = 20
const longest = 300

const lineOf = (warning: string): string => (warning.trim().split("\n")[0] ?? "").slice(0, longest)

/** The earliest ones stay, so that a trouble which repeats itself changes nothing. Pure. */
export const merge = (known: ReadonlyArray<string>, more: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set([...known, ...more.map(lineOf)])].slice(0, kept)
