/** How far a submission is, in a line. */
import type { SubmitStage } from "@effect-oracle/core/Oracle"
import { count, plural, size } from "@effect-oracle/core/text/Format"

export const stageLine = (stage: SubmitStage): string => {
  switch (stage._tag) {
    case "Archiving":
      return `packing ${count(stage.entries)} of ${plural(stage.totalEntries, "file")} (${size(stage.bytes)})`
    case "Archived":
      return `packed into ${size(stage.bytes)}`
    case "StartingHost":
      return "starting the background host"
  }
}
