// @effect-diagnostics nodeBuiltinImport:off
/**
 * Converts answers without holding up whoever else runs in this process: short ones here, long ones on a thread that
 * lives for one conversion. A heartbeat that came too late would cost a host its jobs.
 */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { existsSync } from "node:fs"
import { Worker } from "node:worker_threads"
import type { Converted } from "./Markdown.ts"

const ConvertedList = Schema.Array(Schema.Struct({ markdown: Schema.String, text: Schema.String }))
const decode = Schema.decodeUnknownEffect(ConvertedList)

/** Characters of HTML that convert in far less than a tick of the host, also on a slow machine. */
const shortChars = 24_000

/** The entry of the thread: beside this module, or beside the bundle that holds it. */
const entries = ["./MarkdownThread.ts", "./MarkdownThread.js", "./markdown-thread.js", "../markdown-thread.js"]
  .map((name) => new URL(name, import.meta.url))

const failed = (cause?: unknown) =>
  oracleError("extraction_failed", "the answer could not be converted", {
    facts: { step: "extract" },
    ...(cause === undefined ? {} : { cause })
  })

/** The converter is loaded with the first answer: it is the heaviest part of this package beside the browser. */
const here = Effect.fnUntraced(function*(html: ReadonlyArray<string>) {
  const { convert } = yield* Effect.tryPromise({ try: () => import("./Markdown.ts"), catch: failed })
  return yield* Effect.try({ try: (): ReadonlyArray<Converted> => html.map(convert), catch: failed })
})

const aside = (entry: URL, html: ReadonlyArray<string>) =>
  Effect.callback<unknown, ReturnType<typeof failed>>((resume) => {
    const thread = new Worker(entry, { workerData: html, name: "oracle-markdown" })
    thread.once("message", (message) => resume(Effect.succeed(message)))
    thread.once("error", (cause) => resume(Effect.fail(failed(cause))))
    thread.once("exit", () => resume(Effect.fail(failed())))
    return Effect.promise(() => thread.terminate())
  }).pipe(Effect.flatMap((message) => Effect.mapError(decode(message), failed)))

/** Each text in both forms, in order; fails as `extraction_failed`. */
export const convertAll = Effect.fn("Conversion.convertAll")(function*(html: ReadonlyArray<string>) {
  const chars = html.reduce((sum, one) => sum + one.length, 0)
  const entry = entries.find((url) => existsSync(url))
  if (chars <= shortChars || entry === undefined) return yield* here(html)
  return yield* aside(entry, html)
})
