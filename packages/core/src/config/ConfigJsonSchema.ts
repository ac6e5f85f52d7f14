/** The configuration as a JSON Schema (draft 2020-12), for editors and for `oracle config schema`. */
import * as Schema from "effect/Schema"
import { OracleConfig } from "./OracleConfig.ts"

/** A complete document with descriptions and defaults; a valid file is valid against it. */
export const configJsonSchema = (): Record<string, unknown> => {
  const document = Schema.toJsonSchemaDocument(OracleConfig, { onExcessProperty: "error" })
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of Oracle",
    ...document.schema,
    ...(Object.keys(document.definitions).length === 0 ? {} : { $defs: document.definitions })
  }
}
