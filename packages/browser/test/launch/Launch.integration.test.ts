import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import type { ProcessRecord } from "@effect-oracle/core/domain/ProcessRecord"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { identityOf, withArgument } from "./linuxProcesses.ts"
import { browserLayer, config, emptyRuntime, temporaryFolder } from "./workspace.ts"

describe("launch", () => {
  it.live("starts a browser, names its process before use, and leaves no process and no temporary file", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const runtime = emptyRuntime(folder)
      const before = new Set(readdirSync(tmpdir()))
      const named: Array<ProcessRecord> = []
      yield* Effect.gen(function*() {
        const launcher = yield* BrowserLauncher
        const browser = yield* launcher.launch({ ...runtime, config, onBrowser: (record) => Effect.sync(() => named.push(record)) })
        assert.deepStrictEqual(named, [browser.process])
        assert.deepStrictEqual(identityOf(browser.process.pid), browser.process)
        assert.strictEqual(yield* Effect.promise(() => browser.page.evaluate(() => 6 * 7)), 42)
        const added = readdirSync(tmpdir()).filter((name) => /chrom|playwright/i.test(name) && !before.has(name))
        assert.deepStrictEqual(added, [])
      }).pipe(Effect.scoped, Effect.provide(browserLayer(folder)))
      assert.isNull(identityOf(named[0]?.pid ?? 0))
      assert.deepStrictEqual(withArgument(`--user-data-dir=${runtime.profileDir}`), [])
      const left = readdirSync(tmpdir()).filter((name) => /chrom|playwright/i.test(name) && !before.has(name))
      assert.deepStrictEqual(left, [])
    }))
})
