/** Recognises a file in what the page shows of it: cut in the middle, numbered, or without its extension. */

const fold = (text: string): string => text.normalize("NFC").replaceAll(/\s+/g, " ").trim().toLowerCase()

/** The name and what is left when extensions are taken off one by one. */
const stems = (name: string): ReadonlyArray<string> => {
  const found = [name]
  let rest = name
  for (let dot = rest.lastIndexOf("."); dot > 0; dot = rest.lastIndexOf(".")) {
    rest = rest.slice(0, dot)
    found.push(rest)
  }
  return found
}

const cutMatch = (name: string, shown: string): boolean => {
  for (const match of shown.matchAll(/([^\s…]*)(?:…|\.\.\.)([^\s…]*)/g)) {
    const [, start = "", end = ""] = match
    if (start.length + end.length >= 4 && name.startsWith(start) && name.endsWith(end)) return true
  }
  const cut = /^(.*?)(?:…|\.\.\.)(.*)$/.exec(shown)
  if (cut === null) return false
  const [, start = "", end = ""] = cut
  return start.length + end.length >= 4 && name.startsWith(start.trim()) && name.endsWith(end.trim())
}

/** True when the text of an attachment can stand for this file. */
export const showsFile = (fileName: string, text: string): boolean => {
  const name = fold(fileName)
  const shown = fold(text)
  if (shown.includes(name)) return true
  const numbered = shown.replaceAll(/ ?\(\d+\)/g, "")
  if (numbered.includes(name)) return true
  if (cutMatch(name, shown)) return true
  return stems(name).slice(1).some((stem) => stem.length >= 3 && (shown.includes(stem) || numbered.includes(stem)))
}
