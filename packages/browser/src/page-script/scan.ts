/**
 * One synchronous reading of the page. While it lasts the document cannot change, so that what lies outside the turns
 * is listed once and searched as often as needed: a thread of 2,000 turns is not searched at all.
 */

interface Scan {
  readonly outside: () => ReadonlyArray<Element>
  readonly found: Map<string, Array<Element>>
  readonly known: Map<unknown, unknown>
}

let scan: Scan | null = null

const listOutside = (turns: ReadonlySet<Node>): ReadonlyArray<Element> => {
  const filter = (node: Node) => turns.has(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT, filter)
  const listed: Array<Element> = [document.documentElement]
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Element) listed.push(node)
  }
  return listed
}

/** Runs `read` as one reading; one inside another is part of it. */
export const inOneScan = <A>(turns: () => ReadonlyArray<Element>, read: () => A): A => {
  if (scan !== null) return read()
  let listed: ReadonlyArray<Element> | null = null
  scan = {
    outside: () => {
      listed ??= listOutside(new Set(turns()))
      return listed
    },
    found: new Map(),
    known: new Map()
  }
  try {
    return read()
  } finally {
    scan = null
  }
}

/** Elements outside the turns that match, in order; null where no reading is under way. */
export const outsideTurns = (selector: string): Array<Element> | null => {
  if (scan === null) return null
  let found = scan.found.get(selector)
  if (found === undefined) {
    found = scan.outside().filter((element) => element.matches(selector))
    scan.found.set(selector, found)
  }
  return found
}

/** What was found out before in this reading, or `find` now. */
export const oncePerScan = <A>(key: unknown, find: () => A): A => {
  if (scan === null) return find()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each key stands for one function
  if (scan.known.has(key)) return scan.known.get(key) as A
  const found = find()
  scan.known.set(key, found)
  return found
}
