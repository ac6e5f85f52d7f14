/** Which files of a profile a clone takes. Pure; paths are relative to the profile, with forward slashes. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { jarFile } from "./JarFile.ts"

export type CloneStrategy = OracleConfig["browser"]["cloneStrategy"]

/** `take` a file or folder whole, `descend` into a folder, or `skip` it. */
export type Verdict = "take" | "descend" | "skip"

const slim: ReadonlyArray<string> = [
  "Local State",
  jarFile,
  "Default/Preferences",
  "Default/Cookies",
  "Default/Cookies-journal",
  "Default/Network/Cookies",
  "Default/Network/Cookies-journal",
  "Default/Local Storage",
  "Default/IndexedDB",
  "Default/Service Worker/Database",
  "Default/Service Worker/ScriptCache",
  "Default/Service Worker/CacheStorage"
]

/** A page starts faster only when both are there (code cache alone is of no use). */
const caches: ReadonlyArray<string> = ["Default/Cache", "Default/Code Cache"]

const never = /^(Singleton.*|DevToolsActivePort|lockfile|RunningChromeVersion|Crashpad|Sessions)$/

const allowList = (allowed: ReadonlyArray<string>) => (path: string): Verdict => {
  if (allowed.some((entry) => path === entry || path.startsWith(`${entry}/`))) return "take"
  return allowed.some((entry) => entry.startsWith(`${path}/`)) ? "descend" : "skip"
}

const strategies: Readonly<Record<CloneStrategy, (path: string) => Verdict>> = {
  slim: allowList(slim),
  warm: allowList([...slim, ...caches]),
  full: () => "take"
}

/** What a strategy does with a path; locks and pipes of a running browser are never taken. */
export const verdictOf = (strategy: CloneStrategy, path: string): Verdict =>
  path.split("/").some((part) => never.test(part)) ? "skip" : strategies[strategy](path)
