/** The commands, in the order in which help lists them. */
import { ask } from "./ask.ts"
import { auth } from "./auth.ts"
import { bugReport } from "./bug-report.ts"
import { cancel } from "./cancel.ts"
import { clean } from "./clean.ts"
import { config } from "./config.ts"
import { demo } from "./demo.ts"
import { doctor } from "./doctor.ts"
import { host } from "./host.ts"
import { logs } from "./logs.ts"
import { mcp } from "./mcp.ts"
import { pack } from "./pack.ts"
import { practice } from "./practice.ts"
import { read } from "./read.ts"
import { resume } from "./resume.ts"
import { search } from "./search.ts"
import { status } from "./status.ts"
import { submit } from "./submit.ts"
import { wait } from "./wait.ts"
import { watch } from "./watch.ts"

export const subcommands = [
  ask,
  submit,
  status,
  read,
  search,
  wait,
  watch,
  cancel,
  resume,
  clean,
  logs,
  pack,
  auth,
  doctor,
  bugReport,
  config,
  host,
  mcp,
  practice,
  demo
] as const
