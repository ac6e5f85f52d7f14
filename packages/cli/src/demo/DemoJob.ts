/** The job of the demo: sign in, pack, ask, follow. The same calls as `auth --state-file` and `ask`. */
import { AuthBootstrap } from "@effect-oracle/browser/auth/AuthBootstrap"
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { Job } from "@effect-oracle/core/domain/Job"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { Oracle, type SubmitPlan } from "@effect-oracle/core/Oracle"
import { plural } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import type * as Path from "effect/Path"
import * as Schema from "effect/Schema"
import { showPlan, withStages } from "../commands/submission.ts"
import { project } from "../input/Here.ts"
import { followJob } from "../render/FollowJob.ts"
import { Screen } from "../render/Screen.ts"

const again = "run 'oracle demo' again; 'oracle doctor' says what is missing on this machine"

export interface DemoRequest {
  readonly prompt: string
  readonly config: OracleConfig
  readonly stateFile: string
  readonly onChange: (job: Job) => void
}

/** The ended job; a job that did not complete fails with its own error. */
export const demoJob = Effect.fn("DemoJob.demoJob")(function*({ config, onChange, prompt, stateFile }: DemoRequest) {
  const screen = yield* Screen
  const bootstrap = yield* AuthBootstrap
  const oracle = yield* Oracle
  const { account } = config.defaults
  yield* screen.status("signing in")
  const seed = yield* bootstrap.fromStateFile({ site: "practice", account, config, file: stateFile })
  yield* screen.note(
    `signed in as ${sanitiseLine(seed.identity ?? "the practice user")}, from a state file of the site`
  )

  yield* screen.status("looking at the files")
  const planned = yield* planWithout([], prompt, config)
  yield* showPlan(planned)
  const job = yield* withStages((onStage) => oracle.submit(planned, onStage))
  yield* screen.note(`job: ${job.id}`)
  const ended = yield* followJob(job, onChange)
  if (ended.status !== "complete") {
    const { code, message, nextStep } = ended.error ?? { code: "internal_error", message: ended.phase, nextStep: again }
    // Nothing can be done with a job that is gone with its demo.
    const step = nextStep.includes(job.id) ? again : nextStep
    return yield* oracleError(code, `the demo's job did not complete: ${message}`, { step })
  }
  return ended
})

const SecretFacts = Schema.Struct({ secrets: Schema.Array(Schema.Struct({ path: Schema.String })) })

/** A project with a secret in it is demonstrated without the files that hold one. */
const planWithout = (
  left: ReadonlyArray<string>,
  prompt: string,
  config: OracleConfig
): Effect.Effect<SubmitPlan, OracleError, Oracle | Screen | FileSystem.FileSystem | Path.Path> =>
  Effect.gen(function*() {
    const oracle = yield* Oracle
    const screen = yield* Screen
    const files = [".", ...left.map((path) => `!${path}`)]
    const requester = { kind: "cli" } as const
    const cwd = yield* project
    return yield* oracle.plan({ prompt, files, archiveRequired: true, cwd, config, site: "practice", requester }).pipe(
      Effect.catchIf((error) => error.code === "secrets_found" && left.length === 0, (error) => {
        if (!Schema.is(SecretFacts)(error.facts)) return Effect.fail(error)
        const paths = [...new Set(error.facts.secrets.map(({ path }) => path))]
        return screen.note(`left out, as they seem to hold secrets: ${plural(paths.length, "file")}`).pipe(
          Effect.andThen(planWithout(paths, prompt, config))
        )
      })
    )
  })
