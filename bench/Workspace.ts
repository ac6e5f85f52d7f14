/** A throw-away home with a project in it, in which benchmarks run the `oracle` command as a person does. */
import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { dirname, join } from "node:path"

export const repository = dirname(import.meta.dirname)
const launcher = join(repository, "packages/cli/bin/oracle.mjs")

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** From start to exit. */
  readonly ms: number
}

export const runNode = (
  args: ReadonlyArray<string>,
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string | undefined>> } = {}
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "pipe"] })
    let [stdout, stderr] = ["", ""]
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, stdout, stderr, ms: performance.now() - started }))
  })

export class Workspace {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "oracle-bench-")))
  readonly state = join(this.root, "state")
  readonly project = join(this.root, "project")
  readonly configFile = join(this.root, "config.json")
  readonly env: Readonly<Record<string, string | undefined>>

  constructor() {
    mkdirSync(join(this.project, "src"), { recursive: true })
    writeFileSync(join(this.project, "AGENTS.md"), "a project\n")
    for (let file = 0; file < 50; file++) {
      writeFileSync(join(this.project, "src", `module${file}.ts`), `export const value${file} = ${file}\n`.repeat(100))
    }
    this.configure({})
    this.env = {
      PATH: process.env["PATH"],
      HOME: this.root,
      TMPDIR: process.env["TMPDIR"],
      LD_LIBRARY_PATH: process.env["LD_LIBRARY_PATH"],
      ORACLE_STATE_DIR: this.state,
      ORACLE_CONFIG: this.configFile,
      XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache")
    }
  }

  configure(config: unknown): void {
    writeFileSync(this.configFile, JSON.stringify(config))
  }

  oracle(args: ReadonlyArray<string>): Promise<Ended> {
    return runNode([launcher, ...args], { cwd: this.project, env: this.env })
  }

  /** As `oracle`, and fails with what the command said when it did not succeed. */
  async succeed(args: ReadonlyArray<string>): Promise<Ended> {
    const ended = await this.oracle(args)
    if (ended.code !== 0) throw new Error(`oracle ${args[0]} ended with ${ended.code}: ${ended.stdout}${ended.stderr}`)
    return ended
  }

  async remove(): Promise<void> {
    await this.oracle(["host", "stop", "--force"])
    rmSync(this.root, { recursive: true, force: true })
  }
}
