/** One class of defect that users of comparable tools have met, and why they cannot meet it here. */

export interface NamedTest {
  /** Path below `packages/`. */
  readonly file: string
  /** The title as it is written in the file. */
  readonly title: string
}

export interface Entry {
  readonly id: string
  /** What went wrong elsewhere, in few words. */
  readonly defect: string
  readonly tests: ReadonlyArray<NamedTest>
  /** Scenarios of the practice site, each run as a whole job. */
  readonly scenarios: ReadonlyArray<string>
  /** Why it cannot occur, where no test is needed or one needs a word. */
  readonly reason: string | null
  /** The package that is to cover it and does not yet. */
  readonly planned: string | null
}

type Cover = Omit<Entry, "id" | "defect">

const nothing: Cover = { tests: [], scenarios: [], reason: null, planned: null }

/** `test("core/page/TurnProgress", "title")` names `packages/core/test/page/TurnProgress.test.ts`. */
export const test = (file: string, ...titles: ReadonlyArray<string>): Cover => {
  const [folder = "", ...rest] = file.split("/")
  return {
    ...nothing,
    tests: titles.map((title) => ({ file: `${folder}/test/${rest.join("/")}.test.ts`, title }))
  }
}

export const scenario = (...names: ReadonlyArray<string>): Cover => ({ ...nothing, scenarios: names })

export const because = (reason: string): Cover => ({ ...nothing, reason })

export const planned = (name: string): Cover => ({ ...nothing, planned: name })

export const entry = (id: string, defect: string, ...covers: ReadonlyArray<Cover>): Entry => ({
  id,
  defect,
  tests: covers.flatMap(({ tests }) => tests),
  scenarios: covers.flatMap(({ scenarios }) => scenarios),
  reason: covers.map(({ reason }) => reason).find((reason) => reason !== null) ?? null,
  planned: covers.map(({ planned }) => planned).find((name) => name !== null) ?? null
})
