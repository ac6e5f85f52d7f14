/**
 * The extension: registers with pi, and hands every request to the desk, which is loaded with the first one. This is the
 * only file that knows pi, and it takes only types from it, so that pi loads it the fast way.
 */
// @effect-diagnostics asyncFunction:off
// @effect-diagnostics globalTimers:off
// @effect-diagnostics processEnv:off
// @effect-diagnostics nodeBuiltinImport:off
import type {
  AgentToolUpdateCallback,
  ExtensionAPI,
  ExtensionCommandContext,
  ExtensionContext,
  SessionBoundaryDraft,
  Theme
} from "@earendil-works/pi-coding-agent"
import { writeSync } from "node:fs"
import { homedir } from "node:os"
import type { Desk } from "./desk/Desk.ts"
import type { Ear, View } from "./desk/Listening.ts"
import type { Message } from "./desk/Message.ts"
import type { Outcome } from "./desk/Outcome.ts"
import type { Asked } from "./desk/Person.ts"
import type { Place } from "./desk/Place.ts"
import { agentDirOf } from "./session/AgentDir.ts"
import { inFile, Reminders, reminderType } from "./session/Reminders.ts"
import parameters from "./tools/parameters.json" with { type: "json" }
import { texts, type ToolName } from "./tools/texts.ts"
import { type Block, block } from "./view/Line.ts"
import { callLine, resultOf } from "./view/toolLines.ts"

/** A person who does not answer within this time has not agreed. */
const askedMs = 600_000
/** Listening begins a little after the session, so that it costs the start nothing. */
const listenAfterMs = 400
/** Texts of commands that are longer than this many lines go into the session, where they can be scrolled. */
const notifiedLines = 3
const commandType = "oracle-command"
const holdFlag = "oracle-hold-minutes"

type Update = AgentToolUpdateCallback<unknown> | undefined

const isRunOnce = ({ mode }: ExtensionContext): boolean => mode === "print" || mode === "json"

