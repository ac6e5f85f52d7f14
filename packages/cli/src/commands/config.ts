/** `oracle config`: the effective configuration with the origin of each value, and its JSON Schema. */
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import { loadConfig } from "../input/Here.ts"
import { Json } from "../input/Json.ts"
import { Screen } from "../render/Screen.ts"
import { table } from "../render/Table.ts"

const show = Command.make("show").pipe(
  Command.withDescription(
    "Show the configuration that applies here: each key with its value and where that comes from"
  ),
  Command.withExamples([
    { command: "oracle config show", description: "Values that apply in this directory" },
    { command: "oracle config show --json", description: "The same for programs: {config, origins, files}" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.config.show")(function*() {
      const screen = yield* Screen
      const { config, files, origins } = yield* loadConfig()
      if (yield* Json) return yield* screen.json({ config, origins, files })
      const rows = Object.entries(origins).map(([key, origin]) => ({ key, origin, value: valueAt(config, key) }))
      yield* screen.print(
        table([
          { title: "KEY", cell: (row) => row.key },
          { title: "VALUE", cell: (row) => row.value },
          { title: "FROM", cell: (row) => sanitiseLine(row.origin) }
        ], rows).join("\n")
      )
      const { globalConfigFile } = yield* StateDirs
      if (files.length > 0) yield* screen.note(`read: ${files.map(sanitiseLine).join(", ")}`)
      if (!files.includes(globalConfigFile)) yield* screen.note(`there is no global file ${globalConfigFile} yet`)
    })
  )
)

const schema = Command.make("schema").pipe(
  Command.withDescription("Print the JSON Schema of the configuration files"),
  Command.withExamples([
    { command: "oracle config schema > oracle.schema.json", description: "Save it for an editor" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.config.schema")(function*() {
      const screen = yield* Screen
      const { configJsonSchema } = yield* Effect.promise(() => import("@effect-oracle/core/config/ConfigJsonSchema"))
      yield* screen.print(toJson(configJsonSchema()))
    })
  )
)

export const config = Command.make("config").pipe(
  Command.withDescription("Show the configuration and its schema"),
  Command.withSubcommands([show, schema])
)

const toJson = (value: unknown): string => JSON.stringify(value, null, 2)

const valueAt = (config: unknown, key: string): string => {
  let value = config
  for (const part of key.split(".")) value = Predicate.hasProperty(value, part) ? value[part] : undefined
  return sanitiseLine(JSON.stringify(value) ?? "")
}
