/** The commands of a person, and where pi shows what they say. */
// @effect-diagnostics asyncFunction:off
// @effect-diagnostics nodeBuiltinImport:off
import type { ExtensionAPI, ExtensionCommandContext, ExtensionContext } from "@earendil-works/pi-coding-agent"
import { writeSync } from "node:fs"
import type { Desk } from "../desk/Desk.ts"
import type { Outcome } from "../desk/Outcome.ts"
import type { Life } from "./Life.ts"
import { personOf, placeOf } from "./Surroundings.ts"

/** Texts of commands that are longer than this many lines go into the session, where they can be scrolled. */
const notifiedLines = 3
const commandType = "oracle-command"

export const registerCommands = (pi: ExtensionAPI, life: Life): void => {
  const command = (
    name: string,
    description: string,
    handler: (desk: Desk, text: string, ctx: ExtensionCommandContext) => Promise<Outcome>
  ): void =>
    pi.registerCommand(name, {
      description,
      handler: async (args, ctx) => {
        try {
          say(pi, ctx, await handler(await life.open(), args.trim(), ctx))
        } catch (error) {
          say(pi, ctx, { text: messageOf(error), isError: true, details: { summary: "" } })
        }
      }
    })

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
}

const say = (pi: ExtensionAPI, ctx: ExtensionContext, { isError, text }: Outcome): void => {
  if (ctx.mode === "print") return print(text)
  if (ctx.hasUI && (isError || text.split("\n").length <= notifiedLines)) {
    return ctx.ui.notify(text, isError ? "error" : "info")
  }
  pi.sendMessage({ customType: commandType, content: text, display: true, details: { isError } }, {
    triggerTurn: false
  })
}

const print = (text: string): void => {
  try {
    writeSync(1, `${text}\n`)
  } catch {
    process.stdout.write(`${text}\n`)
  }
}

const messageOf = (error: unknown): string => error instanceof Error ? error.message : "unknown reason"
