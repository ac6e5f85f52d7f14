/** The `oracle` command as a person runs it, until it is told to stop. */
import { type ChildProcess, spawn } from "node:child_process"
import { dirname, join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"

const launcher = join(dirname(import.meta.dirname), "packages/cli/bin/oracle.mjs")

export type Environment = Readonly<Record<string, string>>

/** With a person, what the command says to people is let through; what tidies up also runs after a stop. */
type Way = "alone" | "with a person" | "tidying up"

export abstract class Commands {
  /** Where the commands run. */
  abstract readonly project: string
  readonly #stop = new AbortController()
  readonly #running = new Set<ChildProcess>()

  /** Ends what runs now and lets nothing begin but what tidies up. */
  stop(): void {
    this.#stop.abort(new Error("stopped"))
    for (const child of this.#running) child.kill()
  }

  get stopped(): boolean {
    return this.#stop.signal.aborted
  }

  /** Runs a command line. */
  run(
    args: ReadonlyArray<string>,
    env: Environment = {},
    way: Way = "alone"
  ): Promise<{ readonly code: number; readonly out: string }> {
    if (this.stopped && way !== "tidying up") return Promise.reject(this.#stop.signal.reason)
    return new Promise((resolve, reject) => {
      const shared = way === "with a person" ? "inherit" : "ignore"
      const child = spawn(process.execPath, [launcher, ...args], {
        cwd: this.project,
        env: { ...process.env, ...env },
        stdio: [shared, "pipe", shared]
      })
      if (way !== "tidying up") this.#running.add(child)
      let out = ""
      child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text))
      child.on("error", reject)
      child.on("close", (code) => {
        this.#running.delete(child)
        resolve({ code: code ?? 1, out })
      })
    })
  }

  /** The object that a command prints, with its exit code as `exit`. */
  async json<A>(args: ReadonlyArray<string>, env: Environment = {}, way?: Way): Promise<A & { readonly exit: number }> {
    const { code, out } = await this.run([...args, "--json"], env, way)
    if (out === "") throw new Error(`oracle ${args[0]} ended with ${code} and printed nothing`)
    return { ...JSON.parse(out), exit: code }
  }

  /** Rejects at once when it is told to stop. */
  pause(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#stop.signal })
  }
}
