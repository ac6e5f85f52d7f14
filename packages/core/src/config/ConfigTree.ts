/** Plain JSON objects as trees: leaves with their paths, and merging. */
import type * as Schema from "effect/Schema"

export type JsonObject = { readonly [key: string]: Schema.Json }

export const isObject = (value: Schema.Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export interface Leaf {
  readonly path: ReadonlyArray<string>
  /** Dotted form of the path, as people write it. */
  readonly key: string
  readonly value: Schema.Json
}

/** Everything that is not an object; `sites.<name>.overrides` counts as one leaf. */
export const leaves = (tree: JsonObject, path: ReadonlyArray<string> = []): ReadonlyArray<Leaf> =>
  Object.entries(tree).flatMap(([name, value]) => {
    const here = [...path, name]
    const whole = path[0] === "sites" && name === "overrides"
    return isObject(value) && !whole ? leaves(value, here) : [{ path: here, key: here.join("."), value }]
  })

export const valueAt = (tree: JsonObject, path: ReadonlyArray<string>): Schema.Json | undefined => {
  let node: Schema.Json | undefined = tree
  for (const name of path) node = isObject(node) ? node[name] : undefined
  return node
}

/** `over` wins; objects merge, everything else is replaced. */
export const merge = (under: JsonObject, over: JsonObject): JsonObject => {
  const result = new Map(Object.entries(under))
  for (const [name, value] of Object.entries(over)) {
    const below = result.get(name)
    result.set(name, isObject(below) && isObject(value) ? merge(below, value) : value)
  }
  return Object.fromEntries(result)
}

/** The tree that holds only `value`, at `path`. */
export const single = (path: ReadonlyArray<string>, value: Schema.Json): JsonObject => {
  const [first = "", ...rest] = path
  return { [first]: rest.length === 0 ? value : single(rest, value) }
}
