/** What the lines share: jobs of the `oracle` command in a throw-away project, on the person's own state. */
import type { ErrorView } from "@effect-oracle/core/error/OracleError"
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { AnswerView } from "../packages/cli/src/view/AnswerView.ts"
import type { JobView } from "../packages/cli/src/view/JobView.ts"
import { Commands, type Environment } from "./Commands.ts"
import { must } from "./Line.ts"

/** A job is waited for this long; then its line fails, and the job goes on. */
const waitSeconds = 45 * 60
const pollMs = 100

/** What `ask`, `submit` and `wait` print with `--json`, and the exit code. */
export interface Printed {
  readonly exit: number
  readonly job: JobView | null
  readonly answer: AnswerView | null
  readonly error: ErrorView | null
}

/** The part of a job's mirror that no command prints. */
interface Mirrored {
  readonly status: string
  readonly phase: string
  readonly runtime: { readonly profileDir: string } | null
}

export interface Target {
  readonly site: string
  readonly account: string
  readonly preset: string
}

export class Walk extends Commands {
  readonly target: Target
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "oracle-live-")))
  readonly project = join(this.root, "project")
  /** A complete job of an earlier line, for those that go on in its conversation. */
  first: JobView | null = null
  readonly #jobs: Array<string> = []

  constructor(target: Target) {
    super()
    this.target = target
    mkdirSync(this.project, { mode: 0o700 })
    writeFileSync(join(this.project, "AGENTS.md"), "A project of the live validation.\n")
  }

  /** Writes a file that holds one word, and gives the word back. */
  marked(name: string): string {
    const word = `walnut-${Math.random().toString(36).slice(2, 8)}`
    writeFileSync(join(this.project, name), `${word}\n`)
    return word
  }

  /** Hands a prompt over, or is refused. */
  async trySubmit(prompt: string, more: ReadonlyArray<string>, env: Environment = {}): Promise<Printed> {
    const { account, preset, site } = this.target
    const where = ["--site", site, "--account", account, "--preset", preset, "--yes", "--accept-automation"]
    const printed = await this.json<Printed>(["submit", "-p", prompt, ...where, ...more], env)
    if (printed.job !== null && env["ORACLE_STATE_DIR"] === undefined) this.#jobs.push(printed.job.id)
    return printed
  }

  async submit(prompt: string, more: ReadonlyArray<string>, env: Environment = {}): Promise<JobView> {
    const { error, job } = await this.trySubmit(prompt, more, env)
    if (job === null) throw new Error(`refused as ${error?.code}: ${error?.message}`)
    return job
  }

  wait(id: string, env: Environment = {}): Promise<Printed> {
    return this.json(["wait", id, "--timeout", String(waitSeconds)], env)
  }

  /** Waits for the answer of a job; fails unless it is complete. */
  async answered(
    id: string,
    env: Environment = {}
  ): Promise<{ readonly job: JobView; readonly answer: AnswerView }> {
    const { answer, error, job } = await this.wait(id, env)
    must(error === null, `job ${id} ended as ${error?.code}: ${error?.message}`)
    if (job?.status !== "complete" || answer === null) throw new Error(`job ${id} is ${job?.phase} without an answer`)
    return { job, answer }
  }

  async consult(prompt: string, more: ReadonlyArray<string>, env: Environment = {}) {
    return await this.answered((await this.submit(prompt, more, env)).id, env)
  }

  /** The mirror of a job, as soon as `seen` says so; null when the job ends before. Waits no longer than for an answer. */
  async until(id: string, seen: (job: Mirrored) => boolean): Promise<Mirrored | null> {
    const { directory } = await this.json<{ readonly directory: string }>(["status", id])
    for (const end = performance.now() + waitSeconds * 1000; performance.now() < end;) {
      const { record }: { readonly record: Mirrored } = JSON.parse(readFileSync(join(directory, "job.json"), "utf8"))
      if (seen(record)) return record
      if (["complete", "failed", "cancelled"].includes(record.status)) return null
      await this.pause(pollMs)
    }
    throw new Error(`job ${id} did not come that far in ${waitSeconds / 60} minutes`)
  }

  /** Removes the jobs and the project, and names the jobs that stay; conversations on the site stay. */
  async end(): Promise<ReadonlyArray<string>> {
    try {
      const left: Array<string> = []
      for (const id of this.#jobs) {
        const clean = () => this.json<Printed>(["clean", id], {}, "tidying up")
        let { error } = await clean()
        if (error?.code === "job_active") {
          await this.json(["cancel", id], {}, "tidying up")
          error = (await clean()).error
        }
        if (error !== null) left.push(`${error.message}; next: ${error.nextStep}`)
      }
      return left
    } finally {
      rmSync(this.root, { recursive: true, force: true })
    }
  }
}
