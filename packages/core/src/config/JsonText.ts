/** Strict JSON with positions: a configuration error can name the line and column of the key that is wrong. */
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"

export interface Position {
  /** Both count from 1. */
  readonly line: number
  readonly column: number
}

export type KeyPath = ReadonlyArray<string | number>

export interface JsonDocument {
  readonly value: Schema.Json
  /** Where the key (or array element) of a path stands; the nearest parent for a path that is not there. */
  readonly positionOf: (path: KeyPath) => Position
}

export interface JsonFault extends Position {
  /** What was wrong, e.g. `expected a value`. */
  readonly message: string
}

const maxDepth = 64
const offsetKey = (path: KeyPath) => path.map((step) => `\u0000${step}`).join("")

class Fault extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

const positionAt = (text: string, offset: number): Position => {
  const before = text.slice(0, offset)
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") }
}

const blank = /[ \t\n\r]*/y
// oxlint-disable-next-line no-control-regex -- JSON forbids raw control characters in strings
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const wordToken = /true|false|null/y

class Scanner {
  readonly offsets = new Map<string, number>()
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  document(): Schema.Json {
    if (this.text.startsWith("\uFEFF")) this.at = 1
    this.token(blank)
    this.offsets.set("", this.at)
    const value = this.value([])
    if (this.at < this.text.length) this.fault("expected the end of the file")
    return value
  }

  private value(path: KeyPath): Schema.Json {
    if (path.length > maxDepth) this.fault("too deeply nested")
    const next = this.text[this.at]
    const value = next === "{" ? this.object(path) : next === "[" ? this.array(path) : this.scalar()
    this.token(blank)
    return value
  }

  private object(path: KeyPath): Schema.Json {
    const entries = new Map<string, Schema.Json>()
    this.list("}", () => {
      const start = this.at
      const key = this.string("expected a key in double quotes")
      if (entries.has(key)) this.fault(`the key ${JSON.stringify(key)} stands there twice`, start)
      this.offsets.set(offsetKey([...path, key]), start)
      this.token(blank)
      this.expect(":")
      entries.set(key, this.value([...path, key]))
    })
    return Object.fromEntries(entries)
  }

  private array(path: KeyPath): Schema.Json {
    const items: Array<Schema.Json> = []
    this.list("]", () => {
      const here = [...path, items.length]
      this.offsets.set(offsetKey(here), this.at)
      items.push(this.value(here))
    })
    return items
  }

  /** Everything between an opening bracket and `close`, separated by commas. */
  private list(close: string, item: () => void): void {
    this.at++
    this.token(blank)
    if (this.text[this.at] === close) {
      this.at++
      return
    }
    for (;;) {
      item()
      this.token(blank)
      if (this.text[this.at] === close) break
      if (this.text[this.at] !== ",") this.fault(`expected "," or "${close}"`)
      this.expect(",")
    }
    this.at++
  }

  private scalar(): Schema.Json {
    if (this.text[this.at] === "\"") return this.string("expected a value")
    const word = this.token(wordToken)
    if (word !== "") return word === "true" ? true : word === "false" ? false : null
    const number = this.token(numberToken)
    return number === "" ? this.fault("expected a value") : Number(number)
  }

  private string(expectation: string): string {
    const start = this.at
    const literal = this.token(stringToken)
    if (literal === "") {
      return this.fault(this.text[start] === "\"" ? "the string does not end on its line" : expectation)
    }
    try {
      const decoded: unknown = JSON.parse(literal)
      return String(decoded)
    } catch {
      return this.fault("a bad escape in the string", start)
    }
  }

  private expect(character: string): void {
    if (this.text[this.at] !== character) this.fault(`expected "${character}"`)
    this.at++
    this.token(blank)
  }

  /** The text that the sticky pattern matches here, passed over; empty when it does not match. */
  private token(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ""
    this.at += found.length
    return found
  }

  private fault(message: string, offset: number = this.at): never {
    throw new Fault(offset >= this.text.length ? `${message}, found the end of the file` : message, offset)
  }
}

/** Parses plain JSON (no comments, no trailing commas, no key twice). */
export const parse = (text: string): Result.Result<JsonDocument, JsonFault> => {
  const scanner = new Scanner(text)
  try {
    const value = scanner.document()
    const positionOf = (path: KeyPath): Position => {
      for (let length = path.length; length > 0; length--) {
        const offset = scanner.offsets.get(offsetKey(path.slice(0, length)))
        if (offset !== undefined) return positionAt(text, offset)
      }
      return positionAt(text, scanner.offsets.get("") ?? 0)
    }
    return Result.succeed({ value, positionOf })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return Result.fail({ message: error.message, ...positionAt(text, error.offset) })
  }
}
