/** Finds the processes of a state directory, and ends them. Reads `/proc`, so that it works on Linux only. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs"

export interface Seen {
  readonly pid: number
  readonly argv: ReadonlyArray<string>
}

const orEmpty = (read: () => string): string => {
  try {
    return read()
  } catch {
    return ""
  }
}

const textOf = (path: string): string => orEmpty(() => readFileSync(path, "utf8"))

interface Stat {
  readonly state: string
  readonly parent: number
  readonly group: number
  readonly session: number
}

const statOf = (pid: number): Stat => {
  const text = textOf(`/proc/${pid}/stat`)
  const [state = "", parent, group, session] = text.slice(text.lastIndexOf(")") + 2).split(" ")
  return { state, parent: Number(parent), group: Number(group), session: Number(session) }
}

const pids = (): ReadonlyArray<number> => readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number)

const isZombie = (pid: number): boolean => ["Z", "X", ""].includes(statOf(pid).state)

const argvOf = (pid: number): ReadonlyArray<string> => textOf(`/proc/${pid}/cmdline`).split("\0")

/** Every process that works in the folder or names it in its arguments or environment; this one is left out. */
export const processesIn = (folder: string): ReadonlyArray<Seen> =>
  pids().filter((pid) => pid !== process.pid && !isZombie(pid)).filter((pid) =>
    textOf(`/proc/${pid}/cmdline`).includes(folder) ||
    orEmpty(() => readlinkSync(`/proc/${pid}/cwd`)).startsWith(folder) ||
    textOf(`/proc/${pid}/environ`).includes(folder)
  ).map((pid) => ({ pid, argv: argvOf(pid) }))

/** Main processes of the Chromiums on runtimes of this state directory. */
export const browsersIn = (state: string): ReadonlyArray<Seen> =>
  pids().map((pid) => ({ pid, argv: argvOf(pid) })).filter(({ argv }) =>
    argv.some((argument) => argument.startsWith(`--user-data-dir=${state}/`)) &&
    !argv.some((argument) => argument.startsWith("--type="))
  )

/** The processes that draw the pages of these browsers. */
export const pagesIn = (state: string): ReadonlyArray<Seen> => {
  const family = new Set(browsersIn(state).map(({ pid }) => pid))
  const all = pids().map((pid) => ({ pid, parent: statOf(pid).parent }))
  for (let size = 0; size !== family.size;) {
    size = family.size
    for (const { parent, pid } of all) if (family.has(parent)) family.add(pid)
  }
  return [...family].map((pid) => ({ pid, argv: argvOf(pid) })).filter(({ argv }) =>
    argv.join(" ").includes("--type=renderer")
  )
}

export const endAll = (victims: ReadonlyArray<Pick<Seen, "pid">>): void => {
  for (const { pid } of victims) {
    try {
      process.kill(pid, "SIGKILL")
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

/**
 * Ended processes of these sessions and groups, about whose end nobody has asked. Host and browser lead one each. Those
 * whose parent was killed belong to the init process, which not every container has reaping.
 */
export const zombiesOf = (leaders: ReadonlySet<number>): number =>
  pids().map(statOf).filter(({ group, parent, session, state }) =>
    state === "Z" && parent !== 1 && (leaders.has(group) || leaders.has(session))
  ).length
