/** What is wrong with one key of a configuration source, in words that name the key, what was expected and what is there. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import * as SchemaIssue from "effect/SchemaIssue"
import type { KeyPath } from "./JsonText.ts"
import { OracleConfig } from "./OracleConfig.ts"
import { suggest } from "./Suggest.ts"

export interface Problem {
  readonly path: KeyPath
  readonly message: string
}

export const keyText = (path: KeyPath): string =>
  path.reduce<string>(
    (text, step) => typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`,
    ""
  )

const decode = Schema.decodeUnknownResult(OracleConfig, { errors: "all", onExcessProperty: "error" })
const standard = SchemaIssue.makeFormatterStandardSchemaV1()

/** Every key of one source that the schema does not accept; empty when all is well. */
export const problemsOf = (value: Schema.Json): ReadonlyArray<Problem> => {
  const result = decode(value)
  if (Result.isSuccess(result)) return []
  return standard(result.failure.issue).issues.map((issue) => {
    const path = (issue.path ?? []).map((step) => {
      const key = typeof step === "object" ? step.key : step
      return typeof key === "number" ? key : String(key)
    })
    return { path, message: messageOf(path, issue.message, value) }
  })
}

const messageOf = (path: KeyPath, message: string, value: Schema.Json): string => {
  if (message === "Expected no excess property") return unknownKey(path)
  const expectation = message.replace(/^Expected /, "")
  return `${path.length === 0 ? "the file" : keyText(path)}: expected ${expectation}, found ${
    found(valueAt(value, path))
  }`
}

const unknownKey = (path: KeyPath): string => {
  const known = keysAt(OracleConfig.ast, path.slice(0, -1))
  const near = suggest(String(path.at(-1)), known)
  const hint = near === null ? `known here: ${known.join(", ")}` : `did you mean "${near}"?`
  return `unknown key "${keyText(path)}"; ${hint}`
}

const keysAt = (ast: SchemaAST.AST, path: KeyPath): ReadonlyArray<string> => {
  let node: SchemaAST.AST | undefined = ast
  for (const step of path) {
    node = node?._tag === "Objects" ? node.propertySignatures.find(({ name }) => name === step)?.type : undefined
  }
  return node?._tag === "Objects" ? node.propertySignatures.map(({ name }) => String(name)) : []
}

const valueAt = (value: Schema.Json | undefined, path: KeyPath): Schema.Json | undefined => {
  let node = value
  for (const step of path) {
    if (typeof node !== "object" || node === null) return undefined
    node = Object.entries(node).find(([name]) => name === String(step))?.[1]
  }
  return node
}

/** The kind of a value, with short values themselves. */
const found = (value: Schema.Json | undefined): string => {
  if (value === undefined) return "nothing"
  if (value === null) return "null"
  if (Array.isArray(value)) return "an array"
  if (typeof value === "object") return "an object"
  const shown = typeof value === "string"
    ? JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
    : String(value)
  return `the ${typeof value} ${shown}`
}
