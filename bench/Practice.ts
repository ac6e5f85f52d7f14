/** The practice site with a signed-in seed, for benchmarks that run whole jobs. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Behaviour } from "../packages/practice/src/Behaviour.ts"
import { type PracticeSite, start } from "../packages/practice/src/PracticeSite.ts"
import { Workspace } from "./Workspace.ts"

export interface PracticeWorld {
  readonly site: PracticeSite
  readonly workspace: Workspace
  readonly stateFile: string
  readonly close: () => Promise<void>
}

export const practiceWorld = async (
  options: { readonly behaviour?: Partial<Behaviour>; readonly config?: Readonly<Record<string, unknown>> } = {}
): Promise<PracticeWorld> => {
  const site = await start(options.behaviour === undefined ? {} : { behaviour: options.behaviour })
  const workspace = new Workspace()
  const close = async () => {
    await workspace.remove()
    await site.close()
  }
  try {
    workspace.configure({
      defaults: { site: "practice", preset: "current" },
      sites: { practice: { baseUrl: site.url } },
      ...options.config
    })
    const stateFile = join(workspace.root, "session.json")
    writeFileSync(stateFile, JSON.stringify(site.admin.storageState()), { mode: 0o600 })
    await workspace.succeed(["auth", "practice", "--state-file", stateFile])
    return { site, workspace, stateFile, close }
  } catch (error) {
    await close()
    throw error
  }
}

export const prompt = "What does module7 export?"

export const question = ["-p", prompt, "--files", "src/**", "--json"]

/** The id that a command printed with `--json`. */
export const jobIdOf = (stdout: string): string => {
  const { job }: { readonly job: { readonly id: string } } = JSON.parse(stdout)
  return job.id
}
