/** A browser of the user's own, used a little: a profile in the home of a sandbox, made by a real Chromium. */
import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { chromium } from "playwright-core"
import type { Sandbox } from "../support/oracle.ts"

type Cookies = Parameters<Awaited<ReturnType<typeof chromium.launchPersistentContext>>["addCookies"]>[0]

/** Makes `~/.config/chromium` with these cookies and answers its path. */
export const useBrowser = async (sandbox: Sandbox, program: string, cookies: Cookies): Promise<string> => {
  const folder = join(sandbox.home, ".config/chromium")
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: program,
    headless: true,
    args: ["--password-store=basic"]
  })
  await context.addCookies(cookies)
  await context.close()
  return folder
}

/** Path, size and time of change of everything in a folder, and when it was last read where the system keeps that. */
export const stateOf = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => {
    const { ctimeMs, mtimeMs, size } = statSync(join(folder, name))
    return `${name} ${size} ${mtimeMs} ${ctimeMs}`
  }).toSorted()
