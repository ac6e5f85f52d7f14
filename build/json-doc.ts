/**
 * Writes `docs/user/json.md` and `docs/user/json.schema.json` from the schemas of what `--json` prints:
 * `node --conditions=oracle-source build/json-doc.ts`.
 */
import * as Schema from "effect/Schema"
import { writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { failureOf, type Output, outputs, successOf } from "../packages/cli/src/view/Outputs.ts"
import { markdownTable } from "./markdownTable.ts"

const folder = join(dirname(import.meta.dirname), "docs", "user")
export const jsonDocFile = join(folder, "json.md")
export const jsonSchemaFile = join(folder, "json.schema.json")

interface Node {
  readonly type?: string
  readonly enum?: ReadonlyArray<unknown>
  readonly description?: string
  readonly items?: Node
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: ReadonlyArray<string>
  readonly anyOf?: ReadonlyArray<Node>
  readonly allOf?: ReadonlyArray<Node>
  readonly $ref?: string
}

interface Document {
  readonly roots: Readonly<Record<string, Node>>
  readonly shared: Readonly<Record<string, Node>>
}

const documentOf = (): Document => {
  const roots: Record<string, Node> = {}
  const shared: Record<string, Node> = {}
  for (const output of outputs) {
    const union = Schema.Union([successOf(output), failureOf(output)])
    const { definitions, schema } = Schema.toJsonSchemaDocument(union, { onExcessProperty: "error" })
    roots[output.name] = schema
    Object.assign(shared, definitions)
  }
  return { roots, shared }
}

/** One schema with a definition for each object, e.g. `json.schema.json#/$defs/Answered`. */
export const jsonSchema = (): string => {
  const { roots, shared } = documentOf()
  return `${
    JSON.stringify(
      {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        title: "What the oracle command prints with --json",
        anyOf: Object.keys(roots).map((name) => ({ $ref: `#/$defs/${name}` })),
        $defs: { ...roots, ...shared }
      },
      null,
      2
    )
  }\n`
}

const longest = 16

const typeOf = (node: Node): string => {
  if (node.$ref !== undefined) return linkTo(node.$ref.slice(node.$ref.lastIndexOf("/") + 1))
  if (node.enum !== undefined) {
    const words = node.enum.slice(0, longest).map((value) => `\`${String(value)}\``)
    return `${words.join(", ")}${node.enum.length > longest ? ", …" : ""}`
  }
  if (node.anyOf !== undefined) return node.anyOf.map(typeOf).join(" or ")
  if (node.allOf?.[0] !== undefined && node.type === undefined) return typeOf(node.allOf[0])
  if (node.type === "array") return `list of ${typeOf(node.items ?? {})}`
  if (node.type === "object" && node.properties !== undefined) {
    return `object of ${Object.keys(node.properties).map((name) => `\`${name}\``).join(", ")}`
  }
  return node.type === "null" ? "null" : node.type ?? "any value"
}

const linkTo = (name: string): string => `[${name}](#${name.toLowerCase()})`

const fieldTable = (node: Node): string =>
  markdownTable(
    ["field", "value", "meaning"],
    Object.entries(node.properties ?? {}).map(([name, child]) => [
      `\`${name}\`${node.required?.includes(name) === true ? "" : " (may be absent)"}`,
      typeOf(child),
      child.description ?? ""
    ])
  )

const rootSection = (output: Output, node: Node): string => {
  const commands = output.commands.map((command) => `\`oracle ${command}\``).join(", ")
  const success = node.anyOf?.[0] ?? node
  const kept = output.onFailure.map((name) => `\`${name}\``).join(", ")
  const onFailure = kept === "" ? "" : `\n\nA failure carries ${kept} as well, null or empty.`
  return `## ${output.name}\n\n${commands}${output.when === undefined ? "" : ` ${output.when}`}\n\n${
    fieldTable(success)
  }${onFailure}\n`
}

const sharedSection = (name: string, node: Node): string =>
  `### ${name}\n\n${node.description === undefined ? "" : `${node.description}.\n\n`}${
    node.properties === undefined ? `A ${typeOf(node)}.` : fieldTable(node)
  }\n`

export const jsonDoc = (): string => {
  const { roots, shared } = documentOf()
  const sections = outputs.map((output) => rootSection(output, roots[output.name] ?? {}))
  const parts = Object.entries(shared).toSorted(([a], [b]) => a < b ? -1 : 1).map(([name, node]) =>
    sharedSection(name, node)
  )
  return `# What \`--json\` prints

<!-- Written by build/json-doc.ts from packages/cli/src/view; change the schemas, not this page. -->

Every command takes \`--json\` and then prints exactly one JSON object on standard output, also when it fails. \`error\` is always
there: null, or what went wrong. A command that fails prints \`{"error": {...}}\` with the fields named below; its exit code follows the
class of the error. Three commands differ: \`oracle watch --json\` prints one \`{"job": …}\` a line for each change,
\`oracle config schema\` prints the schema itself, and \`oracle mcp\` speaks its own protocol.

[json.schema.json](json.schema.json) holds the same as JSON Schema, with a definition for each object.

${sections.join("\n")}
## Shared objects

${parts.join("\n")}`
}

if (import.meta.main) {
  writeFileSync(jsonDocFile, jsonDoc())
  writeFileSync(jsonSchemaFile, jsonSchema())
}
