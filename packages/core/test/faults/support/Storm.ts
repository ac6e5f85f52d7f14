/** Many processes that contend for one host lock and its leases, while the one that holds the lock is killed or frozen. */
import { Effect } from "effect"
import { type ChildProcess, spawn } from "node:child_process"
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync
} from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { setTimeout as sleep } from "node:timers/promises"
import { created, jobId, jobRecord } from "../../store/fixtures.ts"
import { visit } from "../../store/visits.ts"
import { judge, ledgerNumber, parse, type Said, type Verdict } from "./StormLog.ts"

export interface StormOptions {
  readonly processes: number
  readonly seconds: number
  readonly capacity: number
}

export interface StormReport extends Verdict {
  readonly jobs: number
  readonly ended: number
}

const between = (least: number, most: number) => least + Math.random() * (most - least)

/** In `state`, which must be a fresh directory. Ends every process that it started. */
export const storm = async (state: string, options: StormOptions): Promise<StormReport> => {
  const log = join(state, "storm.log")
  writeFileSync(log, "")
  const watch = follow(log)
  await Effect.runPromise(visit(state, (store) => store.insert(jobRecord(ledgerNumber), created)))
  const children = new Map<number, ChildProcess>()
  let started = 0
  const start = () => {
    const child = spawn(process.execPath, [
      "--conditions=oracle-source",
      join(import.meta.dirname, "contender.ts"),
      state,
      log,
      String(started++),
      String(options.capacity)
    ], { stdio: ["ignore", "ignore", "inherit"] })
    if (child.pid !== undefined) children.set(child.pid, child)
  }
  const say = (kind: Said, pid: number) =>
    appendFileSync(log, `${Number(process.hrtime.bigint() / 1000n)} ${kind} ${pid}\n`)
  const kill = async (pid: number) => {
    const child = children.get(pid)
    if (child === undefined) return
    children.delete(pid)
    const gone = new Promise((resolve) => child.once("exit", resolve))
    say("kill", pid)
    child.kill("SIGKILL")
    await gone
    start()
  }
  const freeze = async (pid: number, meanwhile: () => Promise<void>) => {
    say("stop", pid)
    children.get(pid)?.kill("SIGSTOP")
    await meanwhile()
    say("continue", pid)
    children.get(pid)?.kill("SIGCONT")
  }
  const replaceLock = async (pid: number) => {
    const path = join(state, "host-lock.db")
    if (!existsSync(path)) return
    say("replace", pid)
    renameSync(path, `${path}.gone`)
    await until(() => watch.holder() !== pid, 2000)
    await sleep(between(20, 200))
  }

  try {
    for (let n = 0; n < options.processes; n++) start()
    await until(() => watch.holder() !== null, 20_000)
    const deadline = performance.now() + options.seconds * 1000
    for (let strike = 0; performance.now() < deadline; strike++) {
      // Half of the strikes come while a host starts, the others while it works.
      if (strike % 2 === 0) await until(() => watch.writes() > 2, 4000)
      await sleep(between(5, 250))
      const pid = watch.holder()
      if (pid === null || !children.has(pid)) continue
      if (strike % 5 === 3) await freeze(pid, () => sleep(between(100, 1500)))
      else if (strike % 5 === 4) await freeze(pid, () => replaceLock(pid))
      else await kill(pid)
      await until(() => watch.holder() !== null, 5000)
    }
  } finally {
    const left = [...children.values()]
    for (const child of left) child.kill("SIGKILL")
    watch.close()
    await Promise.all(
      left.map((child) =>
        new Promise((resolve) => child.signalCode === null ? child.once("exit", resolve) : resolve(null))
      )
    )
  }
  return reportOf(state, log)
}

const until = async (isSo: () => boolean, limitMs: number): Promise<void> => {
  const limit = performance.now() + limitMs
  while (!isSo() && performance.now() < limit) await sleep(5)
}

/** Follows the log: the process that was the last to take the lock and has neither released it nor was killed since. */
const follow = (log: string) => {
  const file = openSync(log, "r")
  const buffer = Buffer.alloc(1 << 16)
  let rest = ""
  let pid: number | null = null
  let writes = 0
  const look = (): void => {
    for (let read = 1; read > 0;) {
      read = readSync(file, buffer)
      const text = rest + buffer.toString("latin1", 0, read)
      const whole = text.lastIndexOf("\n") + 1
      rest = text.slice(whole)
      for (const line of parse(text.slice(0, whole))) {
        if (line.kind === "wrote" && line.pid === pid) writes += 1
        if (line.kind === "held") {
          pid = line.pid
          writes = 0
        } else if ((line.kind === "released" || line.kind === "kill") && pid === line.pid) pid = null
      }
    }
  }
  return {
    holder: (): number | null => {
      look()
      return pid
    },
    /** Accepted writes of that process. */
    writes: (): number => {
      look()
      return pid === null ? 0 : writes
    },
    close: () => closeSync(file)
  }
}

/** Reads the database itself: no store of this process has it open any more. */
const reportOf = (state: string, log: string): StormReport => {
  const database = new DatabaseSync(join(state, "oracle.db"))
  try {
    const column = (sql: string, ...args: ReadonlyArray<string>) =>
      database.prepare(sql).all(...args).map((row) => Object.values(row)[0])
    const accepted = column(
      "SELECT message FROM events WHERE job = ? AND source = 'host' ORDER BY seq",
      jobId(ledgerNumber)
    )
    const verdict = judge(parse(readFileSync(log, "utf8")), accepted.map(Number))
    const twice = column(
      "SELECT job FROM events WHERE message IN ('submitted', 'ended') GROUP BY job, message HAVING COUNT(*) > 1"
    )
    return {
      ...verdict,
      violations: [...verdict.violations, ...twice.map((job) => `job ${String(job)} was started or ended twice`)],
      jobs: Number(column("SELECT COUNT(*) FROM jobs")[0]) - 1,
      ended: Number(column("SELECT COUNT(*) FROM jobs WHERE status = 'failed'")[0])
    }
  } finally {
    database.close()
  }
}
