import { exitOf } from "@effect-oracle/core/error/ErrorTable"
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { subcommands } from "../../src/commands/subcommands.ts"

const root = dirname(dirname(dirname(dirname(import.meta.dirname))))
const page = readFileSync(join(root, "docs/user/cli.md"), "utf8")

describe("docs/user/cli.md", () => {
  it.each(subcommands.map(({ name }) => name))("lists the command %s", (name) => {
    assert.match(page, new RegExp(`^\\| \`${name}[ \`]`, "m"))
  })

  it.each(Object.values(exitOf))("lists the exit code %d", (code) => {
    assert.match(page, new RegExp(`^\\| ${code} +\\|`, "m"))
  })
})
