/** Step 10: read the answer and write it durably as Markdown and plain text. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { oracleError } from "../../error/OracleError.ts"
import type { ChatPage, ExtractedAnswer } from "../../port/ChatBrowser.ts"
import { reach } from "../../port/CrashPoint.ts"
import { JobFiles } from "../../store/JobFiles.ts"
import { elapsedMs } from "../Elapsed.ts"
import type { JobRun } from "../JobRun.ts"
import { within } from "../StepLimits.ts"
import { anchorOf } from "./Send.ts"

const attempts = 3

/** How long the turn must stand as it was read: a finish bar may flash in the middle of an answer. */
const standMs = 1000
/** A turn whose text changes though nothing generates any more is taken as it is after so many readings. */
const restless = 5

const read = Effect.fnUntraced(function*(run: JobRun, page: ChatPage, nth: number) {
  const anchor = anchorOf(yield* run.job)
  const before = yield* page.probe(anchor)
  const since = yield* elapsedMs
  const answer = yield* within("extract", run.config)(page.extract(anchor))
  if (answer.markdown.trim() === "" && answer.files.length === 0) {
    return yield* oracleError("extraction_failed", "the finished turn holds neither text nor files")
  }
  yield* Effect.sleep(Math.max(0, standMs - ((yield* elapsedMs) - since)))
  const after = yield* page.probe(anchor)
  const isAtWork = after.generating || after.thinking
  return isAtWork || (after.contentKey !== before.contentKey && nth < restless) ? null : answer
})

/**
 * The answer, on disk and in the record; null when the turn went on after all, which the `nth` reading showed. An answer of
 * files alone has an empty text.
 */
export const extract = Effect.fn("JobWorker.extract")(function*(run: JobRun, page: ChatPage, nth: number) {
  yield* run.enter("extracting_response", "reading the answer")
  yield* reach("extract.before")
  const answer = yield* read(run, page, nth).pipe(
    Effect.tapError((error) => error.code === "browser_crashed" ? Effect.void : Effect.sleep(run.config.worker.pollMs)),
    Effect.retry({ times: attempts - 1, while: (error) => error.code !== "browser_crashed" })
  )
  yield* reach("extract.after")
  if (answer === null) return null
  if (!(yield* isSaved(run))) yield* save(run, answer)
  yield* reach("response.recorded")
  return answer
})

/** A whole answer that an earlier run saved is never replaced: a reading of today may show less. */
const isSaved = Effect.fnUntraced(function*(run: JobRun) {
  const { response } = yield* run.job
  if (response === null || response.partial) return false
  const files = yield* JobFiles
  const [markdown, text] = [yield* files.read(run.paths.responseMarkdown), yield* files.read(run.paths.responseText)]
  return markdown !== null && text !== null
})

const save = Effect.fnUntraced(function*(run: JobRun, answer: ExtractedAnswer) {
  const files = yield* JobFiles
  yield* files.write(run.paths.responseMarkdown, answer.markdown)
  yield* files.write(run.paths.responseText, answer.text)
  const alternative = answer.alternative
  if (alternative !== null) yield* files.write(run.paths.responseAlternative, alternative.markdown)
  yield* run.write((job) =>
    Result.succeed({
      ...job,
      response: {
        markdownPath: run.paths.responseMarkdown,
        textPath: run.paths.responseText,
        alternativePath: alternative === null ? null : run.paths.responseAlternative,
        chars: answer.text.length,
        partial: false
      }
    }), {
    durable: true,
    events: [{ source: "worker", kind: "response", message: `${answer.text.length} characters` }]
  })
})

/** Keeps the text so far of a wait that ends early. Never fails and never replaces a complete answer, or more by less. */
export const savePartial = Effect.fn("JobWorker.savePartial")(
  function*(run: JobRun, page: ChatPage) {
    const job = yield* run.job
    if (job.response !== null && !job.response.partial) return
    const files = yield* JobFiles
    const answer = yield* within("extract", run.config)(page.extract(anchorOf(job)))
    if (answer.markdown.trim() === "" || answer.text.length < (job.response?.chars ?? 0)) return
    yield* files.write(run.paths.responsePartial, answer.markdown)
    yield* run.write((job) =>
      Result.succeed({
        ...job,
        response: {
          markdownPath: run.paths.responsePartial,
          textPath: run.paths.responsePartial,
          alternativePath: null,
          chars: answer.text.length,
          partial: true
        }
      }), {
      durable: true,
      events: [{ source: "worker", kind: "response", message: `${answer.text.length} characters, partial` }]
    })
  },
  (effect) => Effect.ignore(effect)
)
