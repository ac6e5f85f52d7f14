import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { visitReady } from "./practice.ts"

const parts = ["observation.json", "page.txt", "screenshot.png", "url.txt"]

it.live("keeps what was seen, readable for its owner alone, and a trace where one is asked for", () =>
  Effect.scoped(Effect.gen(function*() {
    const plain = yield* visitReady("fast")
    const traced = yield* visitReady("fast", {}, { trace: true })
    const [without, first, second] = [
      join(plain.folder, "sending-1"),
      join(traced.folder, "sending-1"),
      join(traced.folder, "sending-2")
    ]
    yield* plain.page.diagnose(without)
    yield* traced.page.diagnose(first)
    yield* traced.page.diagnose(second)
    const { observation, state } = JSON.parse(readFileSync(join(first, "observation.json"), "utf8"))
    assert.deepStrictEqual(readdirSync(without).toSorted(), parts)
    for (const folder of [first, second]) {
      assert.deepStrictEqual(readdirSync(folder).toSorted(), [...parts, "trace.zip"].toSorted())
      assert.isTrue(readdirSync(folder).every((name) => (statSync(join(folder, name)).mode & 0o777) === 0o600))
      assert.strictEqual(readFileSync(join(folder, "trace.zip")).subarray(0, 2).toString(), "PK")
    }
    assert.deepStrictEqual([state.name, typeof observation.url], ["authenticated_and_ready", "string"])
    assert.isNotEmpty(state.evidence)
    assert.strictEqual(readFileSync(join(first, "screenshot.png")).subarray(1, 4).toString(), "PNG")
  })))
