/** The configuration that applies to the walk, as an object that can be written into another global file. */
import type { Walk } from "./Walk.ts"

interface Config {
  readonly browser: Readonly<Record<string, unknown>>
}

export const effectiveConfig = async (walk: Walk): Promise<Config> =>
  (await walk.json<{ readonly config: Config }>(["config", "show"])).config
