/** What `ask` and `submit` share: from the flags to a job that a host works on, with the person's consent. */
import { AccountName } from "@effect-oracle/core/domain/Ids"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import type { SubmitPlan, SubmitStage } from "@effect-oracle/core/Oracle"
import { Oracle } from "@effect-oracle/core/Oracle"
import { count, plural, size } from "@effect-oracle/core/text/Format"
import { windowNotice } from "@effect-oracle/core/text/PhaseWords"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import type * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { confirm } from "../input/Ask.ts"
import { requireConsent } from "../input/Consent.ts"
import { here, loadConfig } from "../input/Here.ts"
import { findJobId } from "../input/JobArgument.ts"
import { readPrompt } from "../input/PromptText.ts"
import type { submissionFlags } from "../input/SubmissionFlags.ts"
import { type Picture, withLive } from "../render/Live.ts"
import { Screen } from "../render/Screen.ts"
import { entryLines, exclusionLines, secretLines, totalLine } from "../render/SelectedTable.ts"
import { stageLine } from "../render/StageLine.ts"

type Value<F> = F extends Flag.Flag<infer A> ? A : never
export type SubmissionInput = { readonly [K in keyof typeof submissionFlags]: Value<(typeof submissionFlags)[K]> }

/** Everything that can be wrong with the words of the command line, before anything is opened. */
export const readInput = Effect.fn("submission.readInput")(function*(flags: SubmissionInput) {
  const prompt = yield* readPrompt(flags)
  const account = Option.isSome(flags.account) ? yield* accountOf(flags.account.value) : undefined
  const { config } = yield* loadConfig(flags.headed ? { browser: { runMode: "headed" } } : undefined)
  return { flags, prompt, account, config }
})

export type SubmissionRequest = Effect.Success<ReturnType<typeof readInput>>

export const accountOf = (name: string) =>
  Schema.decodeEffect(AccountName)(name).pipe(
    Effect.mapError(() =>
      oracleError("invalid_option", `'${name}' is no account name: lower-case letters, digits, '-' and '_', at most 40`)
    )
  )

/** Plans, asks where a person is to be asked, archives and hands the job over. */
export const submitJob = Effect.fn("submission.submitJob")(function*(request: SubmissionRequest) {
  const oracle = yield* Oracle
  const screen = yield* Screen
  const plan = yield* agreedPlan(request).pipe(
    Effect.onInterrupt(() => Effect.andThen(screen.status(""), screen.note("\ninterrupted; nothing was sent")))
  )
  return yield* withStages((onStage) => oracle.submit(plan, onStage)).pipe(
    Effect.onInterrupt(() =>
      screen.note("\ninterrupted while the job was handed over; 'oracle status' tells whether it goes on")
    )
  )
})

const agreedPlan = Effect.fnUntraced(function*({ account, config, flags, prompt }: SubmissionRequest) {
  const oracle = yield* Oracle
  const screen = yield* Screen
  const followUp = Option.isSome(flags.followUp) ? yield* findJobId(flags.followUp.value) : undefined
  const planning = oracle.plan({
    prompt,
    files: flags.files,
    archiveRequired: true,
    cwd: yield* here,
    config,
    allowSecretFiles: flags.allowSecretFile,
    attach: flags.attach,
    temporary: flags.temporary,
    queue: flags.queue,
    requester: { kind: "cli" },
    ...(account === undefined ? {} : { account }),
    ...(followUp === undefined ? {} : { followUpJobId: followUp }),
    ...(Option.isSome(flags.site) ? { site: flags.site.value } : {}),
    ...(Option.isSome(flags.preset) ? { preset: flags.preset.value } : {}),
    ...(Option.isSome(flags.conversation) ? { conversation: flags.conversation.value } : {}),
    ...(Option.isSome(flags.format) ? { format: flags.format.value } : {})
  })
  const plan = yield* withLive(Effect.succeed({ words: "looking at the files" }), planning)
  yield* showPlan(plan, asks(plan, flags.yes, screen.interactive))
  yield* requireConsent({ site: plan.site, accepted: flags.acceptAutomation })
  yield* askToSend(plan, flags.yes)
  return plan
})

const shownEntries = 5

/** Every submission lists what leaves. */
export const showPlan = Effect.fnUntraced(function*(plan: SubmitPlan, asked = false) {
  const { account, attachments, request, secrets, selected, site } = plan
  const screen = yield* Screen
  // Who is asked sees what about, also with --quiet.
  const note = asked ? screen.alert : screen.note
  const chat = request.temporary === true ? ", in a temporary chat" : ""
  const to = `to ${site}${account === "default" ? "" : `, account ${account}`}${chat}`
  if (selected === null) yield* note(to)
  else {
    const left = selected.exclusions.length
    yield* note(`${to}: ${totalLine(selected)}${left === 0 ? "" : `; ${plural(left, "path")} left out`}`)
    const width = screen.columns - 2
    const lines = [
      ...entryLines(selected, shownEntries, width),
      ...(left === 0 ? [] : exclusionLines(selected.exclusions, shownEntries, width))
    ]
    for (const line of lines) yield* note(`  ${line}`)
  }
  for (const { entry } of attachments) {
    yield* note(`  as it is: ${sanitiseLine(entry.path)} (${size(entry.bytes)})`)
  }
  for (const line of secrets.length === 0 ? [] : secretLines(secrets)) yield* note(`  ${line}`)
  const notice = windowNotice(request.config)
  if (notice !== null) yield* note(notice)
  if (request.temporary === true) {
    yield* note(
      "The site keeps no copy: no follow-up, and the answer is lost if the browser of this job ends early."
    )
  }
})

const asks = ({ request: { config } }: SubmitPlan, yes: boolean, interactive: boolean): boolean =>
  !yes && interactive && config.submit.confirm !== "never"

const askToSend = Effect.fnUntraced(function*({ request, site }: SubmitPlan, yes: boolean) {
  const screen = yield* Screen
  const rule = request.config.submit.confirm
  if (yes || rule === "never" || (rule === "interactive" && !screen.interactive)) return
  if (!screen.interactive) {
    return yield* oracleError("submission_declined", "submit.confirm is 'always' and there is no terminal to ask at", {
      step: "pass --yes"
    })
  }
  if (!(yield* confirm(`Send the prompt (${count(request.prompt.length)} characters) and these files to ${site}?`))) {
    return yield* oracleError("submission_declined", "nothing was sent, because you said no", {
      step: "run the command again and answer yes, or pass --yes"
    })
  }
})

/** Shows how far the archive is while `work` runs. */
export const withStages = Effect.fnUntraced(
  function*<A, E, R>(work: (onStage: (stage: SubmitStage) => void) => Effect.Effect<A, E, R>) {
    const screen = yield* Screen
    let stage: SubmitStage | undefined
    let archived: number | undefined
    const picture = Effect.sync(() => stage === undefined ? { words: "preparing the archive" } : pictureOf(stage))
    const result = yield* withLive(
      picture,
      work((next) => {
        stage = next
        if (next._tag === "Archived") archived = next.bytes
      })
    )
    if (archived !== undefined) yield* screen.note(`archive: ${size(archived)}`)
    return result
  }
)

const pictureOf = (stage: SubmitStage): Picture => {
  const words = stageLine(stage)
  return stage._tag === "Archiving" && stage.totalEntries > 0
    ? { words, done: stage.entries / stage.totalEntries }
    : { words }
}
