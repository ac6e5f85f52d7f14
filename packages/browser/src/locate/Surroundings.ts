// @effect-diagnostics nodeBuiltinImport:off processEnv:off
/** What this machine is: platform, user, environment and which files exist. A reference, so that tests describe another machine. */
import * as Context from "effect/Context"
import { statSync } from "node:fs"
import { homedir } from "node:os"

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly home: string
  /** Null where the platform has no user ids. */
  readonly uid: number | null
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isFile: (path: string) => boolean
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

const stat = (path: string): boolean => {
  try {
    return isFile(path)
  } catch {
    return false
  }
}

export const Surroundings: Context.Reference<Surroundings> = Context.Reference(
  "@effect-oracle/browser/locate/Surroundings",
  {
    defaultValue: (): Surroundings => ({
      platform: process.platform,
      arch: process.arch,
      home: homedir(),
      uid: process.getuid?.() ?? null,
      env: process.env,
      isFile: stat
    })
  }
)
