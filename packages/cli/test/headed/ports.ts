/** TCP ports on which a process listens (Linux; elsewhere none are found). */
import { readdirSync, readFileSync, readlinkSync } from "node:fs"

const listen = "0A"

const socketsOf = (pid: number): ReadonlySet<string> => {
  const folder = `/proc/${pid}/fd`
  return new Set(
    readdirSync(folder).flatMap((name) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.[1] ?? []
      } catch {
        return []
      }
    })
  )
}

export const listeningPorts = (pid: number): ReadonlyArray<number> => {
  if (process.platform !== "linux") return []
  const sockets = socketsOf(pid)
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, "utf8").split("\n").slice(1).flatMap((line) => {
      const columns = line.trim().split(/\s+/)
      const [, address = "", , state = ""] = columns
      return state === listen && sockets.has(columns[9] ?? "") ? [Number.parseInt(address.split(":")[1] ?? "", 16)] : []
    })
  )
}
