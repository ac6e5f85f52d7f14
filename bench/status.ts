/** `oracle status` over a store of 100, 1,000 and 10,000 jobs, filled through the store itself, against a bare Node. */
import { defaultConfig } from "@effect-oracle/core/config/OracleConfig"
import { AccountName, JobId, ProjectId } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import * as JobTransition from "@effect-oracle/core/domain/JobTransition"
import { selectionOf } from "@effect-oracle/core/domain/ModelSelection"
import { emptyLedger } from "@effect-oracle/core/domain/SendLedger"
import { oracleError, viewOf } from "@effect-oracle/core/error/OracleError"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { ConfigProvider, DateTime, Effect } from "effect"
import { compared, type Row } from "./Row.ts"
import { bareNode, inTurn } from "./start.ts"
import { Workspace } from "./Workspace.ts"

const sizes = [100, 1000, 10_000]

export const run = async (): Promise<ReadonlyArray<Row>> => {
  const workspace = new Workspace()
  try {
    const rows: Array<Row> = []
    let filled = 0
    for (const size of sizes) {
      await fill(workspace, filled, size)
      filled = size
      const [bare = Number.NaN, status = Number.NaN] = await inTurn([
        bareNode,
        async () => (await workspace.succeed(["status", "--json"])).ms
      ])
      rows.push(compared({
        name: `oracle status, ${size.toLocaleString("en")} jobs`,
        value: status,
        baseline: bare,
        target: size === 1000 ? 5 : null,
        unit: "ms",
        note: "against node -e 0"
      }))
    }
    return rows
  } finally {
    await workspace.remove()
  }
}

const fill = (workspace: Workspace, from: number, to: number): Promise<void> =>
  Effect.gen(function*() {
    const store = yield* JobStore
    const base = DateTime.makeUnsafe("2026-03-01T10:00:00.000Z")
    const error = viewOf(oracleError("response_failed", "the site could not answer"))
    for (let n = from; n < to; n++) {
      const now = DateTime.add(base, { seconds: n })
      const job = yield* store.insert(recordOf(workspace.project, n, now), {
        source: "client",
        kind: "created",
        message: "created"
      })
      yield* store.update(job.id, (current) => JobTransition.fail(current, error, now), {
        events: [{ source: "worker", kind: "error", message: error.code }],
        durable: false
      })
    }
  }).pipe(
    Effect.provide(StateLayer.layer),
    Effect.provideService(
      ConfigProvider.ConfigProvider,
      ConfigProvider.fromEnvRecord({ ORACLE_STATE_DIR: workspace.state, HOME: workspace.root })
    ),
    Effect.runPromise
  )

const recordOf = (project: string, n: number, now: DateTime.Utc): Job => ({
  schemaVersion: 1,
  id: JobId.make(`019d0000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`),
  status: "preparing",
  phase: "preparing",
  phaseAt: now,
  blocked: null,
  createdAt: now,
  queuedAt: null,
  submittedAt: null,
  completedAt: null,
  heartbeatAt: null,
  attempt: 1,
  starts: 0,
  cwd: project,
  projectId: ProjectId.make(project),
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
  prompt: { path: `${project}/prompt.md`, sha256: "0".repeat(64), chars: 12 },
  archive: null,
  response: null,
  artifacts: null,
  progress: null,
  error: null,
  cancel: null,
  cleanup: JobTransition.emptyCleanup,
  runtime: null,
  host: null,
  wakeUp: JobTransition.emptyWakeUp,
  observedMs: 0,
  config: defaultConfig
})
