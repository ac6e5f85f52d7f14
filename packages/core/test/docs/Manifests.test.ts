import { assert, describe, it } from "@effect/vitest"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

const packages = join(import.meta.dirname, "../../..")
const names = readdirSync(packages)

describe("a package", () => {
  for (const name of names) {
    it(`${name} sets no upper bound on Node`, () => {
      const { engines }: { readonly engines: { readonly node: string } } = JSON.parse(
        readFileSync(join(packages, name, "package.json"), "utf8")
      )
      assert.match(engines.node, /^>=\d+(\.\d+)*$/)
    })
  }
})
