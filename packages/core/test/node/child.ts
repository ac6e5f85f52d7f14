/** Starts a TypeScript file of this folder as a process of its own and talks to it by lines. */
import { Effect, Queue } from "effect"
import { spawn } from "node:child_process"
import { join } from "node:path"
import { createInterface } from "node:readline"

/** A running child: `next` is its next line of output, `say` writes one to it. It is killed with the scope. */
export const startChild = Effect.fnUntraced(function*(
  file: string,
  args: ReadonlyArray<string>,
  options: { readonly detached?: boolean } = {}
) {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, ["--conditions=oracle-source", join(import.meta.dirname, "children", file), ...args], {
        stdio: ["pipe", "pipe", "inherit"],
        detached: options.detached ?? false
      })
    ),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )
  const lines = yield* Queue.unbounded<string>()
  createInterface(child.stdout).on("line", (line) => Queue.offerUnsafe(lines, line))
  const ended = Effect.callback<number | null>((resume) => {
    if (child.exitCode !== null || child.signalCode !== null) resume(Effect.succeed(child.exitCode))
    else child.once("exit", (code) => resume(Effect.succeed(code)))
  })
  return {
    pid: child.pid ?? 0,
    next: Effect.timeout(Queue.take(lines), "15 seconds"),
    say: (line: string) => Effect.sync(() => child.stdin.write(`${line}\n`)),
    kill: (signal: NodeJS.Signals) => Effect.andThen(Effect.sync(() => child.kill(signal)), ended),
    ended: Effect.timeout(ended, "15 seconds"),
    /** What it has said and nobody has taken, once it has ended. */
    rest: Effect.andThen(ended, Queue.clear(lines))
  }
})
