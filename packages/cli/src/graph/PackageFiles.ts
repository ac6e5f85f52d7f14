/** Files that are shipped beside the code: found from the bundle and from the sources of a checkout alike. */
// @effect-diagnostics nodeBuiltinImport:off
import type { HostEntry } from "@effect-oracle/core/node/HostSpawn"
import * as Schema from "effect/Schema"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const bundled = import.meta.url.endsWith(".js")

/** Folder of this package, with a slash at its end. */
const packageRoot = (): URL => {
  for (let folder = new URL("./", import.meta.url);; folder = new URL("../", folder)) {
    if (existsSync(new URL("package.json", folder)) || folder.pathname === "/") return folder
  }
}

const Manifest = Schema.fromJsonString(Schema.Struct({ version: Schema.String }))

/** Version of this package. */
export const version = (): string =>
  Schema.decodeSync(Manifest)(readFileSync(new URL("package.json", packageRoot()), "utf8")).version

/** Entry of the host process, and what Node needs to run it. */
export const hostEntry = (): HostEntry =>
  bundled
    ? { file: fileURLToPath(new URL("dist/host-main.js", packageRoot())), execArgv: [], version: version() }
    : {
      file: fileURLToPath(new URL("../browser/src/host-main.ts", packageRoot())),
      execArgv: ["--conditions=oracle-source"],
      startMs: 20_000,
      version: version()
    }

/** What Node needs to run this command line. */
export const commandLine = (): ReadonlyArray<string> =>
  bundled
    ? [fileURLToPath(new URL("bin/oracle.mjs", packageRoot()))]
    : ["--conditions=oracle-source", fileURLToPath(new URL("src/bin.ts", packageRoot()))]

/** Where the page of the practice site lies when its own module was moved into a bundle. */
export const practicePage = (): URL | undefined => bundled ? new URL("dist/practice-page/", packageRoot()) : undefined
