/** The whole terminal for a while: other screen, no cursor, keys as they come. Everything is given back at the end. */
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import { type Key, keysOf } from "./Keys.ts"

export type Input = { readonly _tag: "Key"; readonly key: Key } | { readonly _tag: "Resize" }

export interface TerminalView {
  readonly inputs: Queue.Dequeue<Input>
  readonly size: () => { readonly columns: number; readonly rows: number }
  /** Shows the lines and nothing else; the same lines again cost nothing. */
  readonly draw: (lines: ReadonlyArray<string>) => Effect.Effect<void>
}

/** The other screen, without a cursor and without breaking lines by itself. */
const enter = "\u001b[?1049h\u001b[?25l\u001b[?7l"
const leave = "\u001b[?7h\u001b[?25h\u001b[?1049l"

export const terminalView = Effect.gen(function*() {
  const { stdin, stdout } = process
  const inputs = yield* Queue.unbounded<Input>()
  let drawn = ""
  const offer = (input: Input) => void Queue.offerUnsafe(inputs, input)
  const onData = (chunk: string) => keysOf(chunk).forEach((key) => offer({ _tag: "Key", key }))
  const onResize = () => {
    drawn = ""
    stdout.write("\u001b[2J")
    offer({ _tag: "Resize" })
  }
  yield* Effect.acquireRelease(
    Effect.sync(() => {
      stdin.setRawMode(true)
      stdin.setEncoding("utf8").on("data", onData).resume()
      stdout.on("resize", onResize)
      stdout.write(enter)
    }),
    () =>
      Effect.sync(() => {
        stdout.off("resize", onResize)
        stdin.off("data", onData).pause()
        stdin.setRawMode(false)
        stdout.write(leave)
      })
  )
  const view: TerminalView = {
    inputs,
    size: () => ({ columns: Math.max(40, stdout.columns || 80), rows: Math.max(8, stdout.rows || 24) }),
    draw: (lines) =>
      Effect.sync(() => {
        // Each line is cleared before it is written: after a full line the cursor still stands on its last character.
        const text = lines.map((line) => `\u001b[K${line}`).join("\r\n")
        if (text === drawn) return
        drawn = text
        stdout.write(`\u001b[H${text}`)
      })
  }
  return view
})
