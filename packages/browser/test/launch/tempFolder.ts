/** What browsers leave in the system's temporary folder. */
import { readdirSync } from "node:fs"
import { tmpdir } from "node:os"

const ofBrowsers = (): ReadonlyArray<string> =>
  readdirSync(tmpdir()).filter((name) => /chrom|playwright|singleton|oracle-t-/i.test(name))

/** Takes note of what is there now; the answer tells what came since. */
export const watchTempFolder = (): () => ReadonlyArray<string> => {
  const before = new Set(ofBrowsers())
  return () => ofBrowsers().filter((name) => !before.has(name))
}
