/** Runs the `oracle` command at a terminal of its own, with a person who types. */
import { spawn, spawnSync } from "node:child_process"
import { command, type Ended, type Sandbox } from "./oracle.ts"

/** util-linux gives a command a terminal; without it these tests cannot run. */
export const hasTerminal = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

export interface Session {
  /** Resolves once the screen shows the text. */
  readonly shows: (text: string) => Promise<void>
  readonly type: (text: string) => void
  readonly ended: Promise<Pick<Ended, "code" | "stdout">>
}

export const ctrlC = "\u0003"

export const atTerminal = (sandbox: Sandbox, args: ReadonlyArray<string>): Session => {
  const line = [process.execPath, ...command, ...args].map(quoted).join(" ")
  const child = spawn("script", ["-q", "-e", "-c", line, "/dev/null"], {
    cwd: sandbox.project,
    env: { ...sandbox.env, TERM: "xterm", SHELL: "/bin/sh" },
    stdio: ["pipe", "pipe", "inherit"]
  })
  let screen = ""
  const waiting = new Set<() => void>()
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text
    for (const look of waiting) look()
  })
  const ended = new Promise<Pick<Ended, "code" | "stdout">>((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, stdout: screen }))
  })
  const shows = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (!screen.includes(text)) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      void ended.then(() => reject(new Error(`ended without "${text}":\n${screen}`)))
      look()
    })
  return { shows, type: (text) => void child.stdin.write(text), ended }
}
