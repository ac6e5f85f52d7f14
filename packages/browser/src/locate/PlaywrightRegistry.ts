// @effect-diagnostics nodeBuiltinImport:off
/** Browsers that Playwright has downloaded, found by reading its folder, so that nothing large is loaded to look. */
import { readdirSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, isAbsolute, join } from "node:path"
import type { Surroundings } from "./Surroundings.ts"

const programs: Readonly<Record<"chromium" | "chromium_headless_shell", ReadonlyArray<string>>> = {
  chromium: [
    "chrome-linux64/chrome",
    "chrome-linux/chrome",
    "chrome-linux-arm64/chrome",
    "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
    "chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-win64/chrome.exe",
    "chrome-win/chrome.exe"
  ],
  chromium_headless_shell: [
    "chrome-headless-shell-linux64/chrome-headless-shell",
    "chrome-linux/headless_shell",
    "chrome-headless-shell-linux-arm64/chrome-headless-shell",
    "chrome-headless-shell-mac-arm64/chrome-headless-shell",
    "chrome-headless-shell-mac-x64/chrome-headless-shell",
    "chrome-mac/headless_shell",
    "chrome-headless-shell-win64/chrome-headless-shell.exe",
    "chrome-win/headless_shell.exe"
  ]
}

const installedRoot = (): string | undefined => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("playwright-core/package.json")), ".local-browsers")
  } catch {
    return undefined
  }
}

/** The folder of Playwright's downloads, by its own rules. */
export const registryRoot = (machine: Surroundings): string | undefined => {
  const named = machine.env["PLAYWRIGHT_BROWSERS_PATH"]
  if (named === "0") return installedRoot()
  if (named !== undefined && named !== "") return isAbsolute(named) ? named : undefined
  switch (machine.platform) {
    case "darwin":
      return join(machine.home, "Library", "Caches", "ms-playwright")
    case "win32":
      return join(machine.env["LOCALAPPDATA"] ?? join(machine.home, "AppData", "Local"), "ms-playwright")
    default:
      return join(machine.env["XDG_CACHE_HOME"] ?? join(machine.home, ".cache"), "ms-playwright")
  }
}

const entries = (folder: string): ReadonlyArray<string> => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const revisions = (names: ReadonlyArray<string>, kind: keyof typeof programs): ReadonlyArray<string> =>
  names
    .flatMap((name) => {
      const match = /^(chromium|chromium_headless_shell)-(\d+)$/.exec(name)
      return match !== null && match[1] === kind ? [{ name, revision: Number(match[2]) }] : []
    })
    .toSorted((a, b) => b.revision - a.revision)
    .map(({ name }) => name)

/** Every place in Playwright's folder, full browsers before headless shells, newest first. */
export const registryCandidates = (machine: Surroundings): ReadonlyArray<string> => {
  const root = registryRoot(machine)
  if (root === undefined) return []
  const names = entries(root)
  return (["chromium", "chromium_headless_shell"] as const).flatMap((kind) =>
    revisions(names, kind).flatMap((name) => programs[kind].map((program) => join(root, name, program)))
  )
}
