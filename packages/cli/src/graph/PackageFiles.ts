/** Files that are shipped beside the code: found from the bundle and from the sources of a checkout alike. */
// @effect-diagnostics nodeBuiltinImport:off
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"

const bundled = import.meta.url.endsWith(".js")

/** Folder of this package, with a slash at its end. */
const packageRoot = (): URL => {
  for (let folder = new URL("./", import.meta.url);; folder = new URL("../", folder)) {
    if (existsSync(new URL("package.json", folder)) || folder.pathname === "/") return folder
  }
}

/** Entry of the host process, and what Node needs to run it. */
export const hostEntry = (): { readonly file: string; readonly nodeArgs: ReadonlyArray<string> } =>
  bundled
    ? { file: fileURLToPath(new URL("dist/host-main.js", packageRoot())), nodeArgs: [] }
    : {
      file: fileURLToPath(new URL("../browser/src/host-main.ts", packageRoot())),
      nodeArgs: ["--conditions=oracle-source"]
    }

/** Where the page of the practice site lies when its own module was moved into a bundle. */
export const practicePage = (): URL | undefined => bundled ? new URL("dist/practice-page/", packageRoot()) : undefined
