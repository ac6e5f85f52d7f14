/**
 * What the command prints to and how: answers on standard output, everything else on standard error. Knows whether a
 * person looks on, and keeps one live line apart from the lines that stay.
 */
// @effect-diagnostics processEnv:off
import { escapeJson } from "@effect-oracle/core/text/Sanitise"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan"

const codes: Record<Style, number> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 }

const jsonOf = (value: unknown): string => escapeJson(JSON.stringify(value, null, 2))

export class Screen extends Context.Service<Screen, {
  /** A person sees standard error change: the live line is redrawn. Otherwise only whole lines are printed. */
  readonly live: boolean
  /** A person sits at the terminal and can be asked. */
  readonly interactive: boolean
  readonly columns: number
  /** One text on standard output; a line feed is added where it lacks one. */
  readonly print: (text: string) => Effect.Effect<void>
  /** The one JSON object on standard output; a second one is dropped. */
  readonly json: (value: unknown) => Effect.Effect<void>
  /** A line on standard error that stays. */
  readonly note: (text: string) => Effect.Effect<void>
  /** Replaces the live line; does nothing where nobody looks on. An empty text removes it. */
  readonly status: (text: string) => Effect.Effect<void>
  /** Styles text for standard error. */
  readonly style: (style: Style, text: string) => string
  /** Styles text for standard output. */
  readonly styleOut: (style: Style, text: string) => string
}>()("@effect-oracle/cli/render/Screen") {
  static readonly layer = Layer.sync(Screen, () => {
    const { stderr, stdin, stdout } = process
    const ci = (process.env["CI"] ?? "") !== "" && process.env["CI"] !== "false"
    const dumb = process.env["TERM"] === "dumb"
    const plain = (process.env["NO_COLOR"] ?? "") !== "" || dumb
    const live = stderr.isTTY && !ci && !dumb
    const paint = (stream: NodeJS.WriteStream) => (style: Style, text: string) =>
      stream.isTTY && !plain ? `\u001b[${codes[style]}m${text}\u001b[0m` : text
    let drawn = false
    let answered = false
    const erase = () => {
      if (drawn) stderr.write("\r\u001b[2K")
      drawn = false
    }
    const line = (text: string) => (text.endsWith("\n") ? text : `${text}\n`)
    const print = (text: string) =>
      Effect.sync(() => {
        erase()
        stdout.write(line(text))
      })

    return Screen.of({
      live,
      interactive: stdin.isTTY && stderr.isTTY && !ci,
      columns: Math.max(40, stderr.columns || stdout.columns || 100),
      print,
      json: (value) =>
        Effect.suspend(() => {
          if (answered) return Effect.void
          answered = true
          return print(jsonOf(value))
        }),
      note: (text) =>
        Effect.sync(() => {
          erase()
          stderr.write(line(text))
        }),
      status: (text) =>
        Effect.sync(() => {
          if (!live) return
          erase()
          if (text === "") return
          stderr.write(text)
          drawn = true
        }),
      style: paint(stderr),
      styleOut: paint(stdout)
    })
  })
}
