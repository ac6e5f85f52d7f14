/** What test hosts and their clients agree on. */
import type { HostEntry } from "@effect-oracle/core/node/HostSpawn"

export const hostVersion = "1.0.0"

/** Written into the state directory at the moment of the kill: there is one for each state directory. */
export const crashMark = "crashed.json"

export interface Kill {
  /** A crash point, with `:n` for its n-th time. */
  readonly at: string
  readonly kill: "host" | "browser" | "page"
  /** The job cannot read the history of its account: the only case in which it may end without knowing what was sent. */
  readonly unreadable?: true
}

/** The bundled test host; `lookMs` shortens the pauses after which absence is believed. */
export const entryOf = (file: string, options: { readonly kill?: Kill; readonly lookMs?: number }): HostEntry => ({
  file,
  execArgv: [],
  args: [
    ...(options.kill === undefined ? [] : ["--at", options.kill.at, "--kill", options.kill.kill]),
    ...(options.lookMs === undefined ? [] : ["--look-ms", String(options.lookMs)])
  ],
  startMs: 15_000,
  version: hostVersion
})
