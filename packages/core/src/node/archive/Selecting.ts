/** What a selection has gathered so far: each path once, as a candidate or as left out. */
import type { Exclusion } from "../../archive/Archiver.ts"

/** A file to read. */
export interface Candidate {
  /** Root-relative, as it will stand in the archive. */
  readonly path: string
  /** Where the bytes are; differs from `path` for a link. */
  readonly real: string
  /** A person named exactly this file. */
  readonly named: boolean
}

export interface Sink {
  readonly add: (candidate: Candidate) => void
  readonly leaveOut: (path: string, rule: string, directory: boolean) => void
}

export class Selecting implements Sink {
  readonly #candidates = new Map<string, Candidate>()
  readonly #exclusions = new Map<string, Exclusion>()
  /** Candidates found since `restart`, repeated ones too. */
  found = 0
  #leftOut: Array<Exclusion> = []

  readonly add = (candidate: Candidate): void => {
    this.found++
    const known = this.#candidates.get(candidate.path)
    if (known === undefined || candidate.named) this.#candidates.set(candidate.path, candidate)
  }

  readonly leaveOut = (path: string, rule: string, directory: boolean): void => {
    const exclusion = { path, rule, directory }
    this.#leftOut.push(exclusion)
    this.#exclusions.set(path, exclusion)
  }

  /** A candidate that could not be read after all. */
  withdraw(path: string, rule: string): void {
    this.#candidates.delete(path)
    this.#exclusions.set(path, { path, rule, directory: false })
  }

  /** Begins the next input. */
  restart(): void {
    this.found = 0
    this.#leftOut = []
  }

  /** What the current input left out. */
  get leftOut(): ReadonlyArray<Exclusion> {
    return this.#leftOut
  }

  get candidates(): ReadonlyArray<Candidate> {
    return [...this.#candidates.values()].toSorted(byPath)
  }

  /** Without what another input took after all. */
  get exclusions(): ReadonlyArray<Exclusion> {
    return [...this.#exclusions.values()].filter(({ path }) => !this.#candidates.has(path)).toSorted(byPath)
  }
}

/** The one order of an archive: by code units, so that what shares a folder stands together. */
export const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0
