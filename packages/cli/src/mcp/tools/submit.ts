/** `oracle_submit`: hands a job to the background. No switch here lets a file with a secret pass. */
import { ArchiveFormat } from "@effect-oracle/core/config/OracleConfig"
import { JobId } from "@effect-oracle/core/domain/Ids"
import { Preset } from "@effect-oracle/core/domain/ModelSelection"
import { Oracle, type SubmitPlan, type SubmitStage } from "@effect-oracle/core/Oracle"
import { windowNotice } from "@effect-oracle/core/text/PhaseWords"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import { McpRequestContext } from "effect/ai/McpSchema"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { accountOf } from "../../commands/submission.ts"
import { withOracle } from "../../graph/withOracle.ts"
import { selectionView } from "../../render/SelectionView.ts"
import { stageLine } from "../../render/StageLine.ts"
import { Entry, Totals } from "../../view/SelectionView.ts"
import { agree } from "../Agreement.ts"
import { configOf } from "../Config.ts"
import { JobBrief, jobBrief } from "../JobBrief.ts"
import { progressOf } from "../Progress.ts"
import { jobOf, project } from "../ProjectScope.ts"
import { register } from "../Tool.ts"
import { filesField } from "./pack.ts"
import { accountField, siteField } from "./preflight.ts"

const shownEntries = 10

const File = Entry.mapFields(({ bytes, path }) => ({ path, bytes })).annotate({ identifier: "File" })

const Sent = Schema.Struct({
  totals: Totals,
  largest: Schema.Array(File),
  attachments: Schema.Array(File),
  temporary: Schema.Boolean
})

const Input = Schema.Struct({
  prompt: Schema.String.annotate({ description: "The whole question; the site sees nothing else but the files" }),
  files: filesField,
  attach: Schema.optionalKey(
    Schema.Array(Schema.String).annotate({
      description: "Single images and documents to send as they are; 'files' may then be empty"
    })
  ),
  site: siteField,
  account: accountField,
  preset: Schema.optionalKey(
    Preset.annotate({ description: "Model and effort (default: as configured); 'current' keeps what the page has" })
  ),
  followUpJobId: Schema.optionalKey(
    Schema.String.annotate({ description: "Go on in the conversation of this complete job" })
  ),
  conversation: Schema.optionalKey(
    Schema.String.annotate({ description: "Go on in this conversation of the site: its id or address" })
  ),
  temporary: Schema.optionalKey(
    Schema.Boolean.annotate({
      description: "Ask in a chat that the site does not keep: no follow-up. Only where the person wants it"
    })
  ),
  format: Schema.optionalKey(
    ArchiveFormat.annotate({ description: "Archive format (default: what the site takes best)" })
  ),
  queue: Schema.optionalKey(
    Schema.Boolean.annotate({ description: "Wait for a conversation that another job holds (default: refuse)" })
  )
})

export const submit = register({
  name: "oracle_submit",
  title: "Ask the oracle",
  description: "Sends a hard question with project files to the person's own account of a chat site, in a background "
    + "browser, and returns a job id at once. The prompt must stand on its own: say what the project is, what was tried, "
    + "and what you want back. Select generously with 'files', as the site sees only those. Submit once; then oracle_wait. "
    + "Do not answer in the oracle's place.",
  hints: { readOnly: false, destructive: false, idempotent: false, openWorld: true },
  input: Input,
  output: Schema.Struct({ job: JobBrief, sent: Sent, nextStep: Schema.String }),
  handle: (input) =>
    withOracle(Effect.gen(function*() {
      const oracle = yield* Oracle
      const report = yield* progressOf
      yield* report("looking at the files")
      const plan = yield* oracle.plan(yield* requestOf(input))
      yield* agree(plan)
      const job = yield* withStages(report, (onStage) => oracle.submit(plan, onStage))
      const notice = windowNotice(plan.request.config)
      return {
        output: {
          job: jobBrief(job, yield* DateTime.now),
          sent: sentOf(plan),
          nextStep: `call oracle_wait with jobId ${job.id}${notice === null ? "" : `; ${notice}`}`
        }
      }
    }))
})

const requestOf = Effect.fnUntraced(function*(input: typeof Input.Type) {
  const root = yield* project
  const { clientInfo } = yield* McpRequestContext
  const account = input.account === undefined ? undefined : yield* accountOf(input.account)
  const follow = input.followUpJobId === undefined ? undefined : yield* jobOf(input.followUpJobId)
  return {
    prompt: input.prompt,
    files: input.files,
    archiveRequired: true,
    cwd: root,
    config: yield* configOf(root),
    requester: {
      kind: "mcp",
      ...(clientInfo === undefined ? {} : { sessionId: sanitiseLine(clientInfo.name).slice(0, 80) })
    },
    ...(input.attach === undefined ? {} : { attach: input.attach }),
    ...(input.temporary === undefined ? {} : { temporary: input.temporary }),
    ...(input.format === undefined ? {} : { format: input.format }),
    ...(input.queue === undefined ? {} : { queue: input.queue }),
    ...(account === undefined ? {} : { account }),
    ...(follow === undefined ? {} : { followUpJobId: JobId.make(follow.id) }),
    ...(input.site === undefined ? {} : { site: input.site }),
    ...(input.preset === undefined ? {} : { preset: input.preset }),
    ...(input.conversation === undefined ? {} : { conversation: input.conversation })
  } as const
})

const sentOf = ({ attachments, request, secrets, selected }: SubmitPlan): typeof Sent.Encoded => {
  const { entries, totals } = selected === null ? nothing : selectionView(selected)
  return {
    totals: { ...totals, secrets: secrets.length },
    largest: entries.slice(0, shownEntries).map(({ bytes, path }) => ({ path, bytes })),
    attachments: attachments.map(({ entry: { bytes, path } }) => ({ path: sanitiseLine(path), bytes })),
    temporary: request.temporary === true
  }
}

const nothing = { entries: [], totals: { entries: 0, bytes: 0, tokens: 0, exclusions: 0, secrets: 0 } }

const withStages = Effect.fnUntraced(function*<A, E, R>(
  report: Effect.Success<typeof progressOf>,
  work: (onStage: (stage: SubmitStage) => void) => Effect.Effect<A, E, R>
) {
  let stage: SubmitStage | undefined
  const show = Effect.suspend(() => stage === undefined ? Effect.void : report(stageLine(stage)))
  const watching = Effect.andThen(Effect.repeat(show, Schedule.spaced("1 second")), Effect.never)
  return yield* Effect.raceFirst(work((next) => (stage = next)), watching)
})
