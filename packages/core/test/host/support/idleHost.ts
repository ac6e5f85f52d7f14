/** A host entry that runs and gets nowhere; it ends with its directory. */
import { existsSync } from "node:fs"

const directory = process.cwd()
setInterval(() => existsSync(directory) || process.exit(0), 100)
