/** Decides from readings of one turn whether its answer is finished. Pure; silence alone never finishes an answer. */
import type { TurnProbe } from "./TurnProbe.ts"

export type TurnVerdict =
  /** Read again after `nextMs`. */
  | {
    readonly _tag: "Wait"
    readonly stage: "thinking" | "answering" | "idle"
    readonly chars: number
    readonly nextMs: number
  }
  /** The site offers to continue a cut answer. */
  | { readonly _tag: "Continue" }
  | { readonly _tag: "Finished" }
  /** The turn itself failed; what it holds so far stays readable. */
  | { readonly _tag: "Failed" }

interface Controls {
  readonly composerKey: string | undefined
  readonly trailing: number
}

interface Run {
  readonly key: string
  readonly since: number
  readonly readings: number
  /** What the controls say besides, and since when they say it: controls may flash in the middle of a run. */
  readonly shown: string
  readonly shownSince: number
}

export interface TurnState {
  /** The site was seen at work on this turn. */
  readonly worked: boolean
  /** The stop control of this page is known: it was seen, so that its absence means something. */
  readonly stopSeen: boolean
  readonly thought: boolean
  /** Most characters that the turn was seen with; null before the first reading of an answer. */
  readonly chars: number | null
  /** The answer was seen growing, whether or not anything else showed that the site was at work. */
  readonly grew: boolean
  /** Controls of the page at the last moment of which later growth proved that the site was at work. */
  readonly busyControls: Controls | null
  /** Text and controls of the last reading of an answer. */
  readonly last: Controls & { readonly contentKey: string } | null
  /** The current run of equal, quiet readings; null when the last reading was not quiet. */
  readonly run: Run | null
}

export const initial: TurnState = {
  worked: false,
  stopSeen: false,
  thought: false,
  chars: null,
  grew: false,
  busyControls: null,
  last: null,
  run: null
}

const thinkingPollMs = 500
const answeringPollMs = 250
const nearPollMs = 150
const minReadings = 3

type Signal = "failed" | "continue" | "bar" | "quoted" | "ended" | "stood" | "none"

/** What a reading that is not busy claims about the end of the turn. */
const signalOf = (state: TurnState, probe: TurnProbe): Signal => {
  if (!probe.userTurnFound && !probe.answerFound) return "none"
  if (probe.failed) return "failed"
  if (!probe.answerFound) return "none"
  if (probe.continueOffered) return "continue"
  if (probe.chars === 0 && probe.files === 0) {
    return probe.finishControls && probe.placeholder === true ? "quoted" : "none"
  }
  if (probe.finishControls) return "bar"
  if (state.worked) return "ended"
  return probe.responseEnded === true || state.grew ? "stood" : "none"
}

/** The composer looks other than while the site was at work; one that is out of sight says nothing. */
const composerLeft = ({ busyControls }: TurnState, { composerKey = "" }: TurnProbe): boolean => {
  const { composerKey: busy = "" } = busyControls ?? {}
  return busy !== "" && composerKey !== "" && composerKey !== busy
}

/** Controls came behind the answer that were not there while the site was at work, as they do when a turn is over. */
const controlsCame = ({ busyControls }: TurnState, { trailing = 0 }: TurnProbe): boolean =>
  busyControls !== null && trailing > busyControls.trailing

/** Longer than answers stall: a stall may come with a new control behind the text and another look of the composer. */
const unknownEndMs = 15_000

/** How long equal readings must last before the signal is believed for itself. */
const settleMs = (state: TurnState, probe: TurnProbe, signal: Signal): number => {
  switch (signal) {
    case "failed":
    case "continue":
      return 400
    case "bar":
      if (!state.worked) return 1000
      return state.thought && probe.chars < 80 && probe.files === 0 ? 1500 : 450
    case "quoted":
      return 120_000
    case "ended":
      return state.stopSeen && probe.files > 0 ? 5000 : 20_000
    case "stood":
      return 60_000
    case "none":
      return Number.POSITIVE_INFINITY
  }
}

/**
 * How long controls that nobody knows must stand to be believed sooner. What came behind the text alone may be a phase of
 * tools or thought, while the composer looks the same and no stop control is known.
 */
const shownMs = (state: TurnState, probe: TurnProbe, signal: Signal): number => {
  if (signal !== "ended" && signal !== "stood") return Number.POSITIVE_INFINITY
  const came = controlsCame(state, probe)
  if (came && state.stopSeen) return 3000
  if (!composerLeft(state, probe)) return Number.POSITIVE_INFINITY
  return came ? unknownEndMs : 30_000
}

const verdictOf = (signal: Signal): TurnVerdict => {
  if (signal === "failed") return { _tag: "Failed" }
  return signal === "continue" ? { _tag: "Continue" } : { _tag: "Finished" }
}

const wait = (probe: TurnProbe, nextMs: number): TurnVerdict => {
  const busy = probe.generating || probe.thinking
  const stage = probe.thinking || (busy && probe.chars === 0) ? "thinking" : busy ? "answering" : "idle"
  return { _tag: "Wait", stage, chars: probe.chars, nextMs }
}

const busyPollMs = (probe: TurnProbe): number =>
  probe.chars > 0 || probe.finishControls ? answeringPollMs : thinkingPollMs

const withReading = (before: TurnState, probe: TurnProbe): TurnState => {
  const { composerKey, contentKey, trailing = 0 } = probe
  const changed = before.last !== null && before.last.contentKey !== contentKey
  return {
    ...before,
    chars: Math.max(before.chars ?? 0, probe.chars),
    grew: before.grew || (before.chars !== null && probe.chars > before.chars),
    busyControls: changed ? before.last : before.busyControls,
    last: { composerKey, trailing, contentKey }
  }
}

const runOf = (state: TurnState, probe: TurnProbe, signal: Signal, nowMs: number): Run => {
  const key = `${signal} ${probe.answerTurnId ?? ""} ${probe.contentKey}`
  const shown = `${composerLeft(state, probe)} ${controlsCame(state, probe)}`
  const { run } = state
  if (run === null || run.key !== key || nowMs < run.since) {
    return { key, since: nowMs, readings: 1, shown, shownSince: nowMs }
  }
  return { ...run, readings: run.readings + 1, shown, shownSince: run.shown === shown ? run.shownSince : nowMs }
}

/** Takes one reading. After `Continue` the caller starts again from `initial`. */
export const step = (
  before: TurnState,
  probe: TurnProbe,
  nowMs: number
): { readonly state: TurnState; readonly verdict: TurnVerdict } => {
  const state = probe.answerFound ? withReading(before, probe) : before
  if (probe.generating || (probe.thinking && !probe.failed)) {
    const busyControls = { composerKey: probe.composerKey, trailing: probe.trailing ?? 0 }
    return {
      state: {
        ...state,
        busyControls,
        worked: true,
        stopSeen: state.stopSeen || probe.generating,
        thought: state.thought || probe.thinking,
        run: null
      },
      verdict: wait(probe, busyPollMs(probe))
    }
  }
  const signal = signalOf(state, probe)
  const run = runOf(state, probe, signal, nowMs)
  const next = { ...state, run }
  const believed = nowMs - run.since >= settleMs(state, probe, signal)
    || nowMs - run.shownSince >= shownMs(state, probe, signal)
  return run.readings >= minReadings && believed
    ? { state: next, verdict: verdictOf(signal) }
    : { state: next, verdict: wait(probe, signal === "none" || signal === "ended" ? answeringPollMs : nearPollMs) }
}
