/** What `oracle watch` shows, and what a key does to it. Pure. */
import type { JobId } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import { isEnded } from "@effect-oracle/core/domain/JobPhase"
import type { Key } from "./Keys.ts"

export type View =
  | { readonly _tag: "List" }
  /** Asks before a job is cancelled. */
  | { readonly _tag: "Confirm"; readonly job: JobId }
  | { readonly _tag: "Answer"; readonly job: JobId; readonly lines: ReadonlyArray<string>; readonly top: number }

export interface WatchState {
  /** Newest first. */
  readonly jobs: ReadonlyArray<Job>
  readonly selected: JobId | null
  readonly view: View
  /** Said once at the bottom, until the next key. */
  readonly remark: string
}

export type Command =
  | { readonly _tag: "Cancel"; readonly job: Job }
  | { readonly _tag: "Read"; readonly job: Job }
  | { readonly _tag: "Open"; readonly job: Job }
  | { readonly _tag: "Quit" }

export interface Step {
  readonly state: WatchState
  readonly command?: Command
}

export const initial: WatchState = { jobs: [], selected: null, view: { _tag: "List" }, remark: "" }

/** The selection stays on its job; where that is gone, it goes to the newest. */
export const withJobs = (state: WatchState, jobs: ReadonlyArray<Job>): WatchState => ({
  ...state,
  jobs,
  selected: jobs.some(({ id }) => id === state.selected) ? state.selected : jobs[0]?.id ?? null
})

export const selectedJob = ({ jobs, selected }: WatchState): Job | undefined => jobs.find(({ id }) => id === selected)

/** `rows` is how many lines of an answer are seen at once. */
export const press = (before: WatchState, key: Key, rows: number): Step => {
  const state = { ...before, remark: "" }
  if (key === "interrupt") return { state, command: { _tag: "Quit" } }
  switch (state.view._tag) {
    case "List":
      return inList(state, key, rows)
    case "Confirm":
      return confirming(state, state.view.job, key)
    case "Answer":
      return { state: inAnswer(state, state.view, key, rows) }
  }
}

const inList = (state: WatchState, key: Key, rows: number): Step => {
  const job = selectedJob(state)
  switch (key) {
    case "up":
      return { state: moved(state, -1) }
    case "down":
      return { state: moved(state, 1) }
    case "pageUp":
      return { state: moved(state, -rows) }
    case "pageDown":
      return { state: moved(state, rows) }
    case "top":
      return { state: moved(state, -state.jobs.length) }
    case "bottom":
      return { state: moved(state, state.jobs.length) }
    case "quit":
    case "back":
      return { state, command: { _tag: "Quit" } }
    case "read":
      return job === undefined ? { state } : { state, command: { _tag: "Read", job } }
    case "open":
      if (job === undefined) return { state }
      return job.chatUrl === null
        ? { state: { ...state, remark: "this job has no conversation yet" } }
        : { state, command: { _tag: "Open", job } }
    case "cancel":
      if (job === undefined) return { state }
      return isEnded(job.phase)
        ? { state: { ...state, remark: "this job has ended" } }
        : { state: { ...state, view: { _tag: "Confirm", job: job.id } } }
    default:
      return { state }
  }
}

const confirming = (before: WatchState, id: JobId, key: Key): Step => {
  const state: WatchState = { ...before, view: { _tag: "List" } }
  const job = state.jobs.find((each) => each.id === id)
  return key === "yes" && job !== undefined
    ? { state: { ...state, remark: "cancelling" }, command: { _tag: "Cancel", job } }
    : { state: { ...state, remark: "not cancelled" } }
}

const inAnswer = (state: WatchState, view: View & { readonly _tag: "Answer" }, key: Key, rows: number): WatchState => {
  const last = Math.max(0, view.lines.length - rows)
  const to = (top: number): WatchState => ({ ...state, view: { ...view, top: Math.max(0, Math.min(last, top)) } })
  switch (key) {
    case "up":
      return to(view.top - 1)
    case "down":
      return to(view.top + 1)
    case "pageUp":
      return to(view.top - rows)
    case "pageDown":
      return to(view.top + rows)
    case "top":
      return to(0)
    case "bottom":
      return to(last)
    case "quit":
    case "back":
    case "read":
      return { ...state, view: { _tag: "List" } }
    default:
      return state
  }
}

const moved = (state: WatchState, by: number): WatchState => {
  const at = state.jobs.findIndex(({ id }) => id === state.selected)
  const next = state.jobs[Math.max(0, Math.min(state.jobs.length - 1, at + by))]
  return { ...state, selected: next?.id ?? null }
}
