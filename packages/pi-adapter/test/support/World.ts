/** The practice site, a scripted model and a machine with pi, signed in and ready. */
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { MockModel, type ModelRequest, type Reply, textOf } from "./MockModel.ts"
import { Sandbox } from "./Sandbox.ts"

/**
 * The model does what the person's message says, `tool {json}` or `think <ms>`, reads a job that it is reminded of, and
 * says "done" otherwise.
 */
export const obedient = (request: ModelRequest): Reply => {
  const last = request.messages.at(-1)
  if (last === undefined || last.role === "tool") return { say: "done" }
  const text = textOf(last)
  const reminded = /^Oracle job (\S+) has ended/.exec(text)?.[1]
  if (reminded !== undefined) return { call: "oracle_read", args: { jobId: reminded } }
  const thinks = /^think (\d+)$/.exec(text)?.[1]
  if (thinks !== undefined) return { say: "done", afterMs: Number(thinks) }
  const [, call, args] = /^(oracle_\w+) (\{.*\})$/s.exec(text) ?? []
  return call === undefined || args === undefined ? { say: "done" } : { call, args: JSON.parse(args) }
}

export class World {
  readonly site: PracticeSite
  readonly model: MockModel
  readonly sandbox: Sandbox

  private constructor(site: PracticeSite, model: MockModel) {
    this.site = site
    this.model = model
    this.sandbox = new Sandbox(model.url)
    model.reply = obedient
  }

  /** `config` is added to what pi's own `oracle.json` says. */
  static async start(config: Readonly<Record<string, unknown>> = {}): Promise<World> {
    const world = new World(await start({}), await MockModel.start())
    const { sandbox, site } = world
    const sites = { practice: { baseUrl: site.url } }
    sandbox.oracleJson({ defaults: { site: "practice" }, sites, poller: { intervalMs: 300 }, ...config })
    const folder = join(sandbox.home, ".config/oracle")
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, "config.json"), JSON.stringify({ sites, host: { idleMs: 120_000 }, ...config }))
    return world
  }

  async signIn(): Promise<void> {
    const file = join(this.sandbox.root, "state.json")
    writeFileSync(file, JSON.stringify(this.site.admin.storageState()), { mode: 0o600 })
    const { code, stderr, stdout } = await this.sandbox.oracle("auth", "practice", "--state-file", file)
    if (code !== 0) throw new Error(`not signed in: ${code} ${stdout} ${stderr}`)
  }

  /** Sends that reached the site with this text in their prompt. */
  sends(text: string): number {
    return this.site.admin.log("send").filter(({ detail }) => String(detail["prompt"]).includes(text)).length
  }

  async close(): Promise<void> {
    await this.sandbox.remove()
    await this.site.close()
    await this.model.close()
  }
}

/** What the person says to have the obedient model call a tool. */
export const say = (tool: string, args: Readonly<Record<string, unknown>>): string => `${tool} ${JSON.stringify(args)}`
