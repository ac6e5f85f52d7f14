/** Every entry, and how many there must be of each list. */
import type { Entry } from "./Entry.ts"
import { modelAndAuth } from "./modelAndAuth.ts"
import { provenDefects } from "./provenDefects.ts"
import { secondCapture } from "./secondCapture.ts"
import { secondModelAndSite } from "./secondModelAndSite.ts"
import { secondProcess } from "./secondProcess.ts"
import { sendToWakeUp } from "./sendToWakeUp.ts"
import { surfacesAndArchive } from "./surfacesAndArchive.ts"

export const regressions: ReadonlyArray<Entry> = [
  ...surfacesAndArchive,
  ...modelAndAuth,
  ...sendToWakeUp,
  ...provenDefects,
  ...secondCapture,
  ...secondModelAndSite,
  ...secondProcess
]

/** Prefix of the identifiers and number of entries: P and PD of the first tool, S and SD of the second. */
export const lists = { P: 85, PD: 14, S: 111, SD: 9 } as const
