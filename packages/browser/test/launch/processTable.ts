/** What `/proc` says about processes, read independently of the code under test. */
import { readdirSync, readFileSync } from "node:fs"

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}

/** A process that runs; one that has ended and waits for its parent does not. */
export const runs = (pid: number): boolean => {
  const stat = read(`/proc/${pid}/stat`)
  return stat !== "" && !/^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2))
}

/** Every running process whose command line contains the text. */
export const mentioning = (text: string): ReadonlyArray<number> =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => runs(pid) && read(`/proc/${pid}/cmdline`).includes(text))

/** Every running process of a group. */
export const inGroup = (group: number): ReadonlyArray<number> =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const stat = read(`/proc/${pid}/stat`)
      return runs(pid) && stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2] === String(group)
    })
