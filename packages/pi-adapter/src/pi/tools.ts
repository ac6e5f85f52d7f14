/** The tools: each hands its call to the desk, and draws the call and its result in a line. */
// @effect-diagnostics asyncFunction:off
import type { AgentToolUpdateCallback, ExtensionAPI, ExtensionContext, Theme } from "@earendil-works/pi-coding-agent"
import type { Desk } from "../desk/Desk.ts"
import type { Outcome } from "../desk/Outcome.ts"
import parameters from "../tools/parameters.json" with { type: "json" }
import { texts, type ToolName } from "../tools/texts.ts"
import { type Block, block } from "../view/Line.ts"
import { callLine, resultOf } from "../view/toolLines.ts"
import { listen } from "./Hearing.ts"
import type { Life } from "./Life.ts"
import { isRunOnce, personOf, placeOf } from "./Surroundings.ts"

type Update = AgentToolUpdateCallback<unknown> | undefined

type Execute = (
  desk: Desk,
  params: unknown,
  ctx: ExtensionContext,
  signal: AbortSignal | undefined,
  onProgress: (line: string) => void
) => Promise<Outcome>

export const registerTools = (pi: ExtensionAPI, life: Life): void => {
  const execute: Record<ToolName, Execute> = {
    oracle_preflight: (desk, params, ctx, signal) => desk.preflight(placeOf(ctx), params, signal),
    oracle_submit: async (desk, params, ctx, signal, onProgress) => {
      const context = { place: placeOf(ctx), person: personOf(ctx, signal), ends: isRunOnce(ctx), onProgress }
      const outcome = await desk.submit(context, params, signal)
      life.submitted ||= outcome.details.job !== undefined
      if (life.submitted) listen(pi, life, ctx, true)
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
        const { details, text } = await execute[name](await life.open(), params, ctx, signal, onProgress)
        return { content: [{ type: "text", text }], details: { ...details } }
      },
      renderCall: (args, theme) =>
        block([{ text: callLine(name, args), style: (text) => theme.fg("toolTitle", text) }]),
      renderResult: (result, { expanded, isPartial }, theme) => resultBlock(result, expanded, isPartial, theme)
    })
  }

  for (const name of Object.keys(texts)) if (isOurs(name)) register(name)

  /** A failure reaches the model as one and keeps its facts; a preflight that says no has answered. */
  pi.on("tool_result", (event) => {
    if (!isOurs(event.toolName) || event.toolName === "oracle_preflight") return
    const { details } = event
    return typeof details === "object" && details !== null && "error" in details ? { isError: true } : undefined
  })
}

const isOurs = (name: string): name is ToolName => name in texts

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
