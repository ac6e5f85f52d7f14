/** A next step of the error table as an agent takes it: by tool and argument where there is one. Pure. */
import { flagsAsArguments } from "@effect-oracle/core/text/ToolArguments"

const tools: Readonly<Record<string, string>> = {
  cancel: "oracle_cancel",
  pack: "oracle_pack",
  read: "oracle_read",
  status: "oracle_list",
  wait: "oracle_wait"
}

const commands = /(?:\brun )?'oracle (cancel|pack|read|status|wait)(?: ([0-9a-f-]{36}|<job>))?'/g

/** What only a person can do at a terminal, such as `oracle auth`, stays as it is. */
export const stepInMcp = (step: string): string =>
  flagsAsArguments(step).replaceAll(
    commands,
    (found, command: string, job?: string) =>
      `${found.startsWith("run ") ? "call " : ""}${tools[command] ?? command}${
        job === undefined ? "" : ` with jobId ${job}`
      }`
  )
