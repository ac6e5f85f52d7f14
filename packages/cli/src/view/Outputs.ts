/** Every object that a command prints with `--json`, by the command: docs, schema file and tests are made from this. */
import * as Schema from "effect/Schema"
import * as Jobs from "./JobOutputs.ts"
import { ErrorObject } from "./JobView.ts"
import * as Machine from "./MachineOutputs.ts"

type Fields = Schema.Struct.Fields

export interface Output {
  /** Name of the object in docs and schema file. */
  readonly name: string
  /** As the command is typed; several where they print the same. */
  readonly commands: ReadonlyArray<string>
  /** When the command prints this one, where it prints several. */
  readonly when?: string
  readonly fields: Fields
  /** These are there, null or empty, also when the command fails. */
  readonly onFailure: ReadonlyArray<string>
}

const output = (
  name: string,
  commands: ReadonlyArray<string>,
  { fields }: { readonly fields: Fields },
  more: { readonly onFailure?: ReadonlyArray<string>; readonly when?: string } = {}
): Output => ({ name, commands, fields, onFailure: more.onFailure ?? [], ...(more.when && { when: more.when }) })

export const outputs: ReadonlyArray<Output> = [
  output("Answered", ["ask", "wait", "read"], Jobs.Answered, { onFailure: ["job", "answer"] }),
  output("OneJob", ["submit", "cancel", "resume"], Jobs.OneJob, { onFailure: ["job"] }),
  output("Status", ["status"], Jobs.Status, { when: "without a job" }),
  output("StatusOfOne", ["status"], Jobs.StatusOfOne, { when: "with a job" }),
  output("Logs", ["logs"], Jobs.Logs, { onFailure: ["job"] }),
  output("Search", ["search"], Jobs.Search),
  output("Clean", ["clean"], Jobs.Clean, { onFailure: ["removed", "refused", "quarantined"] }),
  output("Pack", ["pack"], Jobs.Pack),
  output("Auth", ["auth"], Machine.Auth),
  output("AuthStatus", ["auth status"], Machine.AuthStatus),
  output("AuthExport", ["auth export"], Machine.AuthExport),
  output("AuthRollback", ["auth rollback"], Machine.AuthRollback),
  output("Doctor", ["doctor"], Machine.Doctor, { when: "without '--site'" }),
  output("DoctorSite", ["doctor"], Machine.DoctorSite, { when: "with '--site'" }),
  output("BugReport", ["bug-report"], Machine.BugReport),
  output("Config", ["config show"], Machine.Config),
  output("HostStatus", ["host status"], Machine.HostStatus),
  output("HostStop", ["host stop"], Machine.HostStop),
  output("HostRun", ["host run"], Machine.HostRun),
  output("HostInstall", ["host install"], Machine.HostInstall),
  output("HostUninstall", ["host uninstall"], Machine.HostUninstall),
  output("Practice", ["practice"], Machine.Practice, { when: "without '--scenario list'" }),
  output("PracticeScenarios", ["practice"], Machine.PracticeScenarios, { when: "with '--scenario list'" }),
  output("Demo", ["demo"], Jobs.Demo)
]

/** The object of a command that did what it was asked; `error` is null, or that of the job. */
export const successOf = ({ fields }: Output) => Schema.Struct({ ...fields, error: Schema.NullOr(ErrorObject) })

/** The object of a command that failed before it had anything else to say. */
export const failureOf = ({ fields, onFailure }: Output) =>
  Schema.Struct({
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => onFailure.includes(name))),
    error: ErrorObject
  })
