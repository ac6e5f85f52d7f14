/** The real pi in RPC mode, driven line by line. */
import { type ChildProcess, spawn } from "node:child_process"
import type { Sandbox } from "./Sandbox.ts"

export interface RpcEvent {
  readonly type: string
  readonly [key: string]: unknown
}

const waitMs = 60_000

export class Rpc {
  readonly events: Array<RpcEvent> = []
  stderr = ""
  readonly ended: Promise<number | null>
  readonly child: ChildProcess
  private readonly waiting = new Set<() => void>()
  private count = 0

  constructor(sandbox: Sandbox, args: ReadonlyArray<string> = [], env: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, sandbox.args("--mode", "rpc", ...args), {
      cwd: sandbox.project,
      env: { ...sandbox.env, ...env },
      stdio: ["pipe", "pipe", "pipe"]
    })
    this.child = child
    let rest = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n")
      rest = lines.pop() ?? ""
      for (const line of lines) if (line !== "") this.events.push(JSON.parse(line))
      for (const wake of this.waiting) wake()
    })
    child.stderr.setEncoding("utf8").on("data", (text: string) => (this.stderr += text))
    this.ended = new Promise((resolve) => child.on("close", resolve))
  }

  /** The first event after the `after`-th that fits; rejects with what came instead. */
  async until(fits: (event: RpcEvent) => boolean, after = 0): Promise<RpcEvent> {
    const end = performance.now() + waitMs
    while (true) {
      const found = this.events.slice(after).find(fits)
      if (found !== undefined) return found
      if (performance.now() > end || this.child.exitCode !== null) {
        const seen = this.events.slice(after).filter(({ type }) => !type.startsWith("message_"))
          .map((event) => JSON.stringify(event).slice(0, 200)).join("\n")
        throw new Error(`pi did not come to it; exit ${this.child.exitCode}; ${this.stderr}\n${seen}`)
      }
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          this.waiting.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, 250)
        this.waiting.add(wake)
      })
    }
  }

  /** Sends a command and gives its response. */
  async send(command: Readonly<Record<string, unknown>>): Promise<RpcEvent> {
    this.count += 1
    const id = `c${this.count}`
    this.child.stdin?.write(`${JSON.stringify({ ...command, id })}\n`)
    return this.until((event) => event.type === "response" && event["id"] === id)
  }

  /** Prompts, and waits until the agent has settled. */
  async prompt(message: string): Promise<void> {
    const after = this.events.length
    const response = await this.send({ type: "prompt", message })
    if (response["success"] !== true) throw new Error(JSON.stringify(response))
    await this.until(({ type }) => type === "agent_settled", after)
  }

  /** Requests to the person, such as notifications, since the `after`-th event. */
  requests(method: string, after = 0): ReadonlyArray<RpcEvent> {
    return this.events.slice(after).filter((event) =>
      event.type === "extension_ui_request" && event["method"] === method
    )
  }

  /** Ends pi as a client does that closes its end. */
  async close(): Promise<number | null> {
    this.child.stdin?.end()
    return this.ended
  }
}
