/** The one table that drives the scenario tests and the list in `docs/reliability.md`. */
import type { Expectations } from "./Expectation.ts"
import { answers } from "./expected/answers.ts"
import { pace } from "./expected/pace.ts"
import { pickers } from "./expected/pickers.ts"
import { surface } from "./expected/surface.ts"
import { trouble } from "./expected/trouble.ts"

export const expectations: Expectations = { ...pace, ...surface, ...pickers, ...trouble, ...answers }
