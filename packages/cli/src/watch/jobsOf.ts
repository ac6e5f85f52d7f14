/** The jobs of a project, or of all, now and after each change. A host that died is replaced while a job needs one. */
import type { ProjectId } from "@effect-oracle/core/domain/Ids"
import { isActive } from "@effect-oracle/core/domain/JobPhase"
import { HostLauncher } from "@effect-oracle/core/host/HostLauncher"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Stream from "effect/Stream"

const shown = 200
const lookMs = 1000

export const jobsOf = (projectId: ProjectId | null) =>
  Stream.unwrap(Effect.gen(function*() {
    const store = yield* JobStore
    const launcher = yield* HostLauncher
    const look = Effect.gen(function*() {
      const { jobs } = yield* store.list({ limit: shown, ...(projectId === null ? {} : { projectId }) })
      if (jobs.some(({ phase }) => isActive(phase) || phase === "queued")) yield* Effect.ignore(launcher.keep)
      return jobs
    })
    return Stream.merge(store.changes, Stream.tick(lookMs)).pipe(
      Stream.mapEffect(() => look),
      Stream.changesWith((a, b) => Equal.equals(a, b))
    )
  }))
