/** Named behaviours and how several of them, given by name, become one. */
import { type Behaviour, defaults } from "./Behaviour.ts"
import { answers } from "./scenario/answers.ts"
import { pace } from "./scenario/pace.ts"
import { pickers } from "./scenario/pickers.ts"
import { surface } from "./scenario/surface.ts"
import { trouble } from "./scenario/trouble.ts"

export interface Scenario {
  readonly about: string
  readonly behaviour: Partial<Behaviour>
}

export type Scenarios = Readonly<Record<string, Scenario>>

export const scenarios: Scenarios = { ...pace, ...surface, ...pickers, ...trouble, ...answers }

export class UnknownScenario extends Error {
  override readonly name = "UnknownScenario"
}

/** One behaviour out of the base, the named scenarios in order, and last the overrides. */
export const resolve = (
  names: ReadonlyArray<string>,
  overrides: Partial<Behaviour> = {},
  base: Behaviour = defaults
): Behaviour => ({ ...base, ...partsOf(names), ...overrides })

/** What the named scenarios change, and nothing else. */
export const partsOf = (names: ReadonlyArray<string>): Partial<Behaviour> =>
  Object.assign({}, ...names.map((name) => find(name).behaviour))

/** Scenario names that a prompt asks for itself, written as `practice:<name>`. */
export const namedInPrompt = (prompt: string): ReadonlyArray<string> =>
  [...prompt.matchAll(/(?:^|\s)practice:([a-z0-9-]+)/g)].flatMap((match) =>
    match[1] !== undefined && match[1] in scenarios ? [match[1]] : []
  )

const find = (name: string): Scenario => {
  const scenario = scenarios[name]
  if (scenario === undefined) {
    throw new UnknownScenario(`No scenario "${name}". Known: ${Object.keys(scenarios).join(", ")}`)
  }
  return scenario
}
