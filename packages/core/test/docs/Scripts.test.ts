import { assert, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { lines } from "../../../../live/lines.ts"

const root = join(import.meta.dirname, "../../../..")

const mistakes: ReadonlyArray<ReadonlyArray<string>> = [
  ["faults/main.ts", "nosuch"],
  ["bench/main.ts", "--only", "nosuch"],
  ["faults/soak.ts", "--minutes", "soon"],
  ["faults/leaks.ts", "--jobs", "0"],
  ["faults/simulation.ts", "--seeds", "many"],
  ["live/main.ts", "--site", "nosuch"],
  ["live/main.ts", "--site", "practice", "--yes", "--only", "nosuch"]
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

describe("the live validation", () => {
  const live = (env: Readonly<Record<string, string>>, ...args: ReadonlyArray<string>) =>
    spawnSync(process.execPath, ["--conditions=oracle-source", "live/main.ts", ...args], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 15_000
    })

  it("runs on no account without being asked for it, never without a yes, and never in CI", () => {
    const runs = [live({ CI: "" }), live({ CI: "" }, "--site", "chatgpt"), live({ CI: "1" }, "--site", "grok", "--yes")]
    assert.deepStrictEqual(runs.map(({ status, stdout }) => [status, stdout]), [[2, ""], [2, ""], [2, ""]])
    assert.match(runs[0]?.stderr ?? "", /--site/)
    assert.match(runs[1]?.stderr ?? "", /with your own account.*nobody can be asked/s)
    assert.match(runs[2]?.stderr ?? "", /never used in CI/)
  })

  it("is described line by line", () => {
    const page = readFileSync(join(root, "docs/live-validation.md"), "utf8")
    const named = [...page.matchAll(/^\| ([a-z][^|]*?) +\|/gm)].map(([, name]) => name).filter((name) =>
      name !== "line"
    )
    assert.deepStrictEqual(named, lines.map(({ name }) => name))
  })
})
