/** Which generated folders an archive over its ceiling may lose. Pure. */

/** Names of folders that hold generated output. */
const generated: ReadonlySet<string> = new Set([
  "build",
  "dist",
  "out",
  "coverage",
  "htmlcov",
  "tmp",
  "temp",
  ".tmp"
])

/** Below these nothing is taken for generated. */
const sources: ReadonlySet<string> = new Set(["src", "source", "sources", "lib"])

/** A folder of the archive and what it costs there. */
export interface FolderCost {
  readonly path: string
  readonly compressedBytes: number
}

/** The outermost generated-output folder that holds the file, or undefined; never one under a source folder. */
export const generatedFolderOf = (path: string): string | undefined => {
  let from = 0
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", from)) {
    const name = path.slice(from, slash)
    if (sources.has(name)) return undefined
    if (generated.has(name)) return path.slice(0, slash)
    from = slash + 1
  }
  return undefined
}

/** The largest folders, as many as are needed to come under the limit; undefined when all of them are not enough. */
export const choosePruning = (
  measured: number,
  limit: number,
  folders: ReadonlyArray<FolderCost>
): ReadonlyArray<string> | undefined => {
  const largestFirst = folders.toSorted((a, b) => b.compressedBytes - a.compressedBytes || (a.path < b.path ? -1 : 1))
  const chosen: Array<string> = []
  let left = measured
  for (const { compressedBytes, path } of largestFirst) {
    if (left <= limit) break
    chosen.push(path)
    left -= compressedBytes
  }
  return left <= limit ? chosen.toSorted() : undefined
}
