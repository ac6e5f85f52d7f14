/** Puts a job into the store of a sandbox, as if it had been worked on before. */
import { defaultConfig } from "@effect-oracle/core/config/OracleConfig"
import { AccountName, JobId, ProjectId } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import { emptyCleanup, emptyWakeUp } from "@effect-oracle/core/domain/JobTransition"
import { selectionOf } from "@effect-oracle/core/domain/ModelSelection"
import { emptyLedger } from "@effect-oracle/core/domain/SendLedger"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import { JobFiles } from "@effect-oracle/core/store/JobFiles"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { ConfigProvider, DateTime, Effect, Layer } from "effect"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Sandbox } from "./oracle.ts"

const at = DateTime.makeUnsafe("2026-03-01T10:00:00.000Z")
let count = 0

export const recordOf = (sandbox: Sandbox, id: JobId): Job => ({
  schemaVersion: 1,
  id,
  status: "complete",
  phase: "complete",
  phaseAt: at,
  blocked: null,
  createdAt: at,
  queuedAt: null,
  submittedAt: at,
  completedAt: at,
  heartbeatAt: null,
  attempt: 1,
  starts: 1,
  cwd: sandbox.project,
  projectId: ProjectId.make(sandbox.project),
  sessionId: null,
  originSessionFile: null,
  requester: { kind: "cli", owner: null },
  site: "practice",
  account: AccountName.make("default"),
  model: selectionOf("current"),
  followUpToJobId: null,
  chatUrl: null,
  conversationId: null,
  send: emptyLedger,
  prompt: { path: "/prompt.md", sha256: "0".repeat(64), chars: 3 },
  archive: null,
  response: null,
  artifacts: null,
  progress: null,
  error: null,
  cancel: null,
  cleanup: emptyCleanup,
  runtime: null,
  host: null,
  wakeUp: emptyWakeUp,
  observedMs: 0,
  config: defaultConfig
})

/** A complete job unless `part` says otherwise, with its directory. */
export const insertJob = (sandbox: Sandbox, part: Partial<Job> = {}): Promise<Job> => {
  count += 1
  const id = JobId.make(`019d0000-0000-7000-8000-${String(count).padStart(12, "0")}`)
  const state = StateLayer.layerNoDirs.pipe(Layer.provideMerge(StateDirsNode.layer))
  const insert = Effect.gen(function*() {
    yield* (yield* JobFiles).makeDirs(part.id ?? id)
    return yield* (yield* JobStore).insert({ ...recordOf(sandbox, id), ...part }, {
      source: "client",
      kind: "created",
      message: "created"
    })
  })
  const provider = ConfigProvider.fromUnknown({ ...sandbox.env })
  return Effect.runPromise(insert.pipe(Effect.provide(state), Effect.provide(ConfigProvider.layer(provider))))
}

/** A complete job with an answer, and with files that came with it. */
export const insertAnswer = async (
  sandbox: Sandbox,
  options: {
    readonly markdown: string
    readonly prompt?: string
    readonly files?: Readonly<Record<string, string>>
    readonly part?: Partial<Job>
  }
): Promise<Job> => {
  count += 1
  const id = JobId.make(`019d0000-0000-7000-8000-${String(count).padStart(12, "0")}`)
  const directory = join(sandbox.state, "jobs", `oracle-${id}`)
  const files = Object.entries(options.files ?? {})
  const artifacts = files.map(([name, content]) => ({
    name,
    label: name,
    bytes: content.length,
    sha256: "0".repeat(64),
    type: "text/plain",
    kind: "file",
    key: name,
    error: null
  }))
  const job = await insertJob(sandbox, {
    id,
    response: {
      markdownPath: join(directory, "response.md"),
      textPath: join(directory, "response.txt"),
      alternativePath: null,
      chars: options.markdown.length,
      partial: false
    },
    artifacts: files.length === 0
      ? null
      : { manifestPath: join(directory, "artifacts.json"), count: files.length, failures: 0 },
    ...options.part
  })
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text, { mode: 0o600 })
  write("prompt.md", options.prompt ?? "a question")
  write("response.md", options.markdown)
  write("response.txt", options.markdown)
  if (files.length > 0) write("artifacts.json", JSON.stringify({ schemaVersion: 1, artifacts }))
  for (const [name, content] of files) write(join("artifacts", name), content)
  return job
}
