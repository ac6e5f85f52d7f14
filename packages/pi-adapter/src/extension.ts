/**
 * The extension: registers with pi, and hands every request to the desk, which is loaded with the first one. Only this
 * file and `pi/` know pi, and they take only types from it, so that pi loads them the fast way.
 */
// @effect-diagnostics globalTimers:off
import type { ExtensionAPI } from "@earendil-works/pi-coding-agent"
import { registerCommands } from "./pi/commands.ts"
import { listen } from "./pi/Hearing.ts"
import { registerHold } from "./pi/hold.ts"
import { Life } from "./pi/Life.ts"
import { isRunOnce } from "./pi/Surroundings.ts"
import { registerTools } from "./pi/tools.ts"
import { reminderType } from "./session/Reminders.ts"
import { block } from "./view/Line.ts"

/** Listening begins a little after the session, so that it costs the start nothing. */
const listenAfterMs = 400

export default function oracle(pi: ExtensionAPI): void {
  const life = new Life()
  let starting: NodeJS.Timeout | undefined

  registerTools(pi, life)
  registerCommands(pi, life)
  registerHold(pi, life)

  pi.registerMessageRenderer(reminderType, ({ content }, { expanded, outputPad }, theme) => {
    const lines = typeof content === "string" ? content.split("\n") : []
    const shown = expanded ? lines : lines.slice(0, 1)
    const style = (line: string) => theme.fg("customMessageText", line)
    return block(shown.map((text) => ({ text: `${" ".repeat(outputPad)}${text}`, style })), "wrap")
  })

  pi.on("session_start", (_event, ctx) => {
    clearTimeout(starting)
    if (life.ended || isRunOnce(ctx)) return
    starting = setTimeout(() => listen(pi, life, ctx, false), listenAfterMs)
    starting.unref()
  })

  pi.on("session_shutdown", () => {
    clearTimeout(starting)
    return life.close()
  })
}
