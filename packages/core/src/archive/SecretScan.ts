/**
 * Finds secrets in text: the recommended rules of secretlint, and a few of our own. Texts are scanned in overlapping
 * chunks of bounded size, so that time stays linear whatever the text. A comment in a file cannot silence a rule.
 */
import { mask } from "./Mask.ts"
import { exampleValues, ownRules, worthScanning } from "./SecretRules.ts"

/** A finding before it is known whether a person allowed the file. */
export interface Finding {
  readonly line: number
  readonly rule: string
  readonly masked: string
}

export const chunkChars = 262_144
/** Longer than the longest secret that a rule can match. */
export const overlapChars = 16_384
/** A file with this many findings is reported with the first ones. */
export const findingsAtMost = 100

interface Located {
  readonly start: number
  readonly end: number
  readonly rule: string
}

/** Takes a text in parts, in order, and keeps what it found. */
export class SecretScanner {
  readonly #name: string
  #buffer = ""
  #line = 1
  #first = true
  readonly #findings: Array<Finding> = []

  constructor(name: string) {
    this.#name = name
  }

  async push(text: string): Promise<void> {
    this.#buffer = this.#buffer === "" ? text : this.#buffer + text
    while (this.#buffer.length > chunkChars) await this.#scan(false)
  }

  async end(): Promise<ReadonlyArray<Finding>> {
    await this.#scan(true)
    return this.#findings
  }

  /** Scans one chunk. A match belongs to the chunk in which it starts before the overlap, so each is reported once. */
  async #scan(last: boolean): Promise<void> {
    const chunk = last ? this.#buffer : this.#buffer.slice(0, chunkChars)
    const next = last ? chunk.length : chunkChars - overlapChars
    if (this.#findings.length < findingsAtMost) {
      const owned = (await locate(this.#name, chunk)).filter(({ start }) =>
        (this.#first || start > 0) && (last || start <= next)
      )
      this.#report(chunk, owned)
    }
    if (!last) this.#line += newlines(chunk, 0, next)
    this.#buffer = this.#buffer.slice(next)
    this.#first = false
  }

  #report(chunk: string, owned: ReadonlyArray<Located>): void {
    let line = this.#line
    let counted = 0
    for (const { end, rule, start } of owned) {
      if (this.#findings.length >= findingsAtMost) return
      line += newlines(chunk, counted, start)
      counted = start
      this.#findings.push({ line, rule, masked: mask(chunk.slice(start, end)) })
    }
  }
}

/** Findings in one text. */
export const scanText = async (name: string, text: string): Promise<ReadonlyArray<Finding>> => {
  const scanner = new SecretScanner(name)
  await scanner.push(text)
  return scanner.end()
}

/** Sorted by position; where two rules see the same place, the library's finding stays. */
const locate = async (name: string, text: string): Promise<ReadonlyArray<Located>> => {
  if (!worthScanning(text)) return []
  const found = await fromLibrary(name, text)
  for (const own of fromOwnRules(text)) {
    if (!found.some(({ end, start }) => start < own.end && own.start < end)) found.push(own)
  }
  return found.toSorted((a, b) => a.start - b.start || a.end - b.end)
}

const fromLibrary = async (name: string, text: string): Promise<Array<Located>> => {
  const { config, lint } = await library()
  const result = await lint({
    source: {
      content: text,
      filePath: name,
      ext: name.toLowerCase().endsWith(".json") ? ".json" : "",
      contentType: "text"
    },
    options: { config, noPhysicFilePath: true }
  })
  return result.messages.flatMap((message) =>
    message.type === "message"
      ? [{
        start: message.range[0],
        end: message.range[1],
        rule: `${message.ruleId.replace(rulePrefix, "")}/${message.messageId}`
      }]
      : []
  )
}

const rulePrefix = "@secretlint/secretlint-rule-"

/**
 * Loaded with the first text that needs it: the rules are large, and most selections never do. The rules of the preset
 * are taken one by one, because one of them obeys comments and the preset does not let it be switched off.
 */
const library = async () => {
  const [{ lintSource }, { rules }] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/secretlint-rule-preset-recommend")
  ])
  const scanners = rules.filter(({ meta }) => meta.id !== `${rulePrefix}filter-comments`)
  return { lint: lintSource, config: { rules: scanners.map((rule) => ({ id: rule.meta.id, rule })) } }
}

const fromOwnRules = (text: string): ReadonlyArray<Located> => {
  const found: Array<Located> = []
  for (const { id, pattern } of ownRules) {
    for (const match of text.matchAll(pattern)) {
      if (!exampleValues.has(match[0])) found.push({ start: match.index, end: match.index + match[0].length, rule: id })
      if (found.length > findingsAtMost) return found
    }
  }
  return found
}

const newlines = (text: string, from: number, to: number): number => {
  let count = 0
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count++
  return count
}
