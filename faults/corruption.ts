/** `node --conditions=oracle-source faults/corruption.ts [--bytes N] [--sectors N] [--flips N] [--seed N] [--only KIND]` */
import { Effect } from "effect"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import {
  brokenSectors,
  type Case,
  flippedBits,
  flippedHeader,
  survive,
  tornMirrors
} from "../packages/core/test/faults/support/Corruption.ts"
import { makeTemplate } from "../packages/core/test/faults/support/Template.ts"
import { numberOf } from "./support/Numbers.ts"

const { values } = parseArgs({
  options: {
    /** Every how many bytes a mirror is cut, and every how many sectors a database is damaged. */
    bytes: { type: "string", default: "1" },
    sectors: { type: "string", default: "1" },
    flips: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" }
  }
})
const shown = 20
const memory = "/dev/shm"
const directory = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), "oracle-corruption-"))

const work = Effect.gen(function*() {
  const quiet = yield* makeTemplate(directory, false)
  const killed = yield* makeTemplate(directory, true)
  const kinds: ReadonlyArray<readonly [string, typeof quiet, () => Iterable<Case>]> = [
    ["torn mirrors", quiet, () => tornMirrors(quiet, numberOf("bytes", values.bytes))],
    ["database sectors", quiet, () => brokenSectors(quiet, "oracle.db", numberOf("sectors", values.sectors))],
    [
      "database sectors beside a log",
      killed,
      () => brokenSectors(killed, "oracle.db", numberOf("sectors", values.sectors))
    ],
    ["log sectors", killed, () => brokenSectors(killed, "oracle.db-wal", numberOf("sectors", values.sectors))],
    ["header bits", quiet, () => flippedHeader(quiet, numberOf("sectors", values.sectors))],
    ["header bits beside a log", killed, () => flippedHeader(killed, numberOf("sectors", values.sectors))],
    [
      "bit flips",
      quiet,
      () => flippedBits(quiet, Math.ceil(numberOf("flips", values.flips) / 2), numberOf("seed", values.seed, 0))
    ],
    [
      "bit flips beside a log",
      killed,
      () => flippedBits(killed, Math.floor(numberOf("flips", values.flips) / 2), numberOf("seed", values.seed, 0) + 1)
    ]
  ]
  let broken = 0
  for (const [kind, template, cases] of kinds) {
    if (!kind.includes(values.only)) continue
    const began = performance.now()
    const report = yield* survive(directory, template, cases())
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    console.log(
      `${kind.padEnd(30)} ${report.cases} cases in ${seconds} s: ${report.same} jobs as they were, ` +
        `${report.counted} counted as sent, ${report.quarantined} named as damaged, ${report.violations.length} violations`
    )
    for (const violation of report.violations.slice(0, shown)) console.log(`  ${violation}`)
    broken += report.violations.length
  }
  return broken
})

try {
  process.exitCode = (await Effect.runPromise(work)) === 0 ? 0 : 1
} finally {
  rmSync(directory, { recursive: true, force: true })
}
