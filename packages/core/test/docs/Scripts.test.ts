import { assert, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { join } from "node:path"

const root = join(import.meta.dirname, "../../../..")

const mistakes: ReadonlyArray<ReadonlyArray<string>> = [
  ["faults/main.ts", "nosuch"],
  ["bench/main.ts", "--only", "nosuch"],
  ["faults/soak.ts", "--minutes", "soon"],
  ["faults/leaks.ts", "--jobs", "0"],
  ["faults/simulation.ts", "--seeds", "many"]
]

describe("a script for proofs", () => {
  for (const args of mistakes) {
    it(`refuses ${args.join(" ")} at once`, () => {
      const { status, stderr } = spawnSync(process.execPath, ["--conditions=oracle-source", ...args], {
        cwd: root,
        encoding: "utf8",
        timeout: 15_000
      })
      assert.strictEqual(status, 2, stderr)
      assert.include(stderr, args.at(-1) ?? "")
    })
  }
})
