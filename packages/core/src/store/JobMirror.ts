/** Keeps `job.json` and the event log of each job in step with the database, and reads them back. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { JobId } from "../domain/Ids.ts"
import { JobEvent } from "../domain/JobEvent.ts"
import { oracleError } from "../error/OracleError.ts"
import type { JobFiles } from "./JobFiles.ts"
import type { Mirror } from "./JobTable.ts"
import type { SqlJobs } from "./JobTableSql.ts"
import * as MirrorText from "./MirrorText.ts"
import type { StateDirs } from "./StateDirs.ts"

const encodeEvent = Schema.encodeEffect(Schema.fromJsonString(JobEvent))

/**
 * A mirror is written while the process holds the database's write lock, with the row as it is then: whoever comes last
 * writes the newest, and no process can put an older copy over a newer one.
 */
export const make = (
  { alone, table }: SqlJobs,
  files: JobFiles["Service"],
  dirs: StateDirs["Service"]
): Pick<Mirror, "log" | "sync"> => {
  const rewrite = Effect.fnUntraced(function*(id: JobId) {
    const row = yield* table.find(id)
    if (row?._tag !== "Stored") return
    const text = yield* MirrorText.render(row, yield* table.events(id, 0)).pipe(
      Effect.catchTag(
        "SchemaError",
        (cause) => Effect.fail(oracleError("internal_error", `the record of job ${id} has no text`, { cause }))
      )
    )
    const { record } = yield* files.makeDirs(id)
    yield* files.write(record, text)
  })

  return {
    sync: Effect.fn("JobMirror.sync")(function*(ids) {
      for (const id of ids) yield* alone(rewrite(id))
    }),
    log: Effect.fnUntraced(
      function*(id, events) {
        const lines = yield* Effect.forEach(events, (event) => encodeEvent(event))
        yield* files.makeDirs(id)
        yield* files.append(dirs.job(id).eventLog, lines.map((line) => `${line}\n`).join(""))
      },
      (effect, id) =>
        Effect.catch(
          effect,
          (error) => Effect.logWarning("the event log was not written", { job: id, error: error.message })
        )
    )
  }
}
