/** `node --conditions=oracle-source faults/storage.ts [--steps 64]`: disk full, read-only, unreadable, out of descriptors. */
import { Effect } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import {
  diskFull,
  noDescriptors,
  readErrors,
  readOnly,
  type StorageReport,
  whyNoMount
} from "../packages/core/test/faults/support/Storage.ts"
import { numberOf } from "./support/Numbers.ts"

const { values } = parseArgs({ options: { steps: { type: "string", default: "64" } } })
const parent = mkdtempSync(join(tmpdir(), "oracle-storage-"))
const noMount = whyNoMount()
let broken = 0

const show = (name: string, report: StorageReport) => {
  console.log(name)
  for (const [operation, counts] of Object.entries(report.outcomes)) {
    console.log(`  ${operation}: ${Object.entries(counts).map(([code, count]) => `${count} ${code}`).join(", ")}`)
  }
  for (const violation of report.violations) console.log(`  VIOLATION ${violation}`)
  broken += report.violations.length
}

try {
  show("out of descriptors", await Effect.runPromise(noDescriptors(parent)))
  if (noMount === null) {
    show("disk full", await Effect.runPromise(diskFull(parent, numberOf("steps", values.steps))))
    show("read-only", await Effect.runPromise(readOnly(parent)))
    show("read errors", await Effect.runPromise(readErrors(parent)))
  } else console.log(`disk full, read-only, read errors: not run: ${noMount}`)
  console.log(`${broken} violations`)
  process.exitCode = broken === 0 ? 0 : 1
} finally {
  rmSync(parent, { recursive: true, force: true })
}
