/** What a terminal in raw mode sends for a key. Pure. */
/* oxlint-disable eslint/no-control-regex */

export type Key =
  | "up"
  | "down"
  | "pageUp"
  | "pageDown"
  | "top"
  | "bottom"
  | "read"
  | "open"
  | "cancel"
  | "yes"
  | "back"
  | "quit"
  | "interrupt"
  | "other"

const sequences: Readonly<Record<string, Key>> = {
  "\u001b[A": "up",
  "\u001bOA": "up",
  "\u001b[B": "down",
  "\u001bOB": "down",
  "\u001b[5~": "pageUp",
  "\u001b[6~": "pageDown",
  "\u001b[H": "top",
  "\u001b[1~": "top",
  "\u001b[F": "bottom",
  "\u001b[4~": "bottom",
  "\u001b": "back",
  "\u0003": "interrupt",
  "\r": "read",
  "\n": "read",
  " ": "pageDown",
  k: "up",
  j: "down",
  b: "pageUp",
  g: "top",
  G: "bottom",
  r: "read",
  o: "open",
  c: "cancel",
  y: "yes",
  q: "quit"
}

const one = /\u001b(?:\[[0-9;]*[~A-Za-z]|O[A-Z])|[\s\S]/gu

/** The keys in one chunk of input; several may come at once. */
export const keysOf = (chunk: string): ReadonlyArray<Key> =>
  (chunk.match(one) ?? []).map((text) => sequences[text] ?? "other")
