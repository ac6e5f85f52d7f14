/** A person's machine for the real pi: home, settings of pi, a project, and the state of Oracle, all temporary. */
import { execFileSync, spawn } from "node:child_process"
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { homedir, tmpdir } from "node:os"
import { dirname, join } from "node:path"

const packages = dirname(dirname(dirname(import.meta.dirname)))

/** The command of the pi that is supported at least. */
export const piCommand = join(dirname(packages), "node_modules/@earendil-works/pi-coding-agent/dist/bundle/cli.js")

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Entry {
  readonly type: string
  readonly customType?: string
  readonly content?: unknown
  readonly details?: { readonly job?: string; readonly attempt?: number }
  readonly message?: { readonly role: string; readonly content: unknown }
}

export class Sandbox {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "oracle-pi-")))
  readonly home = join(this.root, "home")
  readonly agentDir = join(this.root, "agent")
  readonly state = join(this.root, "state")
  readonly project = join(this.root, "project")
  readonly env: Readonly<Record<string, string>>

  constructor(modelUrl: string) {
    for (const folder of [this.home, this.project, join(this.agentDir, "extensions")]) {
      mkdirSync(folder, { recursive: true })
    }
    this.env = {
      PATH: process.env["PATH"] ?? "",
      HOME: this.home,
      TERM: "xterm-256color",
      PI_CODING_AGENT_DIR: this.agentDir,
      PI_OFFLINE: "1",
      PI_SKIP_VERSION_CHECK: "1",
      PI_TELEMETRY: "0",
      ORACLE_STATE_DIR: this.state,
      XDG_CONFIG_HOME: join(this.home, ".config"),
      // The npm Chromium is unpacked once per machine, not once per test.
      XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache")
    }
    // As installed: a build that runs meanwhile takes no file away.
    symlinkSync(join(dirname(packages), "node_modules"), join(this.root, "node_modules"))
    for (
      const part of [
        "cli/package.json",
        "cli/bin",
        "cli/dist",
        "pi-adapter/package.json",
        "pi-adapter/dist",
        "pi-adapter/prompts"
      ]
    ) {
      cpSync(join(packages, part), join(this.root, part), { recursive: true })
    }
    this.settings("models.json", {
      providers: {
        mock: { baseUrl: modelUrl, apiKey: "k", api: "openai-completions", models: [{ id: "mock-model" }] }
      }
    })
    this.settings("settings.json", { defaultProvider: "mock", defaultModel: "mock-model", quietStartup: true })
    this.write("AGENTS.md", "a project\n")
    this.write("src/main.ts", "export const answer = 42\n")
  }

  /** Writes a file of the project. */
  write(path: string, text: string): string {
    const file = join(this.project, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }

  /** Writes a settings file of pi. */
  settings(name: string, value: unknown): string {
    const file = join(this.agentDir, name)
    writeFileSync(file, JSON.stringify(value, null, 2))
    return file
  }

  /** The person's `oracle.json` in pi. */
  oracleJson(value: Readonly<Record<string, unknown>>): void {
    this.settings("extensions/oracle.json", value)
  }

  /** Arguments of pi with the extension, as it is after a build. */
  args(...args: ReadonlyArray<string>): ReadonlyArray<string> {
    return [piCommand, "-ne", "-e", join(this.root, "pi-adapter"), ...args]
  }

  /** One run of pi that ends by itself, in the project or another folder. */
  run(args: ReadonlyArray<string>, cwd = this.project): Promise<Ended> {
    return this.node(this.args(...args), {}, cwd)
  }

  /** The `oracle` command with the same state. */
  oracle(...args: ReadonlyArray<string>): Promise<Ended> {
    return this.node([join(this.root, "cli/bin/oracle.mjs"), ...args])
  }

  node(
    args: ReadonlyArray<string>,
    env: Readonly<Record<string, string>> = {},
    cwd = this.project
  ): Promise<Ended> {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...this.env, ...env },
      stdio: ["ignore", "pipe", "pipe"]
    })
    let [stdout, stderr] = ["", ""]
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
    return new Promise((resolve, reject) => {
      child.on("error", reject)
      child.on("close", (code) => resolve({ code, stdout, stderr }))
    })
  }

  /** Entries of every session file, in the order of the files' names. */
  entries(): ReadonlyArray<Entry> {
    const folder = join(this.agentDir, "sessions")
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".jsonl"))
      .toSorted().flatMap((name) =>
        readFileSync(join(folder, name), "utf8").split("\n").filter((line) => line !== "").map((line): Entry =>
          JSON.parse(line)
        )
      )
  }

  async remove(): Promise<void> {
    await this.oracle("host", "stop", "--force")
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** True where the program is installed. */
export const has = (program: string): boolean => {
  try {
    execFileSync("which", [program], { stdio: "ignore" })
    return true
  } catch {
    return false
  }
}
