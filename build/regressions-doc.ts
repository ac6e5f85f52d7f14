/** Writes `docs/regressions.md` from the table of regressions: `node build/regressions-doc.ts`. */
import { writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { markdownTable } from "./markdownTable.ts"
import { regressions } from "./regressions/all.ts"
import type { Entry } from "./regressions/Entry.ts"

export const regressionsDocFile = join(dirname(import.meta.dirname), "docs", "regressions.md")

const evidence = (entry: Entry): string =>
  [
    ...(entry.reason === null ? [] : [entry.reason]),
    ...(entry.scenarios.length === 0 ? [] : [`scenarios ${entry.scenarios.map((name) => `\`${name}\``).join(", ")}`]),
    ...entry.tests.map(({ file, title }) => `\`${file.replace("/test/", "/").replace(".test.ts", "")}\`: ${title}`),
    ...(entry.planned === null ? [] : [`planned in \`${entry.planned}\``])
  ].join("; ")

/** How an entry stands: `planned` until the package that is to cover it does. */
export const stateOf = (entry: Entry): "planned" | "tested" | "cannot occur" => {
  if (entry.planned !== null) return "planned"
  return entry.tests.length + entry.scenarios.length > 0 ? "tested" : "cannot occur"
}

const count = (state: ReturnType<typeof stateOf>): number =>
  regressions.filter((entry) => stateOf(entry) === state).length

export const regressionsDoc = (): string =>
  `# Regressions of others

<!-- Written by build/regressions-doc.ts from build/regressions/; change the tables there, not this page. -->

Classes of defects that two comparable tools have shipped: pi-oracle (P, and PD for those that were found by running it) and
@steipete/oracle (S, SD). Each has the tests that keep it out of Oracle, or the reason why it cannot occur. A scenario is
one of the practice site, run as a whole job (\`packages/browser/test/scenarios\`). A test checks that no entry is missing and
that every test and scenario is there.

${regressions.length} entries: ${count("tested")} tested, ${count("cannot occur")} that cannot occur, ${
    count("planned")
  } planned in a package that does not cover them yet.

${
    markdownTable(
      ["id", "defect", "state", "kept out by"],
      regressions.map((entry) => [entry.id, entry.defect, stateOf(entry), evidence(entry)])
    )
  }
`

if (import.meta.main) writeFileSync(regressionsDocFile, regressionsDoc())
