/** Finds the processes of a state directory by their command lines and environments, and ends them. */
import { readdirSync, readFileSync } from "node:fs"

export interface Seen {
  readonly pid: number
  readonly argv: ReadonlyArray<string>
  /** Zombies have ended and are only waiting for their parent. */
  readonly zombie: boolean
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}

const zombie = (pid: number): boolean => /\) [ZX] /.test(textOf(`/proc/${pid}/stat`))

/** Every process of this machine that names the folder in its arguments or its environment, this one left out. */
export const processesIn = (folder: string): ReadonlyArray<Seen> =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => pid !== process.pid).flatMap(
    (pid) => {
      const line = textOf(`/proc/${pid}/cmdline`)
      if (!line.includes(folder) && !textOf(`/proc/${pid}/environ`).includes(folder)) return []
      return [{ pid, argv: line.split("\0"), zombie: zombie(pid) }]
    }
  )

/** Main process of the job's Chromium, or its page processes. */
export const victimsIn = (state: string, kind: "browser" | "page"): ReadonlyArray<Seen> =>
  processesIn(state).filter(({ argv, zombie }) =>
    !zombie && (kind === "page"
      ? argv.includes("--type=renderer")
      : argv.some((argument) => argument.startsWith(`--user-data-dir=${state}/`)) &&
        !argv.some((argument) => argument.startsWith("--type=")))
  )

export const endAll = (victims: ReadonlyArray<Seen>): void => {
  for (const { pid } of victims) {
    try {
      process.kill(pid, "SIGKILL")
    } catch {
      // It ended by itself meanwhile.
    }
  }
}
