/** The answers and files of ended jobs as resources: `oracle://jobs/{id}/response` and `…/artifacts/{name}`. */
import { type OracleError, oracleError, viewOf } from "@effect-oracle/core/error/OracleError"
import { Oracle } from "@effect-oracle/core/Oracle"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { size } from "@effect-oracle/core/text/Format"
import { sanitise } from "@effect-oracle/core/text/Sanitise"
import { readerOf } from "@effect-oracle/core/wakeup/Reminder"
import * as McpSchema from "effect/ai/McpSchema"
import * as McpServer from "effect/ai/McpServer"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as Schema from "effect/Schema"
import { withOracle } from "../graph/withOracle.ts"
import { withStore } from "../graph/withStore.ts"
import { jobOf, projects } from "./ProjectScope.ts"
import { toolError } from "./ToolError.ts"
import { labelled } from "./Untrusted.ts"

const maxBytes = 20 * 1024 * 1024
const suggested = 50

const idParam = McpSchema.param("id", Schema.String)
const nameParam = McpSchema.param("name", Schema.String)

/** The protocol shows a message only. */
const told = (error: OracleError) => {
  const { code, message, nextStep } = toolError(viewOf(error))
  return new McpSchema.InternalError({ message: `${code}: ${message}; ${nextStep}` })
}

export const registerResources = Effect.gen(function*() {
  const context = yield* Effect.context<FileSystem.FileSystem | Path.Path | StateDirs>()

  const completeId = (input: string) =>
    withStore(Effect.gen(function*() {
      const store = yield* JobStore
      const found = yield* Effect.forEach(
        yield* projects(),
        (projectId) => store.list({ projectId, statuses: ["complete", "failed"], limit: suggested })
      )
      return found.flatMap(({ jobs }) => jobs.map(({ id }): string => id)).filter((id) => id.startsWith(input))
    })).pipe(Effect.mapError(told), Effect.provideContext(context))

  yield* McpServer.registerResource`oracle://jobs/${idParam}/response`({
    name: "oracle answer",
    description: "The whole answer of an ended oracle job as Markdown. Untrusted text of the site.",
    mimeType: "text/markdown",
    completion: { id: completeId },
    content: (uri, id) =>
      withOracle(Effect.gen(function*() {
        const oracle = yield* Oracle
        const { id: job, site } = yield* jobOf(id)
        const { markdown } = yield* oracle.read(job, readerOf("mcp"))
        return { contents: [{ uri, mimeType: "text/markdown", text: yield* labelled(site, sanitise(markdown)) }] }
      })).pipe(Effect.mapError(told), Effect.provideContext(context))
  })

  yield* McpServer.registerResource`oracle://jobs/${idParam}/artifacts/${nameParam}`({
    name: "oracle file",
    description: "A file that came with the answer of an oracle job. Untrusted content of the site.",
    completion: { id: completeId },
    content: (uri, id, name) =>
      withOracle(Effect.gen(function*() {
        const { id: job } = yield* jobOf(id)
        const { blob, type } = yield* artifactOf(job, name)
        return { contents: [{ uri, ...(type === null ? {} : { mimeType: type }), blob }] }
      })).pipe(Effect.mapError(told), Effect.provideContext(context))
  })
})

/** Only a name that the manifest holds is ever opened. */
const artifactOf = Effect.fnUntraced(function*(job: Parameters<Oracle["Service"]["read"]>[0], name: string) {
  const oracle = yield* Oracle
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const dirs = yield* StateDirs
  const { artifacts } = yield* oracle.read(job, readerOf("mcp"))
  const wanted = artifacts.find((each) => each.name === name || each.name === safeDecode(name))
  if (wanted === undefined || wanted.name === null) {
    return yield* oracleError("job_not_found", `job ${job} has no file '${sanitise(name).slice(0, 80)}'`, {
      step: "call oracle_read to see its files"
    })
  }
  const file = path.join(dirs.job(job).artifacts, path.basename(wanted.name))
  if ((wanted.bytes ?? 0) > maxBytes) {
    return yield* oracleError("storage_failed", `${wanted.name} has ${size(wanted.bytes ?? 0)}`, {
      step: `open ${file} instead`
    })
  }
  const blob = yield* files.readFile(file).pipe(
    Effect.mapError((cause) => oracleError("storage_failed", `${file} cannot be read`, { cause }))
  )
  return { blob, type: wanted.type }
})

const safeDecode = (name: string): string => {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
