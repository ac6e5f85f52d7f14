/** Process identity on Windows, from CIM through PowerShell; arguments are numbers or travel in the environment. */
import * as Effect from "effect/Effect"
import { isChromium, type Platform, type Seen } from "./Platform.ts"
import { outputOf } from "./tool.ts"

const powershell = (script: string, environment: Readonly<Record<string, string>> = {}) =>
  outputOf("powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", script], environment)

const startOf = (text: string): Seen | null => {
  const startTime = text.trim()
  return /^\d+$/.test(startTime) ? { startTime, group: null } : null
}

/** Lines `pid<TAB>executable<TAB>command line`. */
export const parseBrowsers = (text: string, profileDir: string): ReadonlyArray<number> =>
  text.split(/\r?\n/).flatMap((line) => {
    const [pid = "", executable = "", command = ""] = line.split("\t")
    const flag = `--user-data-dir=${profileDir}`
    const whole = command.includes(`"${flag}"`) || ` ${command} `.includes(` ${flag} `) ||
      command.includes(`--user-data-dir="${profileDir}"`)
    return /^\d+$/.test(pid) && whole && isChromium(executable.replace(/\.exe$/i, "")) ? [Number(pid)] : []
  })

export const windows: Platform = {
  bootId: Effect.map(
    powershell("(Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().Ticks"),
    (text) => text.trim() || "unknown boot"
  ),
  look: (pid) => Effect.map(powershell(`(Get-Process -Id ${pid}).StartTime.ToUniversalTime().Ticks`), startOf),
  groupAlive: () => Effect.succeed(false),
  signal: (pid, _, force) =>
    Effect.asVoid(outputOf("taskkill.exe", ["/PID", String(pid), "/T", ...(force ? ["/F"] : [])])),
  browsersOn: (profileDir) =>
    Effect.map(
      powershell(
        "Get-CimInstance Win32_Process -Filter \"CommandLine LIKE '%--user-data-dir=%'\" | " +
          "ForEach-Object { \"$($_.ProcessId)`t$($_.ExecutablePath)`t$($_.CommandLine)\" }"
      ),
      (text) => parseBrowsers(text, profileDir)
    )
}
