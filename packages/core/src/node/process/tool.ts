// @effect-diagnostics nodeBuiltinImport:off
// @effect-diagnostics processEnv:off
/** Runs a system tool by argument list, never through a shell, and takes what it prints. */
import * as Effect from "effect/Effect"
import { execFile } from "node:child_process"
import { hostEnvironment } from "../HostSpawn.ts"

const limitMs = 5000

/** Standard output; empty when the tool is missing, fails or takes too long. */
export const outputOf = (
  file: string,
  args: ReadonlyArray<string>,
  environment: Readonly<Record<string, string>> = {}
): Effect.Effect<string> =>
  Effect.callback<string>((resume, signal) => {
    const options = {
      env: { ...hostEnvironment(process.env), ...environment },
      maxBuffer: 64 * 1024 * 1024,
      signal,
      timeout: limitMs,
      windowsHide: true
    }
    execFile(file, [...args], options, (_, stdout) => resume(Effect.succeed(stdout)))
  })
