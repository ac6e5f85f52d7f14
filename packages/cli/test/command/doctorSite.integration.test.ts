/** `oracle doctor --site` against the practice site: what it finds, what it misses, and that it leaves everything alone. */
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import { assert, describe, it } from "@effect/vitest"
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { jsonOf, Sandbox } from "../support/oracle.ts"

interface Check {
  readonly name: string
  readonly level: "ok" | "warn" | "fail"
  readonly message: string
  readonly nextStep: string | null
}

const withSite = async (body: (sandbox: Sandbox, site: PracticeSite) => Promise<void>) => {
  const sandbox = new Sandbox()
  const site = await start({})
  try {
    sandbox.config({ sites: { practice: { baseUrl: site.url } }, worker: { readyTimeoutMs: 15_000 } })
    await body(sandbox, site)
  } finally {
    await site.close()
    sandbox.remove()
  }
}

const env = { XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache") }

const examine = async (sandbox: Sandbox) => {
  const ended = await sandbox.run(["doctor", "--site", "practice", "--json"], { env })
  const report = jsonOf(ended)
  const checks: ReadonlyArray<Check> = report.checks
  return { code: ended.code, report, check: (name: string) => checks.find((check) => check.name === name) }
}

describe("oracle doctor --site", () => {
  it(
    "says by which alternative each part is found, what drifted, and where nobody is signed in",
    { timeout: 180_000 },
    () =>
      withSite(async (sandbox, site) => {
        const none = await examine(sandbox)
        assert.strictEqual(none.code, 3)
        assert.include(none.check("site practice")?.nextStep, "oracle auth practice")
        assert.isNull(none.report.state)

        const state = join(sandbox.root, "session.json")
        writeFileSync(state, JSON.stringify(site.admin.storageState()), { mode: 0o600 })
        const signedIn = await sandbox.run(
          ["auth", "practice", "--state-file", state, "--accept-automation", "--json"],
          { env }
        )
        assert.strictEqual(signedIn.code, 0, signedIn.stdout)

        const fast = await examine(sandbox)
        assert.strictEqual(fast.code, 0, JSON.stringify(fast.report))
        assert.strictEqual(fast.check("page")?.level, "ok")
        assert.match(fast.check("composerInput")?.message ?? "", /^alternative 1 of \d+: #prompt-textarea/)
        assert.match(fast.check("modelTrigger")?.message ?? "", /^alternative \d+ of \d+: /)
        assert.strictEqual(fast.check("accountControl")?.level, "ok")
        for (const absent of ["attachment", "modelRow"]) {
          assert.isUndefined(fast.check(absent), "nothing is attached or open")
        }
        const picture: string = fast.report.screenshot
        assert.strictEqual(readFileSync(picture).subarray(1, 4).toString(), "PNG")
        assert.strictEqual(statSync(picture).mode & 0o777, 0o600)

        site.admin.setScenario("drift")
        const drift = await examine(sandbox)
        assert.strictEqual(drift.code, 0, JSON.stringify(drift.report))
        assert.match(drift.check("composerInput")?.message ?? "", /^alternative ([2-9]|\d\d) of/)
        assert.isTrue(
          drift.report.checks.some(({ message, nextStep }: Check) =>
            message.startsWith("drifted:") && nextStep?.includes("sites.practice.overrides.selectors.") === true
          ),
          JSON.stringify(drift.report.checks)
        )

        site.admin.setScenario("fast")
        site.admin.revokeSessions()
        const out = await examine(sandbox)
        assert.strictEqual(out.code, 3)
        assert.strictEqual(out.report.state.name, "login_required")
        assert.include(out.check("page")?.nextStep, "oracle auth practice")

        assert.deepStrictEqual(site.admin.log("send"), [])
        assert.deepStrictEqual(site.admin.log("model-default"), [])
        assert.deepStrictEqual(readdirSync(join(sandbox.state, "runtimes")), [])
      })
  )
})
