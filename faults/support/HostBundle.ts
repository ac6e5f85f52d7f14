/** The test host as one file, because it starts many times and from its sources each start takes a second more. */
import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { rolldown } from "rolldown"

const root = dirname(dirname(import.meta.dirname))

export interface HostBundle {
  readonly file: string
  readonly remove: () => void
}

/** Lies below `node_modules`, where what is not bundled is found. */
export const bundleHost = async (): Promise<HostBundle> => {
  const folder = mkdtempSync(join(root, "node_modules", ".oracle-faults-"))
  const file = join(folder, "host-main.js")
  await using bundle = await rolldown({
    input: join(root, "faults/host-main.ts"),
    platform: "node",
    resolve: { conditionNames: ["oracle-source", "import", "node", "default"] },
    external: [/^node:/, /^playwright-core(\/|$)/, /^@sparticuz\/chromium(\/|$)/]
  })
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "host-main.js" })
  cpSync(join(root, "packages/cli/dist/page-script.js"), join(folder, "page-script.js"))
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
