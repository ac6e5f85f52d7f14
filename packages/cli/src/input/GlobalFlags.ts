/** The flags that every command takes, besides `--json`. */
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"

export const Quiet = GlobalFlag.Setting("quiet")({
  flag: Flag.Boolean("quiet").pipe(
    Flag.withDescription(
      "Print no progress and no remarks, only answers, questions and failures (default: print them)"
    ),
    Flag.withDefault(false)
  )
})

export const NoColor = GlobalFlag.Setting("no-color")({
  flag: Flag.Boolean("no-color").pipe(
    Flag.withDescription("Print without colours, as with NO_COLOR (default: colours at a terminal)"),
    Flag.withDefault(false)
  )
})
