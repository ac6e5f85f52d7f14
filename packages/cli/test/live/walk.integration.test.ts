/** `npm run live` on the practice site: the lines that show most, as the walk prints them. */
import { start } from "@effect-oracle/practice/PracticeSite"
import { assert, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { readdirSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { Sandbox } from "../support/oracle.ts"

const root = dirname(dirname(dirname(dirname(import.meta.dirname))))

const live = (args: ReadonlyArray<string>, env: Readonly<Record<string, string>>) =>
  new Promise<{ readonly code: number | null; readonly lines: ReadonlyArray<string> }>((resolve, reject) => {
    const child = spawn(process.execPath, ["--conditions=oracle-source", "live/main.ts", ...args], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "ignore"]
    })
    let stdout = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, lines: stdout.trimEnd().split("\n") }))
  })

it(
  "passes where the site does what it should, fails where it does not, and leaves the profile in use alone",
  { timeout: 180_000 },
  async () => {
    const sandbox = new Sandbox()
    const site = await start({})
    const env = {
      ...sandbox.env,
      XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
      TMPDIR: sandbox.root
    }
    try {
      sandbox.config({ sites: { practice: { baseUrl: site.url } }, host: { idleMs: 1000 } })
      const file = join(sandbox.root, "login.json")
      writeFileSync(file, JSON.stringify(site.admin.storageState()), { mode: 0o600 })
      const login = await sandbox.run(["auth", "practice", "--state-file", file, "--json"], { env })
      assert.strictEqual(login.code, 0, login.stderr)
      const asked = ["headless run", "follow-up", "one file", "expired login and repair"]
      const only = asked.flatMap((name) => ["--only", name])
      const { code, lines } = await live(["--site", "practice", "--yes", ...only], env)
      const verdicts = lines.slice(0, -1).map((line) => line.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ {2}/, "").slice(0, 7))
      assert.deepStrictEqual(verdicts, ["pass   ", "pass   ", "fail   ", "pass   "], lines.join("\n"))
      assert.include(lines[2], "0 of 0 files were saved")
      assert.strictEqual(lines.at(-1), "practice: 3 passed, 1 failed, 0 not run")
      assert.strictEqual(code, 1)
      const seeds = JSON.parse((await sandbox.run(["auth", "status", "--json"], { env })).stdout).seeds
      assert.deepStrictEqual(
        seeds.map(({ generation, usable }: { generation: number; usable: boolean }) => [generation, usable]),
        [
          [1, true]
        ]
      )
      assert.isEmpty(readdirSync(sandbox.root).filter((name) => name.startsWith("oracle-live-")))
    } finally {
      await sandbox.run(["host", "stop", "--force"], { env })
      await site.close()
      sandbox.remove()
    }
  }
)
