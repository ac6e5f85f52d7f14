/** Bundles the page script, the CLI and the host into `packages/cli/dist`, so that a checkout and the package run the same files. */
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { rolldown } from "rolldown"

const root = dirname(import.meta.dirname)
const at = (...parts: ReadonlyArray<string>) => join(root, ...parts)

const pageEntry = at("packages/browser/src/page-script/entry.ts")
if (existsSync(pageEntry)) {
  const bundle = await rolldown({ input: pageEntry, platform: "browser" })
  await bundle.write({
    file: at("packages/browser/dist/page-script.js"),
    format: "iife",
    name: "oraclePage"
  })
}
