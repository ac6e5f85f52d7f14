/** Where pi keeps the person's settings. It says so in the environment; else its own sessions lie in that folder. */
// @effect-diagnostics nodeBuiltinImport:off
import { existsSync } from "node:fs"
import { basename, dirname, join } from "node:path"

export interface Known {
  /** `PI_CODING_AGENT_DIR` */
  readonly variable: string | undefined
  /** Folder of the session's file; below the settings unless the person chose another. */
  readonly sessionDir: string
  readonly home: string
}

/** A pi under another name keeps another folder than `~/.pi/agent`, which is only the last resort. */
export const agentDirOf = ({ home, sessionDir, variable }: Known): string => {
  if (variable !== undefined && variable !== "") return variable
  const sessions = dirname(sessionDir)
  const above = dirname(sessions)
  return basename(sessions) === "sessions" && existsSync(join(above, "settings.json"))
    ? above
    : join(home, ".pi", "agent")
}
