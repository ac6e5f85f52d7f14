// @effect-diagnostics nodeBuiltinImport:off
/** Entry of the thread that converts long answers: HTML comes as its data, what was made of it goes back as one message. */
import { parentPort, workerData } from "node:worker_threads"
import { convert } from "./Markdown.ts"

const given: ReadonlyArray<unknown> = Array.isArray(workerData) ? workerData : []

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread has no origin
parentPort?.postMessage(given.map((html) => convert(String(html))))
