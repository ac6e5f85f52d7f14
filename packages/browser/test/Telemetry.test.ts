import { oracleError } from "@effect-oracle/core/error/OracleError"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import * as Telemetry from "../src/Telemetry.ts"

/** A collector that keeps what it gets. */
const collector = Effect.acquireRelease(
  Effect.promise(() => {
    const got: Array<{ readonly path: string; readonly body: string }> = []
    const server = createServer((request, response) => {
      let body = ""
      request.setEncoding("utf8").on("data", (text: string) => (body += text))
      request.on("end", () => {
        got.push({ path: request.url ?? "", body })
        response.end("{}")
      })
    })
    return new Promise<{ readonly got: typeof got; readonly url: string; readonly close: () => void }>((resolve) =>
      server.listen(0, "127.0.0.1", () => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has such an address
        const { port } = server.address() as AddressInfo
        resolve({ got, url: `http://127.0.0.1:${port}/`, close: () => server.close() })
      })
    )
  }),
  ({ close }) => Effect.sync(close)
)

const secret = "canary-of-a-page"

const work = Effect.gen(function*() {
  yield* Effect.annotateCurrentSpan({ job: "job-1", "db.query.text": secret })
  return yield* oracleError("page_unknown", secret, { facts: { secret }, cause: new Error(secret) })
}).pipe(Effect.withSpan("JobWorker.run"), Effect.exit)

describe("telemetry", () => {
  it.live("sends names, jobs and codes to the collector, and nothing that a page could have said", () =>
    Effect.scoped(Effect.gen(function*() {
      const { got, url } = yield* collector
      yield* work.pipe(Effect.provide(Telemetry.layerTo(url, "1.2.3")))
      assert.deepStrictEqual(got.map(({ path }) => path), ["/v1/traces"])
      const sent = got[0]?.body ?? ""
      for (const word of ["JobWorker.run", "job-1", "page_unknown", "oracle", "1.2.3"]) assert.include(sent, word)
      assert.notInclude(sent, secret)
      assert.notInclude(sent, import.meta.dirname)
    })))

  it.live("does no harm where nobody listens", () =>
    Effect.gen(function*() {
      const exit = yield* work.pipe(Effect.provide(Telemetry.layerTo("http://127.0.0.1:9", "1.2.3")))
      assert.strictEqual(exit._tag, "Failure")
    }))
})
