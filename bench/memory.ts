/** Memory of the host process for each running job: with jobs that wait for long answers, minus the idle host. */
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { jobIdOf, type PracticeWorld, practiceWorld, question } from "./Practice.ts"
import { absolute, median, type Row } from "./Row.ts"

const jobs = 4

export const run = async (): Promise<ReadonlyArray<Row>> => {
  const world = await practiceWorld({ config: { browser: { maxConcurrentJobs: jobs } } })
  try {
    await world.workspace.succeed(["ask", ...question])
    const pid = await hostPid(world)
    const idle = await settledMegabytes(pid)
    world.site.admin.setScenario([], { behaviour: { thinkingMs: 120_000 } })
    const ids: Array<string> = []
    for (let job = 0; job < jobs; job++) {
      ids.push(jobIdOf((await world.workspace.succeed(["submit", ...question])).stdout))
    }
    await world.site.admin.waitFor("answer-started", { n: jobs + 1, timeoutMs: 120_000 })
    await sleep(3000)
    const busy = await settledMegabytes(pid)
    for (const id of ids) await world.workspace.oracle(["cancel", id, "--json"])
    return [absolute({
      name: `host memory per job (${jobs} jobs waiting)`,
      value: (busy - idle) / jobs,
      target: 10,
      unit: "MB",
      note: `idle ${idle.toFixed(0)} MB after a first job, busy ${busy.toFixed(0)} MB`
    })]
  } finally {
    await world.close()
  }
}

const hostPid = async ({ workspace }: PracticeWorld): Promise<number> => {
  const status: unknown = JSON.parse((await workspace.succeed(["host", "status", "--json"])).stdout)
  const pid = /"pid":\s*(\d+)/.exec(JSON.stringify(status))?.[1]
  if (pid === undefined) throw new Error("the host has no process id")
  return Number(pid)
}

/** Median of readings over some seconds, because a collection moves each of them. */
const settledMegabytes = async (pid: number): Promise<number> => {
  const readings: Array<number> = []
  for (let reading = 0; reading < 10; reading++) {
    readings.push(residentKilobytes(pid) / 1024)
    await sleep(300)
  }
  return median(readings)
}

const residentKilobytes = (pid: number): number => {
  if (process.platform !== "linux") {
    return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }))
  }
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1])
}
