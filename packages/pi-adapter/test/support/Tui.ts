/** The real pi in a terminal of its own (tmux): types, and reads the screen. */
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { Sandbox } from "./Sandbox.ts"

const waitMs = 40_000
const columns = 120
const rows = 45

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

export class Tui {
  private readonly socket: string
  private readonly env: Readonly<Record<string, string>>

  constructor(sandbox: Sandbox, args: ReadonlyArray<string> = []) {
    this.socket = join(sandbox.root, "tmux.sock")
    this.env = sandbox.env
    const command = [process.execPath, ...sandbox.args(...args)].map(quoted).join(" ")
    const size = ["-x", String(columns), "-y", String(rows)]
    this.tmux("-f", "/dev/null", "new-session", "-d", "-s", "pi", ...size, "-c", sandbox.project, command)
  }

  private tmux(...args: ReadonlyArray<string>): string {
    return execFileSync("tmux", ["-S", this.socket, ...args], { encoding: "utf8", env: { ...this.env } })
  }

  /** The screen as a person sees it. */
  screen(): string {
    return this.tmux("capture-pane", "-p", "-t", "pi")
  }

  /** The screen once it fits; rejects with what stands there instead. */
  async until(pattern: RegExp): Promise<string> {
    const end = performance.now() + waitMs
    while (true) {
      const screen = this.screen()
      if (pattern.test(screen)) return screen
      if (performance.now() > end) throw new Error(`${String(pattern)} never came:\n${screen}`)
      await sleep(100)
    }
  }

  type(text: string): void {
    this.tmux("send-keys", "-t", "pi", "-l", text)
  }

  press(key: string): void {
    this.tmux("send-keys", "-t", "pi", key)
  }

  /** Types a line and enters it once it stands in the editor. */
  async enter(text: string): Promise<void> {
    this.type(text)
    await this.until(new RegExp(text.slice(-20).replaceAll(/[^\w ]/g, ".")))
    this.press("Enter")
  }

  close(): void {
    try {
      this.tmux("kill-server")
    } catch {
      // It ended by itself.
    }
  }
}
