/** Process identity on macOS, from `ps` and `sysctl` with a fixed locale and time zone. */
import * as Effect from "effect/Effect"
import { isChromium, type Platform, type Seen } from "./Platform.ts"
import { signalPosix } from "./posix.ts"
import { outputOf } from "./tool.ts"

const fixed = { LC_ALL: "C", TZ: "UTC" }
const ps = (...args: ReadonlyArray<string>) => outputOf("/bin/ps", args, fixed)

export interface Line {
  readonly pid: number
  readonly uid: number
  readonly state: string
  readonly seen: Seen
  readonly command: string
}

/** Lines of `ps -o pid=,pgid=,uid=,stat=,lstart=,command=`; the start time is five words. */
export const parseLines = (text: string): ReadonlyArray<Line> =>
  text.split("\n").flatMap((line) => {
    const found = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s*(.*)$/.exec(line)
    if (found === null) return []
    const [, pid, group, uid, state = "", started = "", command = ""] = found
    const seen = { startTime: started.replaceAll(/\s+/g, " "), group: Number(group) }
    return [{ pid: Number(pid), uid: Number(uid), state, seen, command }]
  })

const columns = "pid=,pgid=,uid=,stat=,lstart=,command="
const lives = (line: Line) => !line.state.startsWith("Z")

/** True when the command line runs a Chromium with exactly this profile; `ps` separates arguments by blanks only. */
export const runsOn = (command: string, profileDir: string): boolean => {
  const flag = command.indexOf(`--user-data-dir=${profileDir}`)
  const after = command.charAt(flag + `--user-data-dir=${profileDir}`.length)
  return flag > 0 && command.charAt(flag - 1) === " " && (after === "" || after === " ") &&
    isChromium(command.slice(0, command.indexOf(" --")))
}

export const darwin: Platform = {
  // `kern.boottime` moves with the clock; the session id does not.
  bootId: Effect.map(
    outputOf("/usr/sbin/sysctl", ["-n", "kern.bootsessionuuid"], fixed),
    (text) => text.trim() || "unknown boot"
  ),
  look: (pid) => Effect.map(ps("-o", columns, "-p", String(pid)), (text) => parseLines(text).find(lives)?.seen ?? null),
  groupAlive: (group) =>
    Effect.map(
      ps("-axo", columns),
      (text) => parseLines(text).some((line) => lives(line) && line.seen.group === group)
    ),
  signal: signalPosix,
  browsersOn: (profileDir) =>
    Effect.map(ps("-axwwo", columns), (text) =>
      parseLines(text)
        .filter((line) => lives(line) && line.uid === process.getuid?.() && runsOn(line.command, profileDir))
        .map((line) => line.pid))
}
