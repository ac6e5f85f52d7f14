/** A state directory of its own for a test, removed when the test's scope closes. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as StateDirsNode from "../../src/node/StateDirsNode.ts"
import * as StateLayer from "../../src/node/StateLayer.ts"
import { StateDirs } from "../../src/store/StateDirs.ts"

export const temporaryDirectory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "oracle-test-"))),
  (directory) => Effect.sync(() => rmSync(directory, { recursive: true, force: true }))
)

export const dirsAt = (state: string) =>
  Layer.succeed(StateDirs, StateDirsNode.dirsOf({ ...noVariables, home: state, state }, "linux"))

/** The real layers over a directory. */
export const stateAt = (state: string) => StateLayer.layerNoDirs.pipe(Layer.provideMerge(dirsAt(state)))

/** The real layers over a fresh directory. */
export const freshState = Layer.unwrap(Effect.map(temporaryDirectory, stateAt))

const noVariables = {
  state: undefined,
  jobs: undefined,
  piJobs: undefined,
  config: undefined,
  xdgState: undefined,
  xdgConfig: undefined,
  xdgCache: undefined,
  localAppData: undefined,
  appData: undefined,
  home: undefined
}
