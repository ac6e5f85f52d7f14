// @effect-diagnostics nodeBuiltinImport:off
/** Where browsers are installed on each platform, in the order in which they are preferred. Only paths, no access. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { posix, win32 } from "node:path"
import type { Surroundings } from "./Surroundings.ts"

export type Channel = NonNullable<OracleConfig["browser"]["channel"]>

interface Candidate {
  readonly channel: Channel
  readonly path: string
}

const linuxNames: ReadonlyArray<readonly [Channel, ReadonlyArray<string>]> = [
  ["chrome", ["google-chrome-stable", "google-chrome"]],
  ["chromium", ["chromium", "chromium-browser"]],
  ["msedge", ["microsoft-edge-stable", "microsoft-edge"]],
  ["chrome-beta", ["google-chrome-beta"]]
]

const linux = (machine: Surroundings): ReadonlyArray<Candidate> => {
  const folders = (machine.env["PATH"] ?? "").split(":").filter((folder) =>
    posix.isAbsolute(folder) && folder !== "/snap/bin"
  )
  return [
    { channel: "chrome", path: "/opt/google/chrome/chrome" },
    ...linuxNames.flatMap(([channel, names]) =>
      names.flatMap((name) => folders.map((folder) => ({ channel, path: posix.join(folder, name) })))
    ),
    { channel: "msedge", path: "/opt/microsoft/msedge/msedge" },
    { channel: "chrome-beta", path: "/opt/google/chrome-beta/chrome" }
  ]
}

const macApps: ReadonlyArray<readonly [Channel, string]> = [
  ["chrome", "Google Chrome"],
  ["chromium", "Chromium"],
  ["msedge", "Microsoft Edge"],
  ["chrome-beta", "Google Chrome Beta"]
]

const mac = (machine: Surroundings): ReadonlyArray<Candidate> =>
  macApps.flatMap(([channel, app]) =>
    ["/Applications", posix.join(machine.home, "Applications")].map((folder) => ({
      channel,
      path: posix.join(folder, `${app}.app`, "Contents", "MacOS", app)
    }))
  )

const windowsApps: ReadonlyArray<readonly [Channel, string]> = [
  ["chrome", "Google\\Chrome\\Application\\chrome.exe"],
  ["chromium", "Chromium\\Application\\chrome.exe"],
  ["msedge", "Microsoft\\Edge\\Application\\msedge.exe"],
  ["chrome-beta", "Google\\Chrome Beta\\Application\\chrome.exe"]
]

const windows = (machine: Surroundings): ReadonlyArray<Candidate> =>
  windowsApps.flatMap(([channel, app]) =>
    ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => {
      const folder = machine.env[name]
      return folder === undefined || folder === "" ? [] : [{ channel, path: win32.join(folder, app) }]
    })
  )

/** Every place of this platform, best first; with a channel only those of the channel. */
export const installedCandidates = (machine: Surroundings, channel?: Channel): ReadonlyArray<string> => {
  const all = machine.platform === "darwin"
    ? mac(machine)
    : machine.platform === "win32"
    ? windows(machine)
    : linux(machine)
  return all.filter((candidate) => channel === undefined || candidate.channel === channel).map(({ path }) => path)
}

/** The snap: it works only where its confinement can reach the profile folder, so it is the last resort. */
export const snapChromium = "/snap/bin/chromium"
