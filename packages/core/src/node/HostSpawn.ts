// @effect-diagnostics nodeBuiltinImport:off
// @effect-diagnostics processEnv:off
/** The detached host process: this Node, the host's entry file, a small environment, no terminal. */
import { spawn } from "node:child_process"
import { closeSync } from "node:fs"
import type { StateDirs } from "../store/StateDirs.ts"
import type { HostLog } from "./HostLog.ts"

/** How the host process is started. */
export interface HostEntry {
  /** Absolute path of the file that runs a host. */
  readonly file: string
  /** Options of Node itself, such as `--conditions=oracle-source` when running from source. */
  readonly execArgv: ReadonlyArray<string>
  /** Arguments of the entry. */
  readonly args?: ReadonlyArray<string>
  /** How long each step of a start may take; 5 s by default. Running from source takes longer than a bundle. */
  readonly startMs?: number
  /** Version of this client; a host of another version is drained or reported. */
  readonly version: string
}

/** A host process that was started. */
export interface Spawned {
  readonly pid: number | undefined
  readonly startedMs: number
  /** Where this start's part of the log begins. */
  readonly logFrom: number
  /** `reason` is what kept it from starting; null for one that ran. */
  exit: { readonly reason: string | null; readonly code: number | null; readonly signal: NodeJS.Signals | null } | null
}

const names: ReadonlySet<string> = new Set([
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "TZ",
  "TMPDIR",
  "TEMP",
  "TMP",
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "XAUTHORITY",
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
  "NIX_LD",
  "NIX_LD_LIBRARY_PATH",
  "DBUS_SESSION_BUS_ADDRESS",
  "PI_ORACLE_JOBS_DIR",
  "PI_CODING_AGENT_DIR",
  "NODE_EXTRA_CA_CERTS",
  "NODE_COMPILE_CACHE",
  "SystemRoot",
  "SystemDrive",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "PROGRAMFILES",
  "PROGRAMFILES(X86)"
])
const prefixes = ["ORACLE_", "XDG_", "LC_", "PLAYWRIGHT_", "FONTCONFIG_"]

/** The part of an environment that a host needs; everything else, such as keys of other tools, stays behind. */
export const hostEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => names.has(name) || prefixes.some((prefix) => name.startsWith(prefix)))
  )

/** The directories of this client, so that its host works on the same ones wherever it starts. */
const directoriesOf = (dirs: StateDirs["Service"]): NodeJS.ProcessEnv => ({
  ORACLE_STATE_DIR: dirs.state,
  ORACLE_JOBS_DIR: dirs.jobs,
  ORACLE_CONFIG: dirs.globalConfigFile
})

/** A host waits most of its time: collecting garbage sooner costs it nothing and keeps a job at a few megabytes. */
const smallHeap = ["--max-semi-space-size=1", "--optimize-for-size"]

/** Starts the host and lets it go; `exit` is filled in when it ends while this process still runs. */
export const spawnHost = (entry: HostEntry, dirs: StateDirs["Service"], log: HostLog, startedMs: number): Spawned => {
  try {
    const child = spawn(process.execPath, [...smallHeap, ...entry.execArgv, entry.file, ...(entry.args ?? [])], {
      cwd: dirs.state,
      detached: true,
      env: { ...hostEnvironment(process.env), ...directoriesOf(dirs) },
      stdio: ["ignore", log.descriptor, log.descriptor],
      windowsHide: true
    })
    const spawned: Spawned = { pid: child.pid, startedMs, logFrom: log.from, exit: null }
    child.once("error", (error) => {
      spawned.exit = { reason: error.message, code: null, signal: null }
    })
    child.once("exit", (code, signal) => {
      spawned.exit = { reason: null, code, signal }
    })
    child.unref()
    return spawned
  } finally {
    closeSync(log.descriptor)
  }
}
