/** Job records for tests, valid in every field. */
import * as DateTime from "effect/DateTime"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import { AccountName, JobId, ProjectId } from "../../src/domain/Ids.ts"
import type { Job } from "../../src/domain/Job.ts"
import { emptyCleanup, emptyWakeUp } from "../../src/domain/JobTransition.ts"
import { selectionOf } from "../../src/domain/ModelSelection.ts"
import { emptyLedger } from "../../src/domain/SendLedger.ts"
import type { EventInput } from "../../src/store/JobStore.ts"

export const start = DateTime.makeUnsafe("2026-03-01T10:00:00.000Z")

/** The n-th id in time order. */
export const jobId = (n: number): JobId => JobId.make(`019d0000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`)

export const project = ProjectId.make("/home/person/project")

/** A record in phase `preparing`, created n milliseconds after {@link start}. */
export const jobRecord = (n: number, part: Partial<Job> = {}): Job => ({
  schemaVersion: 1,
  id: jobId(n),
  status: "preparing",
  phase: "preparing",
  phaseAt: start,
  blocked: null,
  createdAt: DateTime.add(start, { milliseconds: n }),
  queuedAt: null,
  submittedAt: null,
  completedAt: null,
  heartbeatAt: null,
  attempt: 1,
  starts: 0,
  cwd: project,
  projectId: project,
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
  prompt: { path: "/jobs/prompt.md", sha256: "0".repeat(64), chars: 12 },
  archive: {
    path: "/jobs/context.tar.zst",
    format: "tar.zst",
    bytes: 1000,
    sha256: "1".repeat(64),
    entries: 3,
    uncompressedBytes: 4000,
    prunedPaths: [],
    deletedAt: null
  },
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
  config: defaultConfig,
  ...part
})

export const created: EventInput = { source: "client", kind: "created", message: "created" }
