/** `oracle read`: prints the answer of an ended job again. */
import { Oracle } from "@effect-oracle/core/Oracle"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { sanitise } from "@effect-oracle/core/text/Sanitise"
import { readerOf } from "@effect-oracle/core/wakeup/Reminder"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { withOracle } from "../graph/withOracle.ts"
import { findJobOrNewest, jobArgument } from "../input/JobArgument.ts"
import { Json } from "../input/Json.ts"
import { exitOfView, explain, Reported } from "../render/Failure.ts"
import { answerView, jobView } from "../render/JobView.ts"
import { errorOf, showPlaces } from "../render/Outcome.ts"
import { Screen } from "../render/Screen.ts"
import { showAnswer } from "../render/ShowAnswer.ts"

export const read = Command.make("read", {
  job: jobArgument.pipe(
    Argument.withDescription("Id of the job (default: the newest of this project)"),
    Argument.optional
  ),
  format: Flag.Literals("format", ["markdown", "text", "json"]).pipe(
    Flag.withDescription("How to print it (default: rendered at a terminal, else Markdown)"),
    Flag.optional
  )
}).pipe(
  Command.withDescription(
    "Print the answer of an ended job, also what was saved of one that failed. Where nothing was saved it says how the job ended, and exits as 'oracle wait' does."
  ),
  Command.withShortDescription("Print the answer of an ended job"),
  Command.withExamples([
    { command: "oracle read", description: "Answer of the newest job of this project" },
    { command: "oracle read 4f2a91c07e33 --format markdown > answer.md", description: "Keep the answer of this job" },
    { command: "oracle read 4f2a91c07e33 --json", description: "Answer and files as {job, answer, error}" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.read")(function*({ format, job }) {
      const chosen = Option.getOrUndefined(format)
      const json = (yield* Json) || chosen === "json"
      yield* withOracle(Effect.gen(function*() {
        const oracle = yield* Oracle
        const screen = yield* Screen
        const dirs = yield* StateDirs
        const answer = yield* oracle.read(yield* findJobOrNewest(job), readerOf("cli"))
        const error = errorOf(answer.job)
        if (error !== null && answer.job.response === null) {
          yield* json ? screen.json({ job: jobView(answer.job), answer: null, error }) : explain(error)
          return yield* new Reported({ exit: exitOfView(error) })
        }
        if (json) {
          const folder = dirs.job(answer.job.id).artifacts
          return yield* screen.json({ job: jobView(answer.job), answer: answerView(answer, folder), error })
        }
        yield* chosen === undefined
          ? showAnswer(answer.markdown)
          : screen.print(sanitise(chosen === "text" ? answer.text : answer.markdown))
        yield* showPlaces(answer)
        if (error !== null) yield* explain(error)
      }))
    })
  )
)
