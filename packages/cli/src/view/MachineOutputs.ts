/** What `--json` prints of the commands that look at this machine. `error` is left out here: every object carries it. */
import { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { SiteName } from "@effect-oracle/core/domain/Ids"
import { PageState } from "@effect-oracle/core/page/PageState"
import * as Schema from "effect/Schema"
import { CheckView } from "./CheckView.ts"
import { ErrorObject, Moment } from "./JobView.ts"

const Text = Schema.String
const Count = Schema.Natural
const NullableText = Schema.NullOr(Text)
const NullableMoment = Schema.NullOr(Moment)

const seed = {
  site: SiteName,
  account: Text,
  directory: Text,
  generation: Count.annotate({ description: "Rises with each sign-in" }),
  revision: Schema.optionalKey(Count.annotate({ description: "Rises when rotated cookies are kept" })),
  createdAt: Moment,
  identity: NullableText.annotate({ description: "Masked name of the account" })
}

const Seed = Schema.Struct({ ...seed, sessionExpiresAt: NullableMoment })

export const Auth = Schema.Struct({
  seed: Seed,
  jobs: Schema.Struct({ waiting: Schema.Array(Text), failed: Schema.Array(Text) })
})

const SeedReport = Schema.Struct({
  site: SiteName,
  account: Text,
  usable: Schema.Boolean.annotate({ description: "False: 'error' says why" }),
  identity: NullableText,
  generation: Schema.NullOr(Count),
  revision: Schema.NullOr(Count),
  createdAt: NullableMoment,
  sessionExpiresAt: NullableMoment,
  lastSuccess: NullableMoment.annotate({ description: "When a job last used it with success" }),
  hasPrevious: Schema.Boolean.annotate({ description: "'oracle auth rollback' has something to go back to" }),
  error: Schema.NullOr(ErrorObject)
}).annotate({ identifier: "Seed", description: "A signed-in profile" })

export const AuthStatus = Schema.Struct({ seeds: Schema.Array(SeedReport) })

export const AuthExport = Schema.Struct({ file: Text, cookies: Count })

export const AuthRollback = Schema.Struct({ seed: Seed })

export const Doctor = Schema.Struct({
  ok: Schema.Boolean.annotate({ description: "False when a check failed; then the exit code is 3" }),
  checks: Schema.Array(CheckView)
})

const PartReport = Schema.Struct({
  part: Text.annotate({ description: "Its name in the site definition, under 'selectors'" }),
  found: Schema.Boolean,
  alternative: Schema.NullOr(Count).annotate({
    description: "Which of the definition's alternatives found it, from 1; null: only its words or its place did"
  }),
  alternatives: Count,
  selector: NullableText,
  name: Text,
  count: Count
}).annotate({ identifier: "PartOfPage", description: "A part of the site's page" })

export const DoctorSite = Schema.Struct({
  ...Doctor.fields,
  state: Schema.NullOr(PageState).annotate({ description: "What the page is, and why; null when it was not reached" }),
  url: NullableText,
  screenshot: NullableText,
  parts: Schema.Array(PartReport)
})

export const Config = Schema.Struct({
  config: Schema.toEncoded(OracleConfig).annotate({
    identifier: "Configuration",
    description: "Every key with its value; config.md and 'oracle config schema' describe them"
  }),
  origins: Schema.Record(Text, Text).annotate({ description: "Where each value comes from" }),
  files: Schema.Array(Text)
})

const HostExit = Schema.Struct({
  pid: Count,
  startedAt: Moment,
  endedAt: Moment,
  reason: NullableText,
  code: Schema.NullOr(Schema.Int),
  signal: NullableText,
  rapid: Schema.Boolean,
  text: Text
}).annotate({ identifier: "HostExit", description: "How a host ended" })

export const HostStatus = Schema.Struct({
  running: Schema.Boolean,
  pid: Schema.NullOr(Count),
  epoch: Schema.NullOr(Count),
  version: NullableText,
  startedAt: NullableMoment,
  heartbeatAt: NullableMoment,
  responsive: Schema.Boolean,
  ending: Schema.Boolean,
  exits: Schema.Array(HostExit),
  openJobs: Count,
  log: Text,
  logTail: Schema.Array(Text)
})

export const HostStop = Schema.Struct({ stopped: Schema.Boolean, pid: Schema.NullOr(Count) })

export const HostRun = Schema.Struct({ end: Schema.Literals(["busy", "idle", "drained", "lost"]) })

export const HostInstall = Schema.Struct({
  manager: Schema.Literals(["systemd", "launchd"]),
  file: Text,
  content: Text,
  command: Text,
  installed: Schema.Boolean,
  enabled: Schema.Boolean
})

export const HostUninstall = Schema.Struct({
  manager: Schema.Literals(["systemd", "launchd"]),
  file: Text,
  removed: Schema.Boolean,
  released: Schema.Boolean
})

export const Practice = Schema.Struct({
  url: Text,
  user: Schema.Struct({ email: Text, password: Schema.optionalKey(Text) }),
  stateFile: Text
})

export const PracticeScenarios = Schema.Struct({
  scenarios: Schema.Array(Schema.Struct({ name: Text, about: Text }))
})

export const BugReport = Schema.Struct({ report: Text.annotate({ description: "Markdown, redacted" }) })
