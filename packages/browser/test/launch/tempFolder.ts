/** A temporary folder of the system that nobody else uses, so that everything in it was left by the code under test. */
import { Effect, type Scope } from "effect"
import { mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"

/** Stands in for the system's temporary folder until the scope closes, also for child processes; tells what is in it. */
export const privateTempFolder = (folder: string): Effect.Effect<() => ReadonlyArray<string>, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const before = process.env["TMPDIR"]
      const own = join(folder, "system-temp")
      mkdirSync(own)
      process.env["TMPDIR"] = own
      return { before, own }
    }),
    ({ before }) =>
      Effect.sync(() => {
        if (before === undefined) delete process.env["TMPDIR"]
        else process.env["TMPDIR"] = before
      })
  ).pipe(Effect.map(({ own }) => () => readdirSync(own)))
