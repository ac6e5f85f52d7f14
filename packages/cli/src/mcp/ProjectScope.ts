/** The projects that a client may see: those of the roots that it declares, else the one of the server's directory. */
// @effect-diagnostics nodeBuiltinImport:off
import type { ProjectId } from "@effect-oracle/core/domain/Ids"
import { JobId } from "@effect-oracle/core/domain/Ids"
import { projectOf } from "@effect-oracle/core/domain/Project"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { McpServerClient } from "effect/ai/McpSchema"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { homedir } from "node:os"
import { sep } from "node:path"
import { fileURLToPath } from "node:url"
import { here } from "../input/Here.ts"

/** A client that does not answer is taken for one without roots. */
const rootsWithin = "3 seconds"

/** The projects of this client, at least one; the first is the one that jobs are submitted for. */
export const projects = Effect.fn("ProjectScope.projects")(function*() {
  const cwd = yield* here
  const roots = yield* rootsOfClient
  const found = yield* Effect.forEach(roots.length === 0 ? [cwd] : roots, projectOf)
  const own = yield* Effect.orElseSucceed(projectOf(cwd), () => null)
  const distinct = [...new Set(found)].toSorted((a, b) => Number(b === own) - Number(a === own))
  const [first] = distinct
  if (first === undefined || distinct.every(isTooWide)) {
    return yield* oracleError("usage_error", `${first ?? cwd} is no project: it is the home directory or holds it`, {
      step: "start the server in the project's folder, or let the client declare the project as its root"
    })
  }
  return distinct.filter((each) => !isTooWide(each))
})

/** The project that jobs of this client are submitted for. */
export const project = Effect.flatMap(
  Effect.suspend(projects),
  ([first]) => first === undefined ? Effect.die(new Error("there is always a project")) : Effect.succeed(first)
)

/** Home and what holds it belong to no project; a client that is started there has not said which one it works on. */
const isTooWide = (project: ProjectId): boolean => {
  const home = homedir()
  return project === home || project === sep || home.startsWith(project + sep)
}

const rootsOfClient = Effect.gen(function*() {
  const session = yield* Effect.serviceOption(McpServerClient)
  const none: ReadonlyArray<string> = []
  if (Option.isNone(session) || session.value.clientCapabilities.roots === undefined) return none
  const client = yield* session.value.getClient
  // Without a payload the request would carry `"params": null`, which clients rightly refuse.
  const { roots } = yield* client.listRoots({})
  return roots.flatMap(({ uri }) => {
    try {
      return [fileURLToPath(uri)]
    } catch {
      return []
    }
  })
}).pipe(
  Effect.scoped,
  Effect.timeout(rootsWithin),
  Effect.orElseSucceed((): ReadonlyArray<string> => [])
)

const isJobId = Schema.is(JobId)

/** A job of this client's projects by its id; that of another project is as absent as one that never was. */
export const jobOf = Effect.fn("ProjectScope.jobOf")(function*(text: string) {
  const store = yield* JobStore
  const id = text.trim().toLowerCase().replace(/^oracle-/, "")
  const absent = oracleError("job_not_found", `there is no job '${text.slice(0, 60)}' in this project`, {
    step: "call oracle_list to see the jobs of this project"
  })
  if (!isJobId(id)) return yield* absent
  const job = yield* store.get(id)
  if (!(yield* projects()).includes(job.projectId)) return yield* absent
  return job
})
