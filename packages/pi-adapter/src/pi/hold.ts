/** Print and JSON runs end with their answer: before that they wait for the jobs that they submitted, and are reminded. */
// @effect-diagnostics asyncFunction:off
import type { ExtensionAPI, SessionBoundaryDraft } from "@earendil-works/pi-coding-agent"
import type { Ear } from "../desk/Listening.ts"
import { reminderType } from "../session/Reminders.ts"
import { earOf } from "./Hearing.ts"
import type { Life } from "./Life.ts"
import { isRunOnce, placeOf } from "./Surroundings.ts"

const holdFlag = "oracle-hold-minutes"

/** The wait is bounded; what goes on without the run is said on standard error. */
export const registerHold = (pi: ExtensionAPI, life: Life): void => {
  pi.registerFlag(holdFlag, {
    type: "string",
    default: "120",
    description: "Minutes that a print or JSON run waits for the oracle jobs that it submitted"
  })

  pi.on("agent_before_settle", async (event, ctx) => {
    if (!life.submitted || !isRunOnce(ctx)) return undefined
    const drafts: Array<SessionBoundaryDraft> = []
    const ear: Ear = {
      ...earOf(pi, life, ctx),
      inFlight: () => false,
      send: ({ details, text }) => {
        drafts.push({ type: "custom_message", customType: reminderType, content: text, display: true, details })
        return true
      },
      show: () => {}
    }
    const minutes = Number(pi.getFlag(holdFlag))
    const limitMs = Number.isFinite(minutes) && minutes >= 0 ? minutes * 60_000 : 0
    if (limitMs > 0) note("waiting for the oracle")
    const left = await (await life.open()).hold(placeOf(ctx), ear, limitMs, ctx.signal)
    for (const id of left) {
      note(`job ${id} goes on without this run; 'oracle wait ${id}' or this session continued reads it`)
    }
    return drafts.length === 0 ? undefined : { entries: [...event.entries, ...drafts], continue: true }
  })
}

const note = (text: string): void => {
  process.stderr.write(`oracle: ${text}\n`)
}
