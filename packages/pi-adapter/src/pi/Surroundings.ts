/** Where a request of pi comes from: its place, and the person who can be asked. */
// @effect-diagnostics processEnv:off
// @effect-diagnostics nodeBuiltinImport:off
import type { ExtensionContext } from "@earendil-works/pi-coding-agent"
import { homedir } from "node:os"
import type { Asked } from "../desk/Person.ts"
import type { Place } from "../desk/Place.ts"
import { agentDirOf } from "../session/AgentDir.ts"

/** A person who does not answer within this time has not agreed. */
const askedMs = 600_000

/** True for a run that ends with its answer. */
export const isRunOnce = ({ mode }: ExtensionContext): boolean => mode === "print" || mode === "json"

export const placeOf = (ctx: ExtensionContext): Place => {
  const file = ctx.sessionManager.getSessionFile()
  return {
    cwd: ctx.cwd,
    trusted: ctx.isProjectTrusted(),
    agentDir: agentDirOf({
      variable: process.env["PI_CODING_AGENT_DIR"],
      sessionDir: ctx.sessionManager.getSessionDir(),
      home: homedir()
    }),
    session: file === undefined ? null : { id: ctx.sessionManager.getSessionId(), file }
  }
}

export const personOf = (ctx: ExtensionContext, signal?: AbortSignal): Asked =>
  ctx.hasUI
    ? {
      atTerminal: ctx.mode === "tui",
      confirm: (title, message) =>
        ctx.ui.confirm(title, message, { timeout: askedMs, ...(signal === undefined ? {} : { signal }) })
    }
    : null
