/** Why a browser did not start, in one line without stack, command line or colour codes. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"

// oxlint-disable-next-line no-control-regex -- colour codes are what this removes
const escapes = /\u001B\[[0-9;]*m/g
// oxlint-disable-next-line no-control-regex -- control characters are what this removes
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

const messageOf = (cause: unknown): string => cause instanceof Error ? cause.message : String(cause)

/** True when the browser refused to start because its sandbox does not work on this machine. */
export const isSandboxFailure = (cause: unknown): boolean =>
  /no usable sandbox|sandboxing failed|setuid sandbox|zygote_host_impl_linux|namespace sandbox/i.test(messageOf(cause))

const logLine = (text: string): string | undefined =>
  text.split("\n")
    .map((line) =>
      line.replace(/^\s*(- )?\[pid=\d+\]\[(err|out)\]\s*/, "").replace(/^\[[^\]]*:(FATAL|ERROR):([^\]]*)\]\s*/, "$1 ")
    )
    .find((line) => line.startsWith("FATAL "))

const summary = (text: string): string => {
  const [first = ""] = text.split("\n")
  const line = first.replace(/^browserType\.\w+: /, "").trim()
  const fatal = logLine(text)
  return `${line}${fatal === undefined ? "" : ` (${fatal.slice("FATAL ".length).trim()})`}`.slice(0, 300)
}

/** The typed failure of a start that did not work. */
export const launchFailure = (executable: string, cause: unknown): OracleError => {
  const text = messageOf(cause).replaceAll(escapes, "").replaceAll(controls, " ")
  const failed = (reason: string, step?: string) =>
    oracleError("browser_launch_failed", `${executable} did not start: ${reason}`, step === undefined ? {} : { step })
  const library = /error while loading shared libraries: ([^\s:]+)/.exec(text)?.[1]
  if (library !== undefined) {
    return failed(
      `the library ${library} is missing`,
      "run 'npx playwright-core install-deps chromium', or install that library"
    )
  }
  if (/missing x server|cannot open display|\$DISPLAY/i.test(text)) {
    return oracleError("display_missing", `${executable} found no display to show its window on`)
  }
  if (isSandboxFailure(cause)) {
    return failed(
      "its sandbox does not work here",
      "set browser.sandbox to auto or off, or allow user namespaces for this program"
    )
  }
  if (/processsingleton|singletonlock|profile (directory )?(appears to be|is already) in use/i.test(text)) {
    return profileInUse(executable)
  }
  const spawn = /spawn .*?(ENOENT|EACCES|ENOEXEC|EPERM)/.exec(text)?.[1]
  if (spawn !== undefined) {
    return failed(spawn === "ENOENT" ? "there is no such program" : `it cannot be executed (${spawn})`)
  }
  const timeout = /timeout (\d+)ms exceeded/i.exec(text)?.[1]
  if (timeout !== undefined) return failed(`it was not ready after ${Math.round(Number(timeout) / 1000)} s`)
  return failed(summary(text))
}

export const profileInUse = (what: string): OracleError =>
  oracleError("browser_launch_failed", `${what}: the profile is in use by another browser`, {
    step: "wait until that browser has ended, then try again"
  })
