/** A real Chromium for the tests that use the page as a person would. */
import { existsSync } from "node:fs"
import { dirname } from "node:path"
import { type Browser, chromium } from "playwright-core"

export const launchChromium = async (): Promise<Browser> => {
  const executablePath = process.env["ORACLE_TEST_CHROMIUM"] ??
    await (await import("@sparticuz/chromium")).default.executablePath()
  const libraries = [`${dirname(executablePath)}/al2023/lib`, `${dirname(executablePath)}/al2/lib`].filter((path) =>
    existsSync(path)
  )
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
    env: {
      ...Object.fromEntries(
        Object.entries(process.env).flatMap(([name, value]) => value === undefined ? [] : [[name, value]])
      ),
      LD_LIBRARY_PATH: [...libraries, process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":")
    }
  })
}
