/** `--json`, which every command takes. */
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"

export const Json = GlobalFlag.Setting("json")({
  flag: Flag.Boolean("json").pipe(
    Flag.withDescription("Print one JSON object on standard output (default: text for people)"),
    Flag.withDefault(false)
  )
})

/** The keys that the JSON of a command has even when it fails, so that a reader never meets a missing one. */
export const shapeOf = (command: string): Readonly<Record<string, unknown>> => {
  switch (command) {
    case "ask":
    case "wait":
    case "read":
      return { job: null, answer: null }
    case "submit":
    case "cancel":
    case "resume":
    case "logs":
      return { job: null }
    case "clean":
      return { removed: [], refused: [], quarantined: [] }
    default:
      return {}
  }
}
