import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { configJsonSchema } from "../../src/config/ConfigJsonSchema.ts"
import { type JsonObject, leaves } from "../../src/config/ConfigTree.ts"
import { envVariables } from "../../src/config/EnvOverrides.ts"
import { defaultConfig, OracleConfig } from "../../src/config/OracleConfig.ts"

interface Node {
  readonly type?: string
  readonly description?: string
  readonly default?: Schema.Json
  readonly additionalProperties?: boolean
  readonly properties?: Record<string, Node>
}

const document: Node & { readonly $schema?: string } = configJsonSchema()

const nodeAt = (path: ReadonlyArray<string>): Node | undefined =>
  path.reduce<Node | undefined>((node, name) => node?.properties?.[name], document)

/** Every key of the schema that is not a section, with its path. */
const keys = (node: Node, path: ReadonlyArray<string> = []): ReadonlyArray<readonly [string, Node]> =>
  node.properties === undefined
    ? [[path.join("."), node]]
    : Object.entries(node.properties).flatMap(([name, child]) => keys(child, [...path, name]))

describe("ConfigJsonSchema", () => {
  it("is a draft 2020-12 document that refuses unknown keys in every section", () => {
    assert.strictEqual(document.$schema, "https://json-schema.org/draft/2020-12/schema")
    for (const section of Object.keys(OracleConfig.fields)) {
      assert.strictEqual(nodeAt([section])?.additionalProperties, false, section)
    }
    assert.strictEqual(document.additionalProperties, false)
  })

  it("describes every key", () => {
    const silent = keys(document).filter(([, node]) => node.description === undefined).map(([key]) => key)
    assert.deepStrictEqual(silent, [])
  })

  it("states the default of every key that has one", () => {
    const tree: JsonObject = Schema.encodeSync(OracleConfig)(defaultConfig)
    for (const { key, path, value } of leaves(tree)) assert.deepStrictEqual(nodeAt(path)?.default, value, key)
  })

  it("knows every key that an environment variable sets", () => {
    for (const { name, path } of envVariables) assert.isDefined(nodeAt(path), name)
  })

  it("carries the patterns that values must match", () => {
    assert.include(JSON.stringify(nodeAt(["sites", "chatgpt", "baseUrl"])), "https?")
    assert.include(JSON.stringify(nodeAt(["browser", "args"])), "remote-debugging-")
  })
})
