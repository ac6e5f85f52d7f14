/** The words of `--files`: what is a name, what a glob, what an exclusion. Pure; the file system is asked elsewhere. */
// oxlint-disable-next-line typescript/triple-slash-reference -- the package ships no types
/// <reference path="./picomatch.d.ts" />
import picomatch from "picomatch"

/** One input that adds files. A name that exists is a name even when it looks like a glob. */
export interface Include {
  readonly raw: string
  /** The literal start of the glob, relative to the working directory, and the matcher of what follows; null for a plain name. */
  readonly glob: Glob | null
}

export interface Glob {
  readonly base: string
  /** Takes paths relative to `base`. */
  readonly matches: (path: string) => boolean
  /** How many folders below `base` a match can lie. */
  readonly depth: number
}

export interface Exclude {
  readonly raw: string
  /** Takes paths relative to the working directory; true also for the folder that is excluded as a whole. */
  readonly matches: (path: string) => boolean
}

export interface SelectionInputs {
  readonly includes: ReadonlyArray<Include>
  readonly excludes: ReadonlyArray<Exclude>
}

export const parseInputs = (inputs: ReadonlyArray<string>, ignoreCase: boolean): SelectionInputs => ({
  includes: inputs.filter((input) => !isExclusion(input)).map((raw) => ({ raw, glob: globOf(raw, ignoreCase) })),
  excludes: inputs.filter(isExclusion).map((raw) => excludeOf(raw.slice(1), ignoreCase))
})

/** `!(a|b)` is a glob, every other leading `!` excludes. */
const isExclusion = (input: string): boolean => input.startsWith("!") && !input.startsWith("!(")

const globOf = (raw: string, ignoreCase: boolean): Glob | null => {
  if (raw === "") return null
  const scan = picomatch.scan(raw)
  if (!scan.isGlob || scan.glob === "") return null
  return {
    base: scan.base,
    matches: picomatch(scan.glob, { dot: true, nocase: ignoreCase }),
    depth: depthOf(scan.glob)
  }
}

/** Unlimited for `**`, and where a group could hold a slash. */
const depthOf = (
  glob: string
): number => (/\*\*|[{(]/.test(glob) ? Number.POSITIVE_INFINITY : glob.split("/").length - 1)

/** A literal name excludes itself and what is below; a pattern without `/` matches names at any depth. */
const excludeOf = (raw: string, ignoreCase: boolean): Exclude => {
  const name = normalize(raw)
  const glob = picomatch.scan(name).isGlob
    ? picomatch(name, { dot: true, nocase: ignoreCase, basename: !name.includes("/") })
    : () => false
  return { raw, matches: (path) => path === name || glob(path) }
}

const normalize = (raw: string): string => {
  let name = raw
  while (name.startsWith("./")) name = name.slice(2)
  while (name.length > 1 && name.endsWith("/")) name = name.slice(0, -1)
  return name
}
