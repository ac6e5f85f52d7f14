import { assert, describe, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { constants } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as pause } from "node:timers/promises"

/** A second signal counts after this long. */
const sameRequestMs = 400

describe.runIf(process.platform !== "win32")("a program that does not end at the first signal", () => {
  for (const [first, second] of [["SIGINT", "SIGINT"], ["SIGHUP", "SIGTERM"]] as const) {
    it.concurrent(`of ${first} ends at ${second}, unless both are one request`, async () => {
      const child = spawn(process.execPath, [
        "--conditions=oracle-source",
        join(import.meta.dirname, "children/stubborn.ts")
      ], { stdio: ["ignore", "pipe", "inherit"] })
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      const exit = once(child, "exit")
      assert.strictEqual((await lines.next()).value, "ready")
      child.kill(first)
      child.kill(second)
      assert.strictEqual((await lines.next()).value, "stopping")
      await pause(sameRequestMs * 1.5)
      assert.isNull(child.exitCode)
      child.kill(second)
      assert.deepStrictEqual(await exit, [128 + constants.signals[second], null])
    })
  }
})
