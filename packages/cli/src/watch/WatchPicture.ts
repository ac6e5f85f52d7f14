/** The picture of `oracle watch` as lines, each no wider than the terminal. Pure. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { isEnded } from "@effect-oracle/core/domain/JobPhase"
import { plural } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import type * as DateTime from "effect/DateTime"
import { jobLines } from "../render/JobTable.ts"
import type { Style } from "../render/Screen.ts"
import { cut } from "../render/Table.ts"
import type { Glyphs } from "../render/TerminalKind.ts"
import { selectedJob, type WatchState } from "./WatchState.ts"

export interface Frame {
  readonly columns: number
  readonly rows: number
  readonly now: DateTime.Utc
  readonly projects: boolean
  readonly title: string
  readonly glyphs: Glyphs
  readonly paint: (style: Style, text: string) => string
}

/** Lines that are not of the list or the answer: title, empty line, detail, keys. */
const frameLines = 5

export const roomFor = (rows: number): number => Math.max(1, rows - frameLines)

export const picture = (state: WatchState, frame: Frame): ReadonlyArray<string> => {
  const body = state.view._tag === "Answer" ? answerLines(state.view, frame) : listLines(state, frame)
  const room = roomFor(frame.rows)
  const filled = [...body, ...Array.from({ length: Math.max(0, room - body.length) }, () => "")]
  const title = state.view._tag === "Answer" ? `answer of ${state.view.job}` : titleOf(state, frame)
  return [frame.paint("bold", cut(title, frame.columns)), "", ...filled, ...footer(state, frame)]
}

const titleOf = ({ jobs }: WatchState, { glyphs, title }: Frame): string => {
  const open = jobs.filter(({ phase }) => !isEnded(phase)).length
  return `oracle ${glyphs.dot} ${title} ${glyphs.dot} ${open === 0 ? "nothing runs" : `${plural(open, "job")} open`}`
}

const listLines = (state: WatchState, frame: Frame): ReadonlyArray<string> => {
  const { columns, glyphs, now, paint, projects } = frame
  if (state.jobs.length === 0) return ["no jobs yet; 'oracle ask --help' shows how to begin"]
  const [head = "", ...rows] = jobLines({ jobs: state.jobs, quarantined: [] }, now, { projects, columns: columns - 2 })
  const room = roomFor(frame.rows) - 1
  const at = Math.max(0, state.jobs.findIndex(({ id }) => id === state.selected))
  const top = Math.max(0, Math.min(at - Math.floor(room / 2), rows.length - room))
  return [
    paint("dim", `  ${cut(head, columns - 2)}`),
    ...rows.slice(top, top + room).map((row, index) => {
      const job = state.jobs[top + index]
      const text = cut(row, columns - 2)
      if (top + index === at) return paint("bold", `${glyphs.pointer} ${text}`)
      return `  ${job === undefined ? text : coloured(job, text, paint)}`
    })
  ]
}

const coloured = ({ blocked, phase, status }: Job, text: string, paint: Frame["paint"]): string => {
  if (blocked !== null) return paint("yellow", text)
  if (status === "failed") return paint("red", text)
  return isEnded(phase) ? paint("dim", text) : text
}

const answerLines = (view: { readonly lines: ReadonlyArray<string>; readonly top: number }, { rows }: Frame) =>
  view.lines.slice(view.top, view.top + roomFor(rows))

const footer = (state: WatchState, { columns, glyphs, paint, rows }: Frame): ReadonlyArray<string> => {
  const job = selectedJob(state)
  if (state.view._tag === "Confirm") {
    return ["", paint("yellow", cut(`Cancel job ${state.view.job}? y cancels it, any other key does not`, columns)), ""]
  }
  if (state.view._tag === "Answer") {
    const { lines, top } = state.view
    const last = Math.min(lines.length, top + roomFor(rows))
    const place = `lines ${Math.min(top + 1, last)} to ${last} of ${lines.length}`
    return ["", paint("dim", cut(place, columns)), paint("dim", cut(`up/down  space  g/G  q back`, columns))]
  }
  const detail = state.remark !== ""
    ? state.remark
    : job === undefined
    ? ""
    : job.chatUrl ?? `${job.site} ${glyphs.dot} asked in ${job.projectId}`
  return [
    "",
    cut(sanitiseLine(detail), columns),
    paint("dim", cut("up/down select  r read  o open the conversation  c cancel  q quit", columns))
  ]
}
