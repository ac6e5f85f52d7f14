/** A whole job through the command and the host, against a bare Playwright script that does the same steps on the same site. */
import type { LocatedBrowser } from "@effect-oracle/browser/locate/BrowserLocator"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "playwright-core"
import { locateBrowser } from "./Browser.ts"
import { type PracticeWorld, practiceWorld, prompt, question } from "./Practice.ts"
import { compared, median, type Row } from "./Row.ts"

const rounds = 5

export const run = async (): Promise<ReadonlyArray<Row>> => {
  const world = await practiceWorld()
  try {
    const browser = await locateBrowser()
    const cold = await wholeJob(world)
    await bareScript(world, browser)
    const quickest = await compareOn(world, browser)
    world.site.admin.setScenario("natural")
    const natural = await compareOn(world, browser)
    const row = (name: string, measured: Measured, target: number | null, note: string) =>
      compared({ name, value: measured.job, baseline: measured.bare, target, unit: "ms", note })
    return [
      row(
        "whole job, site at the pace of a short real answer",
        natural,
        1.5,
        `'oracle ask' from start to exit, median of ${rounds}`
      ),
      row("whole job, site answers at once", quickest, null, "every millisecond is Oracle's own"),
      row("whole job, site answers at once, host not running", { ...quickest, job: cold }, null, "once")
    ]
  } finally {
    await world.close()
  }
}

interface Measured {
  readonly job: number
  readonly bare: number
}

/** Medians of both, run in turn. */
const compareOn = async (world: PracticeWorld, browser: LocatedBrowser): Promise<Measured> => {
  const job: Array<number> = []
  const bare: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    bare.push(await bareScript(world, browser))
    job.push(await wholeJob(world))
  }
  return { job: median(job), bare: median(bare) }
}

const wholeJob = async ({ workspace }: PracticeWorld): Promise<number> =>
  (await workspace.succeed(["ask", ...question])).ms

/** Packs, launches, signs in, attaches, asks, waits, reads, downloads, closes; proves and remembers nothing. */
const bareScript = async ({ site, workspace }: PracticeWorld, browser: LocatedBrowser): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), "oracle-bench-bare-"))
  const started = performance.now()
  try {
    const archive = join(folder, "context.tar.zst")
    execFileSync("tar", ["-C", workspace.project, "-I", "zstd -3", "-cf", archive, "src"])
    const artifacts = join(folder, "artifacts")
    mkdirSync(artifacts)
    const context = await chromium.launchPersistentContext(join(folder, "profile"), {
      executablePath: browser.path,
      headless: true,
      chromiumSandbox: false,
      env: { ...process.env, ...browser.env }
    })
    try {
      await context.addCookies([...site.admin.storageState().cookies])
      const page = context.pages()[0] ?? await context.newPage()
      await page.goto(site.url)
      const composer = page.locator("#prompt-textarea")
      await composer.waitFor()
      await page.locator("input[type=file]:not([accept])").first().setInputFiles(archive)
      await page.locator("[aria-label*=\"Remove\" i]").first().waitFor()
      await composer.fill(prompt)
      await page.locator("button[data-testid=send-button]:not([disabled])").click()
      await page.locator("[data-testid=good-response-turn-action-button]").first().waitFor()
      await page.locator("[data-message-author-role=assistant] .markdown").first().innerHTML()
    } finally {
      await context.close()
    }
    return performance.now() - started
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
