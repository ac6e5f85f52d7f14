/** What the extension adds to the start of pi: from the spawn to the first reply in RPC mode, with it and without. */
import { spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { absolute, type Row } from "./Row.ts"
import { repository, Workspace } from "./Workspace.ts"

const rounds = 15

const pi = join(repository, "node_modules/@earendil-works/pi-coding-agent/dist/bundle/cli.js")

const startOf = (workspace: Workspace, args: ReadonlyArray<string>) => (): Promise<number> =>
  new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, [pi, "-ne", ...args, "--mode", "rpc", "--no-session"], {
      cwd: workspace.project,
      env: {
        ...workspace.env,
        PI_CODING_AGENT_DIR: workspace.root,
        PI_OFFLINE: "1",
        PI_SKIP_VERSION_CHECK: "1",
        PI_TELEMETRY: "0"
      },
      stdio: ["pipe", "pipe", "inherit"]
    })
    let took = Number.NaN
    child.stdout.once("data", () => {
      took = performance.now() - started
      child.stdin.end()
    })
    child.on("error", reject)
    child.on("close", () => resolve(took))
    child.stdin.write(`${JSON.stringify({ id: "1", type: "get_state" })}\n`)
  })

export const run = async (): Promise<ReadonlyArray<Row>> => {
  const workspace = new Workspace()
  try {
    const models = [{ id: "mock-model" }]
    const mock = { baseUrl: "http://127.0.0.1:9/v1", apiKey: "k", api: "openai-completions", models }
    writeFileSync(join(workspace.root, "models.json"), JSON.stringify({ providers: { mock } }))
    const without = startOf(workspace, [])
    const withIt = startOf(workspace, ["-e", join(repository, "packages/pi-adapter")])
    // The best of each: what a busy machine adds is larger than what is measured.
    let [bare, full] = [await without(), await withIt()]
    for (let round = 1; round < rounds; round++) {
      bare = Math.min(bare, await without())
      full = Math.min(full, await withIt())
    }
    return [
      absolute({
        name: "pi: start with the extension over none",
        value: full - bare,
        unit: "ms",
        target: 30,
        note: `${bare.toFixed(0)} ms without, best of ${rounds}`
      })
    ]
  } finally {
    await workspace.remove()
  }
}
