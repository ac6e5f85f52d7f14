/** Runs the `oracle` command as a person would, in a temporary home with a project in it. */
import { spawn } from "node:child_process"
import { existsSync, globSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { outputComplaint } from "./outputs.ts"

const packages = dirname(dirname(dirname(import.meta.dirname)))
const launcher = join(packages, "cli/bin/oracle.mjs")
const bundle = join(packages, "cli/dist/main.js")

const bundledAt = existsSync(bundle) ? statSync(bundle).mtimeMs : 0
const isFresh = globSync("{core,browser,practice,cli}/src/**/*.ts", { cwd: packages })
  .every((file) => statSync(join(packages, file)).mtimeMs <= bundledAt)

/** The launcher, or the sources where they are newer than the bundle. */
export const command = isFresh ? [launcher] : ["--conditions=oracle-source", join(packages, "cli/src/bin.ts")]

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Text on standard input; without it there is none. */
  readonly input?: string
}

export class Sandbox {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "oracle-cli-")))
  readonly home = join(this.root, "home")
  readonly state = join(this.root, "state")
  readonly project = join(this.root, "project")
  readonly env: Readonly<Record<string, string>>

  constructor() {
    for (const folder of [this.home, this.project]) mkdirSync(folder)
    this.env = {
      PATH: process.env["PATH"] ?? "",
      HOME: this.home,
      ORACLE_STATE_DIR: this.state,
      XDG_CONFIG_HOME: join(this.home, ".config"),
      XDG_CACHE_HOME: join(this.home, ".cache"),
      NODE_DISABLE_COMPILE_CACHE: "1",
      // The same browser on every machine, whatever is installed there.
      ORACLE_CHANNEL: "npm"
    }
    this.write("AGENTS.md", "a project\n")
  }

  /** Writes a file of the project and returns its path. */
  write(path: string, content: string | Uint8Array): string {
    const file = join(this.project, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    return file
  }

  config(value: unknown): string {
    const file = join(this.home, ".config/oracle/config.json")
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value, null, 2))
    return file
  }

  run(args: ReadonlyArray<string>, options: RunOptions = {}): Promise<Ended> {
    return this.start(args, options).ended
  }

  /** A command that runs; `ended` settles when it is over. */
  start(args: ReadonlyArray<string>, options: RunOptions = {}) {
    const child = spawn(process.execPath, [...command, ...args], {
      cwd: options.cwd ?? this.project,
      env: { ...this.env, ...options.env },
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"]
    })
    child.stdin?.end(options.input)
    let [stdout, stderr] = ["", ""]
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text))
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on("error", reject)
      child.on("close", (code) => {
        const complaint = args.includes("--json") ? outputComplaint(args, stdout) : null
        if (complaint === null) resolve({ code, stdout, stderr })
        else reject(new Error(`${complaint}\n${stdout}\n${stderr}`))
      })
    })
    return { child, ended }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** The object that a command printed with `--json`; fails when standard output holds anything else. */
export const jsonOf = ({ stdout }: Ended) => JSON.parse(stdout)
