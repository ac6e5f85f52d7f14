/** Ignore files as git reads them: the deepest file that says something decides, within a file the last line. */
import ignore from "ignore"

/** The lines of one ignore file. `base` is the folder it stands in, relative to where paths are tested from, "" for the root. */
export interface IgnoreSource {
  /** How the file is shown, e.g. `docs/.gitignore`. */
  readonly label: string
  readonly base: string
  /** For a file above the root: the way from its folder down to the root. */
  readonly below?: string
  readonly lines: ReadonlyArray<string>
}

/** Undefined when the file says nothing about the path. */
export type Verdict = { readonly ignored: true; readonly rule: string } | { readonly ignored: false } | undefined

export class IgnoreFile {
  readonly source: IgnoreSource
  readonly #ignoreCase: boolean
  readonly #matcher: ReturnType<typeof ignore>
  readonly #prefix: string
  readonly #below: string

  constructor(source: IgnoreSource, ignoreCase: boolean) {
    this.source = source
    this.#ignoreCase = ignoreCase
    this.#prefix = source.base === "" ? "" : `${source.base}/`
    this.#below = source.below === undefined || source.below === "" ? "" : `${source.below}/`
    this.#matcher = ignore({ ignorecase: ignoreCase })
    source.lines.forEach((pattern, index) => this.#matcher.add({ pattern, mark: String(index + 1) }))
  }

  test(path: string, directory: boolean): Verdict {
    const result = this.#raw(path, directory)
    if (result === undefined) return undefined
    if (result.unignored) return { ignored: false }
    if (!result.ignored) return undefined
    const line = result.rule?.mark
    return {
      ignored: true,
      rule: line === undefined
        ? this.source.label
        : `${this.source.label}:${line} ${result.rule?.pattern ?? ""}`.trimEnd()
    }
  }

  /**
   * The same file for what is inside the folder `path` ("" for the root), which is walked although the file may ignore
   * it: the folder no longer counts as ignored, and what is inside is tested by itself, as git does.
   */
  keeping(path: string): IgnoreFile {
    if (this.#raw(path, true)?.ignored !== true) return this
    const kept = this.#below + path.slice(this.#prefix.length)
    const folders = kept.split("/").filter((segment) => segment !== "").map(escaped)
    const lines = folders.map((_, depth) => `!/${folders.slice(0, depth + 1).join("/")}/`)
    return new IgnoreFile({ ...this.source, lines: [...this.source.lines, ...lines] }, this.#ignoreCase)
  }

  #raw(path: string, directory: boolean) {
    if (!path.startsWith(this.#prefix)) return undefined
    const rest = path.slice(this.#prefix.length)
    const target = this.#below + rest + (directory && rest !== "" ? "/" : "")
    return target === "" ? undefined : this.#matcher.test(target)
  }
}

/** A name as a pattern that matches only itself. */
const escaped = (name: string): string => name.replaceAll(/[\\*?[\]!# ]/g, String.raw`\$&`)

/** The ignore files that hold in one folder, nearest first. */
export type IgnoreChain = ReadonlyArray<IgnoreFile>

/** What the nearest file with an opinion says. */
export const verdictOf = (chain: IgnoreChain, path: string, directory: boolean): Verdict => {
  for (const file of chain) {
    const verdict = file.test(path, directory)
    if (verdict !== undefined) return verdict
  }
  return undefined
}

/** The chain inside the folder `path` that is walked although a file of the chain ignores it. */
export const chainKeeping = (chain: IgnoreChain, path: string): IgnoreChain => chain.map((file) => file.keeping(path))

/** Lines of an ignore file's text; `ignore` handles comments, blanks and escapes itself. */
export const linesOf = (text: string): ReadonlyArray<string> => text.split(/\r?\n/)
