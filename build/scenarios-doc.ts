/** Writes the table of scenarios in `docs/reliability.md`: `node --conditions=oracle-source build/scenarios-doc.ts`. */
import { scenarios } from "@effect-oracle/practice/Scenario"
import { readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Expectation } from "../packages/browser/test/scenarios/Expectation.ts"
import { expectations } from "../packages/browser/test/scenarios/Expectations.ts"
import { markdownTable } from "./markdownTable.ts"

export const scenariosDocFile = join(dirname(import.meta.dirname), "docs", "reliability.md")

const begin = "<!-- Scenarios: written by build/scenarios-doc.ts; change packages/browser/test/scenarios/expected. -->"
const end = "<!-- End of the scenarios. -->"

const aboutOf = (name: string): string => name.split("+").map((one) => scenarios[one]?.about ?? "?").join("; ")

const endOf = ({ blocked, fails }: Expectation): string => {
  if (fails !== undefined) return `\`${fails}\``
  return blocked === undefined ? "complete" : `\`blocked: ${blocked}\`, complete`
}

const table = (): string =>
  markdownTable(
    ["scenario", "what the site does", "end", "sends", "outcome"],
    Object.entries(expectations).map(([name, expected]) => [
      `\`${name}\``,
      aboutOf(name),
      endOf(expected),
      String(expected.sends ?? (expected.fails === undefined ? 1 : 0)),
      expected.outcome
    ])
  )

/** The page with its table as it must be; the section is added where it is missing. */
export const scenariosDoc = (page: string): string => {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  const body = `${begin}\n\n${table()}\n\n${end}`
  if (from !== -1 && to !== -1) return page.slice(0, from) + body + page.slice(to + end.length)
  return `${page.trimEnd()}

## Scenarios of the practice site

Each is a whole job in real Chromium (\`packages/browser/test/scenarios\`, in \`npm test\`): one host, several jobs at once, and
nothing left afterwards. Sends are those that the site accepted.

${body}
`
}

if (import.meta.main) writeFileSync(scenariosDocFile, scenariosDoc(readFileSync(scenariosDocFile, "utf8")))
