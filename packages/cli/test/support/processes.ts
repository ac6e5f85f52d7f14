/** What still runs for a sandbox, by the command lines of this user's processes. */
import { execFileSync } from "node:child_process"
import { setTimeout as sleep } from "node:timers/promises"

/** Command lines that name the folder; they name profiles and state directories, never prompts. */
export const processesOf = (folder: string): ReadonlyArray<string> =>
  execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })
    .split("\n")
    .filter((line) => line.includes(folder))

/** The same, once it is empty or the time is over. */
export const remainingProcesses = async (folder: string, withinMs: number): Promise<ReadonlyArray<string>> => {
  const end = performance.now() + withinMs
  let left = processesOf(folder)
  while (left.length > 0 && performance.now() < end) {
    await sleep(200)
    left = processesOf(folder)
  }
  return left
}
