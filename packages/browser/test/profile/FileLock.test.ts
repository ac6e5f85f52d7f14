import * as FileLock from "@effect-oracle/browser/profile/FileLock"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { temporaryFolder } from "../launch/workspace.ts"

const lock = (file: string, mode: "shared" | "exclusive", waitMs = 0) =>
  FileLock.acquire({ file, mode, waitMs, busy: () => oracleError("seed_busy", `${mode} is taken`) })

const isFree = (file: string, mode: "shared" | "exclusive") =>
  lock(file, mode).pipe(
    Effect.scoped,
    Effect.as(true),
    Effect.catch((error) => Effect.succeed(error.code !== "seed_busy"))
  )

/** A process that holds the lock, says so, and waits. */
const holder = `
import { acquire } from "@effect-oracle/browser/profile/FileLock"
import * as Effect from "effect/Effect"
const [file, mode] = process.argv.slice(-2)
Effect.runFork(Effect.scoped(Effect.gen(function*() {
  yield* acquire({ file, mode, waitMs: 0, busy: () => new Error("busy") })
  process.stdout.write("held")
  yield* Effect.never
})))
setInterval(() => undefined, 1000)
`

const holdElsewhere = (file: string, mode: "shared" | "exclusive") =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const child = spawn(process.execPath, [
        "--conditions=oracle-source",
        "--input-type=module",
        "-e",
        holder,
        file,
        mode
      ], {
        cwd: import.meta.dirname,
        stdio: ["ignore", "pipe", "inherit"]
      })
      await once(child.stdout, "data")
      return child
    }),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )

describe("FileLock", () => {
  it.live("lets many share and one exclude", () =>
    Effect.gen(function*() {
      const file = join(yield* temporaryFolder, "locks", "seed.db")
      yield* Effect.scoped(Effect.gen(function*() {
        yield* lock(file, "shared")
        assert.isTrue(yield* isFree(file, "shared"))
        assert.isFalse(yield* isFree(file, "exclusive"))
      }))
      yield* Effect.scoped(Effect.gen(function*() {
        yield* lock(file, "exclusive")
        assert.isFalse(yield* isFree(file, "shared"))
        assert.isFalse(yield* isFree(file, "exclusive"))
      }))
      assert.isTrue(yield* isFree(file, "exclusive"))
    }))

  it.live("waits for other holders as long as it was told to", () =>
    Effect.gen(function*() {
      const file = join(yield* temporaryFolder, "seed.db")
      const letGo = yield* Deferred.make<void>()
      const first = yield* lock(file, "exclusive").pipe(
        Effect.andThen(Deferred.await(letGo)),
        Effect.scoped,
        Effect.forkChild({ startImmediately: true })
      )
      const refused = yield* Effect.flip(Effect.scoped(lock(file, "shared", 30)))
      assert.strictEqual(refused.message, "shared is taken")
      const second = yield* lock(file, "shared", 10_000).pipe(
        Effect.scoped,
        Effect.forkChild({ startImmediately: true })
      )
      yield* Deferred.succeed(letGo, undefined)
      yield* Fiber.join(second)
      yield* Fiber.join(first)
    }))

  for (const mode of ["shared", "exclusive"] as const) {
    it.live(`holds against other processes (${mode}) and ends with the process that was killed`, () =>
      Effect.gen(function*() {
        const file = join(yield* temporaryFolder, "seed.db")
        const child = yield* holdElsewhere(file, mode)
        assert.isFalse(yield* isFree(file, "exclusive"))
        assert.strictEqual(yield* isFree(file, "shared"), mode === "shared")
        child.kill("SIGKILL")
        yield* Effect.promise(() => once(child, "exit"))
        assert.isTrue(yield* isFree(file, "exclusive"))
      }))
  }
})
