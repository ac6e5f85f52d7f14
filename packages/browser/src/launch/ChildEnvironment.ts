/** The environment of the browser: an allow-list, so that no token of the user's shell reaches it. */
import type { Surroundings } from "../locate/Surroundings.ts"

const everywhere = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "LANGUAGE",
  "TZ",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "all_proxy",
  "no_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "LD_LIBRARY_PATH",
  "FONTCONFIG_FILE",
  "FONTCONFIG_PATH",
  "NIX_LD",
  "NIX_LD_LIBRARY_PATH"
]

const desktop = [
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "XAUTHORITY",
  "DBUS_SESSION_BUS_ADDRESS",
  "XDG_RUNTIME_DIR",
  "XDG_SESSION_TYPE",
  "XDG_CURRENT_DESKTOP",
  "XDG_DATA_DIRS"
]

const windows = [
  "SYSTEMROOT",
  "SYSTEMDRIVE",
  "WINDIR",
  "COMSPEC",
  "PATHEXT",
  "PROGRAMFILES",
  "PROGRAMFILES(X86)",
  "PROGRAMDATA",
  "LOCALAPPDATA",
  "APPDATA",
  "USERPROFILE",
  "USERNAME",
  "NUMBER_OF_PROCESSORS",
  "PROCESSOR_ARCHITECTURE"
]

export interface ChildEnvironment {
  readonly machine: Surroundings
  readonly headed: boolean
  /** The job's own folder for temporary files. */
  readonly tempDir: string
  /** What the program itself needs. */
  readonly extra: Readonly<Record<string, string>>
}

export const childEnvironment = ({ extra, headed, machine, tempDir }: ChildEnvironment): Record<string, string> => {
  const onWindows = machine.platform === "win32"
  const named = (name: string) => onWindows ? name.toUpperCase() : name
  const allowed = new Set([...everywhere, ...(headed ? desktop : []), ...(onWindows ? windows : [])].map(named))
  const kept = Object.entries(machine.env).flatMap(([name, value]) =>
    value !== undefined && (allowed.has(named(name)) || name.startsWith("LC_")) ? [[name, value] as const] : []
  )
  return { ...Object.fromEntries(kept), TMPDIR: tempDir, TMP: tempDir, TEMP: tempDir, ...extra }
}
