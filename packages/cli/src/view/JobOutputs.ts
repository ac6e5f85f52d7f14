/** What `--json` prints of the commands that work on jobs. `error` is left out here: every object carries it. */
import { EventKind, EventSource } from "@effect-oracle/core/domain/JobEvent"
import * as Schema from "effect/Schema"
import { AnswerView } from "./AnswerView.ts"
import { ErrorObject, JobView, Moment } from "./JobView.ts"
import { SelectionView } from "./SelectionView.ts"

const Text = Schema.String
const NullableJob = Schema.NullOr(JobView)

const Quarantined = Schema.Struct({ id: Text, reason: Text }).annotate({
  identifier: "Quarantined",
  description: "A record that cannot be read"
})

const Event = Schema.Struct({
  seq: Schema.Natural,
  at: Moment,
  source: EventSource,
  kind: EventKind,
  message: Text
}).annotate({ identifier: "Event", description: "One line of a job's history" })

const Match = Schema.Struct({
  job: Text.annotate({ description: "Id of the job" }),
  site: Text,
  createdAt: Moment,
  status: Text,
  in: Schema.Literals(["prompt", "answer"]),
  line: Schema.Natural,
  text: Text.annotate({ description: "The line, cut around what was found; untrusted where it is of the answer" })
}).annotate({ identifier: "Match", description: "One line that holds what was searched" })

/** `{job, answer}`; both null when there was no job. */
export const Answered = Schema.Struct({ job: NullableJob, answer: Schema.NullOr(AnswerView) })

export const OneJob = Schema.Struct({ job: NullableJob })

export const Status = Schema.Struct({
  jobs: Schema.Array(JobView),
  quarantined: Schema.Array(Quarantined),
  foreign: Schema.Array(Text).annotate({
    description: "Folders of another tool beside the jobs; they are listed and left alone"
  })
})

export const StatusOfOne = Schema.Struct({ job: JobView, directory: Text })

export const Logs = Schema.Struct({
  job: NullableJob,
  events: Schema.Array(Event),
  workerLog: Text,
  diagnostics: Text.annotate({ description: "Folder of what was kept of a failure" }),
  pictures: Schema.Array(Schema.Struct({ folder: Text, files: Schema.Array(Text) })).annotate({
    description: "What was seen when a step failed, by the folder of each time"
  })
})

export const Clean = Schema.Struct({
  removed: Schema.Array(Text),
  refused: Schema.Array(Schema.Struct({ id: Text, error: ErrorObject })),
  quarantined: Schema.Array(Text)
})

export const Search = Schema.Struct({
  matches: Schema.Array(Match),
  searched: Schema.Natural.annotate({ description: "Jobs that were looked through" })
})

export const Pack = SelectionView

const Digest = Schema.Struct({ entries: Schema.Natural, sha256: Text })

export const Demo = Schema.Struct({
  job: NullableJob,
  answer: Schema.NullOr(AnswerView),
  proof: Schema.Struct({
    proved: Schema.Boolean,
    prompt: Schema.Struct({ sent: Text, received: Schema.Array(Text) }),
    archive: Schema.Struct({ packed: Digest, received: Schema.Array(Digest) })
  }),
  left: Schema.Struct({
    hosts: Schema.Natural,
    browsers: Schema.Natural,
    profiles: Schema.Natural,
    leases: Schema.Natural,
    state: Schema.Boolean
  }),
  clean: Schema.Boolean
})
