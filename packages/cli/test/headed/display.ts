/** A display of the test's own, and whether this machine can show a browser window at all. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import type { Readable } from "node:stream"

const onPath = (...names: ReadonlyArray<string>): string | undefined =>
  names.flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)))
    .find((file) => existsSync(file))

const server = onPath("Xvfb")

/** A full browser: the headless shell from npm shows no window. */
export const fullBrowser = onPath("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")

export const canShowWindows = server !== undefined && fullBrowser !== undefined

export interface Display {
  /** What programs get to find it. */
  readonly env: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** Starts an X server on a free number; it ends with `close`. */
export const openDisplay = async (): Promise<Display> => {
  const args = ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"]
  const child = spawn(server ?? "Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] })
  const numbers = child.stdio[3] as Readable
  const [number] = await once(numbers.setEncoding("utf8"), "data")
  return {
    env: { DISPLAY: `:${String(number).trim()}` },
    close: async () => {
      const gone = once(child, "exit")
      child.kill()
      await gone
    }
  }
}
