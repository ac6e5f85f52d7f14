// @effect-diagnostics nodeBuiltinImport:off
/** Decides for one path of a project whether a walk leaves it out, and by which rule. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { builtInRule, credentialRule } from "../../archive/BuiltInRules.ts"
import { chainKeeping, IgnoreFile, verdictOf } from "../../archive/IgnoreRules.ts"
import type { Exclude } from "../../archive/SelectionInput.ts"
import { gitignore, ignoreCase, type Ignores, ignoresAbove, ignoresIn, oracleignore } from "./IgnoreFiles.ts"

/** `rule` is set when the path is left out; `reincluded` when an ignore file keeps what another would leave out. */
export interface Decision {
  readonly rule?: string
  readonly reincluded?: boolean
}

export interface ProjectRulesOptions {
  /** Real path of the project. */
  readonly root: string
  /** Exclusions of the request, and how a root-relative path reads from where the request was made. */
  readonly excludes: ReadonlyArray<Exclude>
  readonly fromCwd: (path: string) => string
  /** Patterns of the configuration. */
  readonly configured: ReadonlyArray<string>
}

export class ProjectRules {
  readonly #options: ProjectRulesOptions
  readonly #above: Ignores

  constructor(options: ProjectRulesOptions) {
    this.#options = options
    const configured = new IgnoreFile({ label: "archive.exclude", base: "", lines: options.configured }, ignoreCase)
    const above = ignoresAbove(options.root)
    this.#above = { git: above.git, oracle: options.configured.length === 0 ? [] : [configured] }
  }

  /** What a walk does with the path, whose parent it has entered with `ignores`. */
  decide(path: string, directory: boolean, ignores: Ignores): Decision {
    const excluded = this.excludedBy(path)
    if (excluded !== undefined) return { rule: excluded }
    const builtIn = builtInRule(path, directory)
    if (builtIn?.credential === true) return { rule: builtIn.rule }
    const own = verdictOf(ignores.oracle, path, directory)
    if (own !== undefined) return own.ignored ? { rule: own.rule } : { reincluded: true }
    if (builtIn !== undefined) return { rule: builtIn.rule }
    const git = verdictOf(ignores.git, path, directory)
    if (git === undefined) return {}
    return git.ignored ? { rule: git.rule } : { reincluded: true }
  }

  /** The request's own exclusion that names the path. */
  excludedBy(path: string): string | undefined {
    const seen = this.#options.fromCwd(path)
    const hit = this.#options.excludes.find(({ matches }) => matches(seen))
    return hit === undefined ? undefined : `excluded by !${hit.raw}`
  }

  /** Like `excludedBy`, for the path or any folder that holds it. */
  excludedWith(path: string): string | undefined {
    return firstOf(path, (part) => this.excludedBy(part))
  }

  /** The ignore files inside `folder`, entered from outside with `outer`. */
  enter(folder: string, outer: Ignores, has: { readonly gitignore: boolean; readonly oracleignore: boolean }): Ignores {
    return ignoresIn(outer, this.#options.root, folder, has)
  }

  /** What holds just outside `folder` when a person named it: no rule that leaves out the folder itself applies. */
  outside(folder: string): Ignores {
    let ignores = this.#above
    for (const { inside, part } of steps(folder)) {
      ignores = reincluding(this.enter(inside, ignores, this.#present(inside)), part)
    }
    return ignores
  }

  /** The rule by which a walk from the root would not reach the file. */
  unreachable(path: string): string | undefined {
    const credential = credentialRule(path)
    if (credential !== undefined) return credential
    let ignores = this.#above
    for (const { inside, part } of steps(path)) {
      ignores = this.enter(inside, ignores, this.#present(inside))
      const directory = part !== path
      const { reincluded, rule } = this.decide(part, directory, ignores)
      if (rule !== undefined) return rule
      if (reincluded === true && directory) ignores = reincluding(ignores, part)
    }
    return undefined
  }

  #present(folder: string) {
    const at = join(this.#options.root, folder)
    return { gitignore: existsSync(join(at, gitignore)), oracleignore: existsSync(join(at, oracleignore)) }
  }
}

/** What holds inside a folder that is walked although a rule would leave it out. */
export const reincluding = (ignores: Ignores, folder: string): Ignores => ({
  oracle: chainKeeping(ignores.oracle, folder),
  git: chainKeeping(ignores.git, folder)
})

/** For `a/b`: `a` inside "", then `a/b` inside `a`. Nothing for the root. */
const steps = (path: string): ReadonlyArray<{ readonly inside: string; readonly part: string }> => {
  const segments = path === "" ? [] : path.split("/")
  return segments.map((_, depth) => ({
    inside: segments.slice(0, depth).join("/"),
    part: segments.slice(0, depth + 1).join("/")
  }))
}

const firstOf = (path: string, find: (part: string) => string | undefined): string | undefined => {
  for (const { part } of steps(path)) {
    const found = find(part)
    if (found !== undefined) return found
  }
  return undefined
}
