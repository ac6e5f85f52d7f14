/** A session of pi as the listener knows it: which reminders it has, how it gets one, and the lines that show its jobs. */
// @effect-diagnostics asyncFunction:off
import type { ExtensionAPI, ExtensionContext } from "@earendil-works/pi-coding-agent"
import type { Ear, View } from "../desk/Listening.ts"
import type { Message } from "../desk/Message.ts"
import { inFile, reminderType } from "../session/Reminders.ts"
import type { Life } from "./Life.ts"
import { isRunOnce, placeOf } from "./Surroundings.ts"

/** Throws nothing, also when the session is gone. */
export const earOf = (pi: ExtensionAPI, life: Life, ctx: ExtensionContext): Ear => {
  const sent = new Set<string>()
  const file = ctx.sessionManager.getSessionFile()
  return {
    landed: (job, attempt, thorough) => {
      try {
        const here = life.reminders.among(ctx.sessionManager.getEntries(), job, attempt)
        return here ?? (thorough && file !== undefined ? inFile(file, job, attempt) : null)
      } catch {
        return null
      }
    },
    inFlight: (job, attempt) => {
      try {
        return sent.has(`${job}/${attempt}`) && !(ctx.isIdle() && !ctx.hasPendingMessages())
      } catch {
        return false
      }
    },
    send: (message, startsTurn) => {
      try {
        if (life.ended) return false
        sent.add(`${message.details.job}/${message.details.attempt}`)
        remind(pi, ctx, message, startsTurn)
        return true
      } catch {
        return false
      }
    },
    show: viewer(life, ctx)
  }
}

const remind = (pi: ExtensionAPI, ctx: ExtensionContext, { details, text }: Message, startsTurn: boolean): void => {
  pi.sendMessage(
    { customType: reminderType, content: text, display: true, details },
    startsTurn ? { triggerTurn: true, deliverAs: "followUp" } : { triggerTurn: false }
  )
  if (ctx.mode === "rpc") ctx.ui.notify(text.split("\n")[0] ?? "", details.status === "complete" ? "info" : "warning")
}

/** Draws only what changed. Programs that drive pi get no line that changes each second. */
const viewer = (life: Life, ctx: ExtensionContext): Ear["show"] => {
  let drawn: { readonly status: string | undefined; readonly widget: string } = { status: undefined, widget: "" }
  return ({ jobs, status }: View) => {
    const lines = jobs.map(({ elapsed, line }) => `oracle · ${line}${ctx.mode === "tui" ? ` · ${elapsed}` : ""}`)
    const next = { status: status === null ? undefined : `oracle: ${status}`, widget: lines.join("\n") }
    if (life.ended) return
    try {
      if (next.status !== drawn.status) ctx.ui.setStatus("oracle", next.status)
      if (next.widget !== drawn.widget) ctx.ui.setWidget("oracle", lines.length === 0 ? undefined : lines)
      drawn = next
    } catch {
      // The session is gone; its listener is about to be stopped.
    }
  }
}

/** Has the desk listen for the session. Nobody waits for it, and what it throws would end pi. */
export const listen = (pi: ExtensionAPI, life: Life, ctx: ExtensionContext, evenIfUnused: boolean): void => {
  const work = async () => {
    if (life.ended || isRunOnce(ctx) || ctx.sessionManager.getSessionFile() === undefined) return
    const [place, ear] = [placeOf(ctx), earOf(pi, life, ctx)]
    await (await life.open()).listen(place, ear, evenIfUnused)
  }
  work().catch(() => {})
}
