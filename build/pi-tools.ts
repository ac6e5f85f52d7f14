/** Writes the JSON Schemas of the pi tools from the schemas in `packages/pi-adapter/src/tools/Parameters.ts`. */
import { writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { jsonSchemas } from "../packages/pi-adapter/src/tools/Parameters.ts"

export const piToolsFile = join(dirname(import.meta.dirname), "packages/pi-adapter/src/tools/parameters.json")

export const piTools = (): string => `${JSON.stringify(jsonSchemas(), null, 2)}\n`

if (import.meta.main) writeFileSync(piToolsFile, piTools())
