/** Notifications through programs of the system: the person's own, and the one that shows desktop notifications. */
// @effect-diagnostics nodeBuiltinImport:off
// @effect-diagnostics processEnv:off
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { spawn } from "node:child_process"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { sanitiseLine } from "../text/Sanitise.ts"
import { Notifier } from "../wakeup/Notify.ts"
import { hostEnvironment } from "./HostSpawn.ts"

const withinMs = 10_000

/** The words are arguments or variables of their own, so that nothing in them is ever code. */
const desktopCommand = (title: string, body: string) => {
  switch (process.platform) {
    case "darwin":
      return {
        command: [
          "osascript",
          "-e",
          "on run argv",
          "-e",
          "display notification (item 2 of argv) with title (item 1 of argv)",
          "-e",
          "end run",
          title,
          body
        ],
        env: {}
      }
    case "win32":
      return {
        command: ["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", balloon],
        env: { ORACLE_NOTICE_TITLE: title, ORACLE_NOTICE_BODY: body }
      }
    default:
      return { command: ["notify-send", "--app-name=Oracle", "--", title, body], env: {} }
  }
}

const balloon = `Add-Type -AssemblyName System.Windows.Forms
$icon = New-Object System.Windows.Forms.NotifyIcon
$icon.Icon = [System.Drawing.SystemIcons]::Information
$icon.Visible = $true
$icon.ShowBalloonTip(8000, $env:ORACLE_NOTICE_TITLE, $env:ORACLE_NOTICE_BODY, 'None')
Start-Sleep -Seconds 9
$icon.Dispose()`

interface Run {
  readonly command: ReadonlyArray<string>
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
}

const run = ({ command: [program = "", ...args], env = {}, input }: Run): Effect.Effect<void, OracleError> =>
  Effect.callback<void, OracleError>((resume) => {
    const child = spawn(program, args, {
      stdio: [input === undefined ? "ignore" : "pipe", "ignore", "ignore"],
      env: { ...hostEnvironment(process.env), ...env },
      timeout: withinMs,
      killSignal: "SIGKILL",
      windowsHide: true
    })
    child.once(
      "error",
      (error: NodeJS.ErrnoException) => resume(failed(`cannot be started (${error.code ?? "unknown"})`))
    )
    child.once("close", (code, signal) => {
      if (code === 0) resume(Effect.void)
      else resume(failed(signal === null ? `ended with ${code}` : `was ended by ${signal}`))
    })
    // It may end without reading.
    child.stdin?.on("error", () => {})
    child.stdin?.end(input)
    return Effect.sync(() => void child.kill("SIGKILL"))
  })

const failed = (how: string) => Effect.fail(oracleError("internal_error", `the program ${how}`))

export const layer = Layer.succeed(Notifier, {
  run: (command, input) => run({ command, input }),
  show: (title, body) => run(desktopCommand(sanitiseLine(title), sanitiseLine(body)))
})
