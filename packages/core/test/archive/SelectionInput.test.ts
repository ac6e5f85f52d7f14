import { parseInputs } from "@effect-oracle/core/archive/SelectionInput"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

const parse = (...inputs: ReadonlyArray<string>) => parseInputs(inputs, false)
const globOf = (input: string) => parse(input).includes[0]?.glob
const excludes = (pattern: string, path: string) => parse(`!${pattern}`).excludes[0]?.matches(path)

describe("parseInputs", () => {
  it.each<[string, string, string, boolean]>([
    ["src/**", "src", "a/b.ts", true],
    ["src/**", "src", ".hidden/b.ts", true],
    ["src/*.ts", "src", "a/b.ts", false],
    ["./src/**/*.ts", "src", "a/b.ts", true],
    ["*.md", "", "README.md", true],
    ["*.md", "", "docs/README.md", false],
    ["**/*.md", "", "docs/README.md", true],
    ["{src,test}/**/*.ts", "", "test/a.ts", true],
    ["packages/*/src/**", "packages", "core/src/a.ts", true]
  ])("reads %s as a glob below '%s'; it takes %s: %s", (input, base, path, taken) => {
    assert.strictEqual(globOf(input)?.base, base)
    assert.strictEqual(globOf(input)?.matches(path), taken)
  })

  it.each(["src", "a b.ts", " leading.txt", "trailing.txt ", "Größe.md", ""])("reads '%s' as a name", (input) => {
    assert.isNull(globOf(input))
    assert.strictEqual(parse(input).includes[0]?.raw, input)
  })

  it.each<[string, string, boolean]>([
    ["docs", "docs", true],
    ["docs/", "docs", true],
    ["./docs", "docs", true],
    ["docs", "other/docs", false],
    ["*.md", "README.md", true],
    ["*.md", "docs/README.md", true],
    ["docs/*.md", "docs/a.md", true],
    ["docs/*.md", "docs/a/b.md", false],
    ["**/*.test.ts", "src/a.test.ts", true],
    ["src/[id].ts", "src/[id].ts", true]
  ])("!%s excludes %s: %s", (pattern, path, excluded) => {
    assert.strictEqual(excludes(pattern, path), excluded)
  })

  it("takes !( for a glob, not for an exclusion", () => {
    assert.lengthOf(parse("!(draft)/*.md").includes, 1)
  })

  it.prop("puts every input on exactly one side", [Schema.Array(Schema.String)], ([inputs]) => {
    const { excludes, includes } = parseInputs(inputs, false)
    assert.strictEqual(excludes.length + includes.length, inputs.length)
  })
})
