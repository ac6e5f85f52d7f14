/** Which sessions are listened for, by which process: one small file for each listener in the state directory. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { ProjectId } from "../domain/Ids.ts"
import { RequesterKind } from "../domain/Job.ts"
import { ProcessRecord } from "../domain/ProcessRecord.ts"
import { oracleError } from "../error/OracleError.ts"
import { Processes } from "../port/Processes.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { StateDirs } from "../store/StateDirs.ts"
import type { Session } from "./Reminder.ts"

const Listener = Schema.Struct({
  schemaVersion: Schema.Literal(1),
  kind: RequesterKind,
  sessionKey: Schema.NonEmptyString,
  projectId: ProjectId,
  process: ProcessRecord
})

const ListenerJson = Schema.fromJsonString(Listener)

const directory = Effect.gen(function*() {
  const path = yield* Path.Path
  return path.join((yield* StateDirs).state, "listeners")
})

/** One process listens for one session at a time, or for several where it holds several. */
const fileOf = Effect.fnUntraced(function*(session: Session) {
  const path = yield* Path.Path
  const { pid } = (yield* Processes).self
  const name = session.key.replaceAll(/[^A-Za-z0-9-]/g, "_").slice(-80)
  return path.join(yield* directory, `${pid}-${name}.json`)
})

/**
 * Says that this process listens for the session until the scope closes. Saying it again is harmless. What listeners
 * left behind that died goes.
 */
export const listen = Effect.fn("Listeners.listen")(function*(session: Session) {
  const fs = yield* FileSystem.FileSystem
  const files = yield* JobFiles
  const file = yield* fileOf(session)
  const text = yield* Schema.encodeEffect(ListenerJson)({
    schemaVersion: 1,
    kind: session.kind,
    sessionKey: session.key,
    projectId: session.projectId,
    process: (yield* Processes).self
  }).pipe(Effect.mapError((cause) => oracleError("internal_error", "a listener cannot be encoded", { cause })))
  const folder = yield* directory
  yield* fs.makeDirectory(folder, { recursive: true, mode: 0o700 }).pipe(
    Effect.mapError((cause) => oracleError("state_unwritable", `${folder} cannot be made`, { cause }))
  )
  yield* Effect.acquireRelease(
    files.write(file, text),
    () => Effect.ignore(fs.remove(file, { force: true }))
  )
  yield* Effect.ignore(live())
})

/** Keys of the sessions that a live process listens for; the files of dead ones are removed on the way. */
export const live = Effect.fn("Listeners.live")(function*() {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const files = yield* JobFiles
  const processes = yield* Processes
  const folder = yield* directory
  const names = yield* Effect.orElseSucceed(fs.readDirectory(folder), () => [])
  const keys = new Set<string>()
  for (const name of names.filter((name) => name.endsWith(".json"))) {
    const file = path.join(folder, name)
    const text = yield* files.read(file)
    const found = text === null ? null : Schema.decodeResult(ListenerJson)(text)
    if (found === null || Result.isFailure(found)) continue
    if (yield* processes.alive(found.success.process)) keys.add(found.success.sessionKey)
    else yield* Effect.ignore(fs.remove(file, { force: true }))
  }
  const none: ReadonlySet<string> = keys
  return none
})
