/** Start of the command against a bare Node that does nothing. */
import { compared, median, type Row } from "./Row.ts"
import { runNode, Workspace } from "./Workspace.ts"

const rounds = 15

/** Median times of several commands, run in turn so that a busy machine slows all of them alike. */
export const inTurn = async (runs: ReadonlyArray<() => Promise<number>>): Promise<ReadonlyArray<number>> => {
  const times = runs.map((): Array<number> => [])
  for (const run of runs) await run()
  for (let round = 0; round < rounds; round++) {
    for (const [index, run] of runs.entries()) times[index]?.push(await run())
  }
  return times.map(median)
}

export const bareNode = async (): Promise<number> => (await runNode(["-e", "0"])).ms

export const run = async (): Promise<ReadonlyArray<Row>> => {
  const workspace = new Workspace()
  try {
    const command = (flag: string) => async () => (await workspace.succeed([flag])).ms
    const [bare = Number.NaN, version = Number.NaN, help = Number.NaN] = await inTurn([
      bareNode,
      command("--version"),
      command("--help")
    ])
    const shared = { baseline: bare, unit: "ms", note: `against node -e 0, median of ${rounds}` } as const
    return [
      compared({ ...shared, name: "oracle --version", value: version, target: 2 }),
      compared({ ...shared, name: "oracle --help", value: help, target: null })
    ]
  } finally {
    await workspace.remove()
  }
}
