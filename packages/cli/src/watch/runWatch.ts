/** `oracle watch` at a terminal: keys and changes of the store go in, pictures come out. */
import type { ProjectId } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import { Oracle } from "@effect-oracle/core/Oracle"
import { sanitise } from "@effect-oracle/core/text/Sanitise"
import { readerOf } from "@effect-oracle/core/wakeup/Reminder"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { cancelOutcome } from "../render/CancelOutcome.ts"
import { renderMarkdown } from "../render/markdown/renderMarkdown.ts"
import { Screen } from "../render/Screen.ts"
import { hardWrap } from "./hardWrap.ts"
import { jobsOf } from "./jobsOf.ts"
import { openAddress } from "./openAddress.ts"
import { type Input, type TerminalView, terminalView } from "./TerminalView.ts"
import { picture, roomFor } from "./WatchPicture.ts"
import { type Command, initial, press, type WatchState, withJobs } from "./WatchState.ts"

export interface WatchRequest {
  /** Null watches every project. */
  readonly projectId: ProjectId | null
}

type Event =
  | Input
  | { readonly _tag: "Tick" }
  | { readonly _tag: "Jobs"; readonly jobs: ReadonlyArray<Job> }
  /** Something that a command found out. */
  | { readonly _tag: "Change"; readonly change: (state: WatchState) => WatchState }
  | { readonly _tag: "Failed"; readonly error: OracleError }

export const runWatch = Effect.fn("runWatch")(
  function*({ projectId }: WatchRequest) {
    const screen = yield* Screen
    const view = yield* terminalView
    const events = yield* Queue.unbounded<Event>()
    const offer = (event: Event) => Queue.offer(events, event)
    yield* Effect.forkScoped(Effect.forever(Effect.flatMap(Queue.take(view.inputs), offer)))
    yield* Effect.forkScoped(Effect.repeat(offer({ _tag: "Tick" }), Schedule.spaced("1 second")))
    yield* Effect.forkScoped(
      Stream.runForEach(jobsOf(projectId), (jobs) => offer({ _tag: "Jobs", jobs })).pipe(
        Effect.catch((error) => offer({ _tag: "Failed", error }))
      )
    )
    let state = initial
    let loaded = false
    while (true) {
      const { columns, rows } = view.size()
      const now = yield* DateTime.now
      const { glyphs, styleOut: paint } = screen
      const title = projectId ?? "all projects"
      const frame = { columns, rows, now, projects: projectId === null, title, glyphs, paint }
      yield* view.draw(loaded ? picture(state, frame) : ["looking at the jobs"])
      const event = yield* Queue.take(events)
      if (event._tag === "Failed") return yield* event.error
      if (event._tag === "Jobs") {
        state = withJobs(state, event.jobs)
        loaded = true
      } else if (event._tag === "Change") state = event.change(state)
      else if (event._tag === "Key") {
        const { command, state: next } = press(state, event.key, roomFor(rows))
        state = next
        if (command?._tag === "Quit") return
        if (command !== undefined) {
          yield* Effect.forkScoped(Effect.flatMap(obey(command, view), (change) => offer({ _tag: "Change", change })))
        }
      }
    }
  },
  Effect.scoped
)

const saying = (remark: string) => (state: WatchState): WatchState => ({ ...state, remark })

/** Does what a key asked for; a failure is said in the last line. */
const obey = (command: Exclude<Command, { readonly _tag: "Quit" }>, view: TerminalView) =>
  Effect.gen(function*() {
    const oracle = yield* Oracle
    const { job } = command
    switch (command._tag) {
      case "Cancel":
        return saying(cancelOutcome(yield* oracle.cancel(job.id, "cancelled by the user")))
      case "Open":
        return saying(
          (yield* openAddress(job.chatUrl ?? "")) ? `opened ${job.chatUrl}` : `open it yourself: ${job.chatUrl}`
        )
      case "Read": {
        const { glyphs, styleOut: paint } = yield* Screen
        const { markdown } = yield* oracle.read(job.id, readerOf("cli"))
        const text = markdown === "" ? "there is no answer" : sanitise(markdown)
        const width = view.size().columns
        const lines = renderMarkdown(text, { width, paint, glyphs }).split("\n").flatMap((line) =>
          hardWrap(line, width)
        )
        return (state: WatchState): WatchState => ({ ...state, view: { _tag: "Answer", job: job.id, lines, top: 0 } })
      }
    }
  }).pipe(Effect.catch(({ message }) => Effect.succeed(saying(sanitise(message)))))
