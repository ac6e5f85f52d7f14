/**
 * What the command prints to and how: answers on standard output, everything else on standard error. Knows whether a
 * person looks on, and keeps one live line apart from the lines that stay.
 */
// @effect-diagnostics processEnv:off
import { escapeJson } from "@effect-oracle/core/text/Sanitise"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Glyphs, glyphsOf, takesTaskbar, type Taskbar, taskbarCode } from "./TerminalKind.ts"

export type Style = "bold" | "dim" | "italic" | "underline" | "red" | "green" | "yellow" | "cyan"

const codes: Record<Style, readonly [on: number, off: number]> = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39]
}

/** A result as it is printed; `error` is always there, null where nothing failed. */
const resultJson = (value: object): string => escapeJson(JSON.stringify({ ...value, error: errorOf(value) }, null, 2))

const errorOf = (value: object): unknown => "error" in value ? value.error : null

export interface ScreenOptions {
  /** Neither progress nor remarks: only answers, questions and failures. */
  readonly quiet: boolean
  readonly noColor: boolean
}

export class Screen extends Context.Service<Screen, {
  /** A person sees standard error change: the live line is redrawn. Otherwise only whole lines are printed. */
  readonly live: boolean
  /** A person sits at the terminal and can be asked. */
  readonly interactive: boolean
  /** Standard output is a terminal. */
  readonly printsToTerminal: boolean
  readonly columns: number
  readonly glyphs: Glyphs
  /** One text on standard output; a line feed is added where it lacks one. */
  readonly print: (text: string) => Effect.Effect<void>
  /** The one JSON object on standard output, with `error` null unless it says otherwise; a second one is dropped. */
  readonly json: (value: object) => Effect.Effect<void>
  /** A remark on standard error that stays; nothing with `--quiet`. */
  readonly note: (text: string) => Effect.Effect<void>
  /** A line on standard error that a person must see, also with `--quiet`. */
  readonly alert: (text: string) => Effect.Effect<void>
  /** Replaces the live line; does nothing where nobody looks on. An empty text removes it. */
  readonly status: (text: string) => Effect.Effect<void>
  /** Progress in the terminal's tab or task bar, where the terminal is known to have one. */
  readonly taskbar: (state: Taskbar) => Effect.Effect<void>
  /** Styles text for standard error. */
  readonly style: (style: Style, text: string) => string
  /** Styles text for standard output. */
  readonly styleOut: (style: Style, text: string) => string
}>()("@effect-oracle/cli/render/Screen") {
  static readonly layer = ({ noColor, quiet }: ScreenOptions) =>
    Layer.sync(Screen, () => {
      const { env, stderr, stdin, stdout } = process
      const ci = (env["CI"] ?? "") !== "" && env["CI"] !== "false"
      const dumb = env["TERM"] === "dumb"
      const plain = noColor || (env["NO_COLOR"] ?? "") !== "" || dumb
      const live = stderr.isTTY && !ci && !dumb && !quiet
      const bar = live && takesTaskbar(env)
      const paint = (stream: NodeJS.WriteStream) => (style: Style, text: string) =>
        stream.isTTY && !plain ? `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : text
      let drawn = ""
      let answered = false
      const erase = () => {
        if (drawn !== "") stderr.write("\r\u001b[2K")
        drawn = ""
      }
      const line = (text: string) => (text.endsWith("\n") ? text : `${text}\n`)
      const print = (text: string) =>
        Effect.sync(() => {
          erase()
          stdout.write(line(text))
        })
      const alert = (text: string) =>
        Effect.sync(() => {
          erase()
          stderr.write(line(text))
        })

      return Screen.of({
        live,
        interactive: stdin.isTTY && stderr.isTTY && !ci,
        printsToTerminal: stdout.isTTY && !dumb,
        get columns() {
          return Math.max(40, stderr.columns || stdout.columns || 100)
        },
        glyphs: glyphsOf(env, process.platform),
        print,
        json: (value) =>
          Effect.suspend(() => {
            if (answered) return Effect.void
            answered = true
            return print(resultJson(value))
          }),
        note: (text) => quiet ? Effect.void : alert(text),
        alert,
        status: (text) =>
          Effect.sync(() => {
            if (!live || text === drawn) return
            erase()
            stderr.write(text)
            drawn = text
          }),
        taskbar: (state) =>
          Effect.sync(() => {
            if (bar) stderr.write(taskbarCode(state))
          }),
        style: paint(stderr),
        styleOut: paint(stdout)
      })
    })
}
