// @effect-diagnostics nodeBuiltinImport:off
/** What Playwright is told about a browser: pipe only, isolated, nothing that hides automation. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { join } from "node:path"
import type { BrowserType } from "playwright-core"
import type { LocatedBrowser } from "../locate/BrowserLocator.ts"
import type { Surroundings } from "../locate/Surroundings.ts"
import { childEnvironment } from "./ChildEnvironment.ts"

export type PersistentOptions = NonNullable<Parameters<BrowserType["launchPersistentContext"]>[1]>

export interface LaunchInput {
  readonly config: OracleConfig
  readonly located: LocatedBrowser
  readonly machine: Surroundings
  readonly tempDir: string
  /** The same folder by a path that is short enough for sockets. */
  readonly shortTempDir: string
  readonly sandbox: boolean
}

/** Where the browser keeps running downloads; the job moves finished files out of it. */
export const downloadsDirOf = (tempDir: string): string => join(tempDir, "downloads")

/** The first choice for the sandbox: on, unless the user is root or configuration says otherwise. */
export const wantsSandbox = (config: OracleConfig, machine: Surroundings): boolean =>
  config.browser.sandbox === "auto" ? machine.uid !== 0 : config.browser.sandbox === "on"

const credential = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const proxyOf = (proxy: string): NonNullable<PersistentOptions["proxy"]> => {
  if (!URL.canParse(proxy)) return { server: proxy }
  const url = new URL(proxy)
  const named = url.username === "" ? {} : { username: credential(url.username), password: credential(url.password) }
  return { server: url.host === "" ? proxy : `${url.protocol}//${url.host}`, ...named }
}

const diskCacheBytes = 64 * 1024 ** 2

export const launchOptions = (
  { config, located, machine, sandbox, shortTempDir, tempDir }: LaunchInput
): PersistentOptions => {
  const headed = config.browser.runMode === "headed"
  const { proxy, userAgent } = config.browser
  return {
    executablePath: located.path,
    headless: !headed,
    chromiumSandbox: sandbox,
    artifactsDir: tempDir,
    downloadsPath: downloadsDirOf(tempDir),
    env: childEnvironment({ machine, headed, tempDir: shortTempDir, extra: located.env }),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: config.worker.launchTimeoutMs,
    args: [
      "--password-store=basic",
      "--use-mock-keychain",
      `--disk-cache-size=${diskCacheBytes}`,
      ...config.browser.args
    ],
    ...(headed ? { viewport: null } : {}),
    ...(proxy === undefined ? {} : { proxy: proxyOf(proxy) }),
    ...(userAgent === undefined ? {} : { userAgent })
  }
}