const placeOf = (ctx: ExtensionContext): Place => {
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

const personOf = (ctx: ExtensionContext, signal?: AbortSignal): Asked =>
  ctx.hasUI
    ? {
      atTerminal: ctx.mode === "tui",
      confirm: (title, message) =>
        ctx.ui.confirm(title, message, { timeout: askedMs, ...(signal === undefined ? {} : { signal }) })
    }
    : null

const messageOf = (error: unknown): string => error instanceof Error ? error.message : "unknown reason"

/** For callbacks that nobody waits for: what they throw would end pi. */
const unheard = (work: () => Promise<unknown>): void => {
  work().catch(() => {})
}

export default function oracle(pi: ExtensionAPI): void {
  let opened: Promise<Desk> | null = null
  let ended = false
  /** This run submitted something that a run which ends with its answer has to wait for. */
  let submitted = false
  let starting: NodeJS.Timeout | undefined

  const open = (): Promise<Desk> => {
    if (process.versions["bun"] !== undefined) {
      return Promise.reject(new Error("Oracle needs a pi that runs on Node (npm install -g), not the Bun binary"))
    }
    opened ??= import("./desk/Desk.ts").then(({ Desk }) => new Desk())
    opened.catch(() => (opened = null))
    return opened
  }

  const reminders = new Reminders()

  const earOf = (ctx: ExtensionContext): Ear => {
    const sent = new Set<string>()
    const file = ctx.sessionManager.getSessionFile()
    const landed: Ear["landed"] = (job, attempt, thorough) => {
      try {
        const here = reminders.among(ctx.sessionManager.getEntries(), job, attempt)
        return here ?? (thorough && file !== undefined ? inFile(file, job, attempt) : null)
      } catch {
        return null
      }
    }
    return {
      landed,
      inFlight: (job, attempt) => {
        try {
          return sent.has(`${job}/${attempt}`) && !(ctx.isIdle() && !ctx.hasPendingMessages())
        } catch {
          return false
        }
      },
      send: (message, startsTurn) => {
        try {
          if (ended) return false
          sent.add(`${message.details.job}/${message.details.attempt}`)
          remind(ctx, message, startsTurn)
          return true
        } catch {
          return false
        }
      },
      show: viewer(ctx)
    }
  }

  const remind = (ctx: ExtensionContext, { details, text }: Message, startsTurn: boolean): void => {
    pi.sendMessage(
      { customType: reminderType, content: text, display: true, details },
      startsTurn ? { triggerTurn: true, deliverAs: "followUp" } : { triggerTurn: false }
    )
    if (ctx.mode === "rpc") ctx.ui.notify(text.split("\n")[0] ?? "", details.status === "complete" ? "info" : "warning")
  }

  /** Draws only what changed. Programs that drive pi get no line that changes each second. */
  const viewer = (ctx: ExtensionContext): Ear["show"] => {
    let drawn: { readonly status: string | undefined; readonly widget: string } = { status: undefined, widget: "" }
    return ({ jobs, status }: View) => {
      const lines = jobs.map(({ elapsed, line }) => `oracle · ${line}${ctx.mode === "tui" ? ` · ${elapsed}` : ""}`)
      const next = { status: status === null ? undefined : `oracle: ${status}`, widget: lines.join("\n") }
      if (ended) return
      try {
        if (next.status !== drawn.status) ctx.ui.setStatus("oracle", next.status)
        if (next.widget !== drawn.widget) ctx.ui.setWidget("oracle", lines.length === 0 ? undefined : lines)
        drawn = next
      } catch {
        // The session is gone; its listener is about to be stopped.
      }
    }
  }

  const listen = (ctx: ExtensionContext, evenIfUnused: boolean): void => {
    unheard(async () => {
      if (ended || isRunOnce(ctx) || ctx.sessionManager.getSessionFile() === undefined) return
      const [place, ear] = [placeOf(ctx), earOf(ctx)]
      await (await open()).listen(place, ear, evenIfUnused)
    })
  }

  type Execute = (
    desk: Desk,
    params: unknown,
    ctx: ExtensionContext,
    signal: AbortSignal | undefined,
    onProgress: (line: string) => void
  ) => Promise<Outcome>

  const execute: Record<ToolName, Execute> = {
    oracle_preflight: (desk, params, ctx, signal) => desk.preflight(placeOf(ctx), params, signal),
    oracle_submit: async (desk, params, ctx, signal, onProgress) => {
      const context = { place: placeOf(ctx), person: personOf(ctx, signal), ends: isRunOnce(ctx), onProgress }
      const outcome = await desk.submit(context, params, signal)
      submitted ||= outcome.details.job !== undefined
      if (submitted) listen(ctx, true)
      return outcome
    },
    oracle_read: (desk, params, ctx, signal) => desk.readTool(placeOf(ctx), params, signal),
    oracle_cancel: (desk, params, ctx, signal) => desk.cancelTool(placeOf(ctx), params, signal),
    oracle_auth: (desk, params, ctx, signal, onProgress) =>
      desk.authTool({ place: placeOf(ctx), person: personOf(ctx, signal), onProgress }, params, signal)
  }

  const register = (name: ToolName): void => {
    const { description, label, promptGuidelines, promptSnippet } = texts[name]
    pi.registerTool({
      name,
      label,
      description,
      promptSnippet,
      promptGuidelines: [...promptGuidelines],
      parameters: parameters[name],
      execute: async (_id: string, params: unknown, signal: AbortSignal | undefined, onUpdate: Update, ctx) => {
        const onProgress = (line: string) =>
          onUpdate?.({ content: [{ type: "text", text: line }], details: { summary: line } })
        const { details, text } = await execute[name](await open(), params, ctx, signal, onProgress)
        return { content: [{ type: "text", text }], details: { ...details } }
      },
      renderCall: (args, theme) =>
        block([{ text: callLine(name, args), style: (text) => theme.fg("toolTitle", text) }]),
      renderResult: (result, { expanded, isPartial }, theme) => resultBlock(result, expanded, isPartial, theme)
    })
  }

  const isOurs = (name: string): name is ToolName => name in execute
  for (const name of Object.keys(texts)) if (isOurs(name)) register(name)

  /** A failure reaches the model as one and keeps its facts; a preflight that says no has answered. */
  pi.on("tool_result", (event) => {
    if (!isOurs(event.toolName) || event.toolName === "oracle_preflight") return
    const { details } = event
    return typeof details === "object" && details !== null && "error" in details ? { isError: true } : undefined
  })

  const command = (
    name: string,
    description: string,
    handler: (desk: Desk, text: string, ctx: ExtensionCommandContext) => Promise<Outcome>
  ): void =>
    pi.registerCommand(name, {
      description,
      handler: async (args, ctx) => {
        try {
          say(ctx, await handler(await open(), args.trim(), ctx))
        } catch (error) {
          say(ctx, { text: messageOf(error), isError: true, details: { summary: "" } })
        }
      }
    })

  const say = (ctx: ExtensionContext, { isError, text }: Outcome): void => {
    if (ctx.mode === "print") return print(text)
    if (ctx.hasUI && (isError || text.split("\n").length <= notifiedLines)) {
      return ctx.ui.notify(text, isError ? "error" : "info")
    }
    pi.sendMessage({ customType: commandType, content: text, display: true, details: { isError } }, {
      triggerTurn: false
    })
  }

  command("oracle-auth", "Sign in to a chat site for the oracle: [site] [account], or status", (desk, text, ctx) => {
    const onProgress = (line: string) => ctx.ui.notify(line, "info")
    return desk.authCommand({ place: placeOf(ctx), person: personOf(ctx), onProgress }, text)
  })
  command(
    "oracle-status",
    "Oracle jobs of this project, or one job: [job]",
    (desk, text, ctx) => desk.status(placeOf(ctx), text)
  )
  command(
    "oracle-read",
    "Answer of an oracle job: [job], or the newest of this session",
    (desk, text, ctx) => desk.readCommand(placeOf(ctx), text)
  )
  command("oracle-cancel", "End an oracle job: <job>", (desk, text, ctx) => desk.cancelCommand(placeOf(ctx), text))
  command(
    "oracle-clean",
    "Remove ended oracle jobs with their answers: <job> or all",
    (desk, text, ctx) => desk.clean(placeOf(ctx), personOf(ctx), text)
  )

  pi.registerMessageRenderer(reminderType, ({ content }, { expanded, outputPad }, theme) => {
    const lines = typeof content === "string" ? content.split("\n") : []
    const shown = expanded ? lines : lines.slice(0, 1)
    const style = (line: string) => theme.fg("customMessageText", line)
    return block(shown.map((text) => ({ text: `${" ".repeat(outputPad)}${text}`, style })), "wrap")
  })

  pi.registerFlag(holdFlag, {
    type: "string",
    default: "120",
    description: "Minutes that a print or JSON run waits for the oracle jobs that it submitted"
  })

  pi.on("session_start", (_event, ctx) => {
    clearTimeout(starting)
    if (ended || isRunOnce(ctx)) return
    starting = setTimeout(() => listen(ctx, false), listenAfterMs)
    starting.unref()
  })

  /** Print and JSON runs end with their answer: they wait here, bounded, and go on with the reminder. */
  pi.on("agent_before_settle", async (event, ctx) => {
    if (!submitted || !isRunOnce(ctx)) return undefined
    const drafts: Array<SessionBoundaryDraft> = []
    const ear: Ear = {
      ...earOf(ctx),
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
    const left = await (await open()).hold(placeOf(ctx), ear, limitMs, ctx.signal)
    for (const id of left) {
      note(`job ${id} goes on without this run; 'oracle wait ${id}' or this session continued reads it`)
    }
    return drafts.length === 0 ? undefined : { entries: [...event.entries, ...drafts], continue: true }
  })

  pi.on("session_shutdown", async () => {
    ended = true
    clearTimeout(starting)
    const closing = opened
    opened = null
    if (closing !== null) await closing.then((desk) => desk.close(), () => {})
  })
}

const print = (text: string): void => {
  try {
    writeSync(1, `${text}\n`)
  } catch {
    process.stdout.write(`${text}\n`)
  }
}

const note = (text: string): void => {
  process.stderr.write(`oracle: ${text}\n`)
}

const resultBlock = (
  result: Parameters<typeof resultOf>[0],
  expanded: boolean,
  isPartial: boolean,
  theme: Theme
): Block => {
  const { isError, lines, summary } = resultOf(result)
  const color = isError ? "error" : isPartial ? "muted" : "toolOutput"
  const shown = expanded && !isPartial ? lines : [summary]
  return block(shown.map((text) => ({ text, style: (line) => theme.fg(color, line) })), expanded ? "wrap" : "cut")
}
