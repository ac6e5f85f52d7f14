/** What the identity of processes needs from an operating system. None of these fails: what cannot be seen is absent. */
import type * as Effect from "effect/Effect"

export interface Seen {
  /** Start time in the system's own unit; equal only for the same process. */
  readonly startTime: string
  /** Process group; null where the system has none. */
  readonly group: number | null
}

export interface Platform {
  /** The same until the machine starts again. */
  readonly bootId: Effect.Effect<string>
  /** A running process; null when there is none, also for one that has ended and waits for its parent. */
  readonly look: (pid: number) => Effect.Effect<Seen | null>
  readonly groupAlive: (group: number) => Effect.Effect<boolean>
  /** Asks to end, or ends by force; the whole group when `leader`. Absence is fine. */
  readonly signal: (pid: number, leader: boolean, force: boolean) => Effect.Effect<void>
  /** Chromium processes of this user with `--user-data-dir=<profileDir>` as one argument. */
  readonly browsersOn: (profileDir: string) => Effect.Effect<ReadonlyArray<number>>
}

/** True for the file names under which Chromium and its family run. */
export const isChromium = (executable: string): boolean =>
  /(^|[\\/])(chrom(e|ium)[^\\/]*|google[ -]chrome[^\\/]*|headless[_-]shell|msedge[^\\/]*|microsoft[ -]edge[^\\/]*|brave[^\\/]*)$/i
    .test(executable.replace(/ \(deleted\)$/, ""))
