/** A thread that holds a lock file and, once somebody waits for it, puts another file in its place before it lets go. */
import { renameSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { workerData } from "node:worker_threads"

const { path, signal }: { path: string; signal: SharedArrayBuffer } = workerData
const lock = new DatabaseSync(path)
lock.exec("BEGIN EXCLUSIVE")
const state = new Int32Array(signal)
Atomics.store(state, 0, 1)
Atomics.wait(state, 0, 1)
Atomics.wait(state, 0, 2, 300)
renameSync(path, `${path}.gone`)
lock.close()
