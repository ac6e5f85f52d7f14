/** Writes the key tables of `docs/user/config.md` from the schema: `node --conditions=oracle-source build/config-doc.ts`. */
import { configJsonSchema } from "@effect-oracle/core/config/ConfigJsonSchema"
import { envVariables } from "@effect-oracle/core/config/EnvOverrides"
import { readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { markdownTable } from "./markdownTable.ts"

export const configDocFile = join(dirname(import.meta.dirname), "docs", "user", "config.md")

interface Node {
  readonly type?: string
  readonly enum?: ReadonlyArray<string>
  readonly description?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Node
  readonly properties?: Readonly<Record<string, Node>>
}

const kind = (node: Node): string => {
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(", ")
  if (node.type === "array") return `list of ${node.items?.type ?? "values"}s`
  if (node.minimum === undefined) return node.type ?? "any"
  const top = node.maximum === Number.MAX_SAFE_INTEGER || node.maximum === undefined ? "up" : String(node.maximum)
  return top === "up" ? `${node.type}, from ${node.minimum}` : `${node.type}, ${node.minimum} to ${top}`
}

const keys = (node: Node, path: ReadonlyArray<string>): ReadonlyArray<readonly [string, Node]> =>
  node.properties === undefined
    ? [[path.join("."), node]]
    : Object.entries(node.properties).flatMap(([name, child]) => keys(child, [...path, name]))

const section = (name: string, node: Node): string => {
  const rows = keys(node, [name]).map(([key, leaf]) => [
    `\`${key}\``,
    kind(leaf),
    leaf.default === undefined ? "" : `\`${JSON.stringify(leaf.default)}\``,
    leaf.description ?? ""
  ])
  return `### ${name}\n\n${markdownTable(["key", "value", "default", "meaning"], rows)}\n`
}

const generated = (): string => {
  const document: Node = configJsonSchema()
  const variables = markdownTable(
    ["variable", "key"],
    envVariables.map(({ name, path }) => [`\`${name}\``, `\`${path.join(".")}\``])
  )
  const sections = Object.entries(document.properties ?? {}).map(([name, node]) => section(name, node))
  return `## Environment\n\n${variables}\n\n## Keys\n\n${sections.join("\n")}`
}

const begin = "<!-- Below: written by build/config-doc.ts from the schema; change the schema, not this text. -->\n"

/** The page with its generated part made anew; the part above is written by hand. */
export const configDoc = (page: string): string =>
  `${page.slice(0, page.indexOf(begin) + begin.length)}\n${generated()}`

if (import.meta.main) writeFileSync(configDocFile, configDoc(readFileSync(configDocFile, "utf8")))
