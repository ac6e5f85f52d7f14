/** What a user's disk takes: the packed files of the command and of the extension, with what they load at run time. */
import { execFileSync } from "node:child_process"
import { lstatSync, readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { absolute, type Row } from "./Row.ts"
import { repository } from "./Workspace.ts"

const bytesOf = (path: string): number =>
  lstatSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
    : lstatSync(path).size

interface Packed {
  readonly unpackedSize: number
}

/** `npm pack` answers with a list, newer ones with an object by name. */
const packed = (folder: string): number => {
  const args = ["pack", "--dry-run", "--ignore-scripts", "--json"]
  const answer = JSON.parse(execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: "pipe" }))
  return (Object.values(answer) as ReadonlyArray<Packed>).reduce((sum, { unpackedSize }) => sum + unpackedSize, 0)
}

const installed = (name: string): Row => {
  const folder = join(repository, "packages", name)
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  const { resolve } = createRequire(join(folder, "package.json"))
  const parts = Object.keys(manifest.dependencies ?? {})
  const total = parts.reduce((sum, part) => sum + bytesOf(dirname(resolve(`${part}/package.json`))), packed(folder))
  return absolute({
    name: `${manifest.name}: installed, without a browser`,
    value: total / 1024 / 1024,
    unit: "MB",
    target: 40,
    note: parts.length === 0 ? "nothing beside it" : `with ${parts.join(", ")}`
  })
}

export const run = async (): Promise<ReadonlyArray<Row>> => [installed("cli"), installed("pi-adapter")]
