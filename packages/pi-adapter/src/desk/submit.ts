/** `oracle_submit`: hands a question to the background and says what left. */
import { Oracle, type SubmitPlan, type SubmitStage } from "@effect-oracle/core/Oracle"
import { count, plural, size } from "@effect-oracle/core/text/Format"
import { windowNotice } from "@effect-oracle/core/text/PhaseWords"
import * as Effect from "effect/Effect"
import { Submit } from "../tools/Parameters.ts"
import * as Describe from "./Describe.ts"
import { factsOf } from "./Jobs.ts"
import { succeeded } from "./Outcome.ts"
import { agreeToAutomation, agreeToSend, type Asked } from "./Person.ts"
import type { Place } from "./Place.ts"
import { decode, plan } from "./Requests.ts"

export interface Submitting {
  readonly place: Place
  readonly person: Asked
  /** True where pi ends with the run, so that it has to wait for the job. */
  readonly ends: boolean
  /** Called with a line for each step. */
  readonly onProgress: (line: string) => void
}

export const submit = Effect.fn("oracle_submit")(function*(context: Submitting, given: unknown) {
  const oracle = yield* Oracle
  const { onProgress, person, place } = context
  const wanted = yield* decode(Submit, given)
  onProgress("looking at the files")
  const { planned } = yield* plan(place, wanted, true)
  yield* agreeToAutomation(person, planned.site)
  yield* agreeToSend(person, planned.request.config.submit.confirm, question(planned))
  const job = yield* oracle.submit(planned, (stage) => onProgress(stageLine(stage)))
  const notice = windowNotice(planned.request.config)
  const lines = [
    job.status === "queued"
      ? `job ${job.id} is queued on ${job.site}; it starts when a browser or the conversation is free`
      : `job ${job.id} runs on ${job.site} in the background`,
    ...(job.followUpToJobId === null ? [] : [`it continues the conversation of job ${job.followUpToJobId}`]),
    ...Describe.leaving(planned),
    ...(job.archive === null ? [] : [`archive: ${size(job.archive.bytes)}${pruned(job.archive.prunedPaths)}`]),
    ...(notice === null ? [] : [notice]),
    context.ends
      ? "End your turn now. This run of pi waits for the job and then goes on; do not poll."
      : "End your turn now: a reminder comes when the job has ended. Do not wait, poll, or answer in its place."
  ]
  return succeeded(lines.join("\n"), {
    summary: `${job.status === "queued" ? "queued" : "started"} ${job.id} on ${job.site}`,
    job: factsOf(job)
  })
})

const pruned = (paths: ReadonlyArray<string>): string =>
  paths.length === 0 ? "" : `; generated output was left out to fit: ${paths.join(", ")}`

const question = (planned: SubmitPlan) => ({
  title: `Send this to ${planned.site}, account ${planned.account}?`,
  message: [`prompt: ${count(planned.request.prompt.length)} characters`, ...Describe.leaving(planned)].join("\n")
})

const stageLine = (stage: SubmitStage): string => {
  switch (stage._tag) {
    case "Archiving":
      return `packing ${count(stage.entries)} of ${plural(stage.totalEntries, "file")}`
    case "Archived":
      return `packed into ${size(stage.bytes)}`
    case "StartingHost":
      return "starting the background host"
  }
}
