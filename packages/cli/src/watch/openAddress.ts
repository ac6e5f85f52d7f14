/** Opens an address in the person's own browser, because they pressed the key for it. */
// @effect-diagnostics nodeBuiltinImport:off
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"

const within = "10 seconds"

const opener = (address: string): readonly [command: string, ...args: ReadonlyArray<string>] => {
  if (process.platform === "darwin") return ["open", address]
  return process.platform === "win32" ? ["rundll32", "url.dll,FileProtocolHandler", address] : ["xdg-open", address]
}

/** True when something took the address. Only web addresses are handed on. */
export const openAddress = (address: string): Effect.Effect<boolean> => {
  if (!/^https?:\/\/[^\s]+$/.test(address)) return Effect.succeed(false)
  return Effect.callback<boolean>((resume) => {
    const [command, ...args] = opener(address)
    const child = spawn(command, args, { stdio: "ignore", detached: true })
    child.once("error", () => resume(Effect.succeed(false)))
    child.once("exit", (code) => resume(Effect.succeed(code === 0)))
    child.unref()
  }).pipe(Effect.timeoutOrElse({ duration: within, orElse: () => Effect.succeed(true) }))
}
