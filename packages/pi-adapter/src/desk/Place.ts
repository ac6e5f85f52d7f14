/** Where a request comes from: a directory, its project, the session, and the configuration that applies there. */
import * as ConfigSources from "@effect-oracle/core/config/ConfigSources"
import { translate } from "@effect-oracle/core/config/PiOracleKeys"
import { projectOf } from "@effect-oracle/core/domain/Project"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import type { Reader, Session } from "@effect-oracle/core/wakeup/Reminder"
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"

export interface SessionOfPi {
  readonly id: string
  readonly file: string
}

export interface Place {
  readonly cwd: string
  /** Files of a project that is not trusted configure nothing. */
  readonly trusted: boolean
  /** Where pi keeps the person's own settings. */
  readonly agentDir: string
  /** Null where pi keeps no session file. */
  readonly session: SessionOfPi | null
}

export const project = (place: Place) => projectOf(place.cwd)

/** The configuration for a request from here, read again each time. */
export const config = Effect.fn("Place.config")(function*(place: Place) {
  const path = yield* Path.Path
  const root = yield* project(place)
  const projectFile = path.join(root, ".pi", "extensions", "oracle.json")
  const scopes = place.trusted ? ["global", "project"] as const : ["global"] as const
  return yield* ConfigSources.load({
    projectRoot: place.trusted ? root : null,
    further: scopes.map((scope) => ({
      scope,
      path: scope === "project" ? projectFile : path.join(place.agentDir, "extensions", "oracle.json"),
      translate
    }))
  })
})

/** Fails as `persisted_session_required` where nobody could be reminded later. */
export const session = (place: Place) =>
  place.session === null
    ? Effect.fail(oracleError("persisted_session_required", "this pi session is not kept in a file (--no-session)"))
    : Effect.succeed(place.session)

/** The session as the reminders know it. */
export const listener = Effect.fn("Place.listener")(function*(place: Place) {
  const { file, id } = yield* session(place)
  const found: Session = { kind: "pi", key: id, file, projectId: yield* project(place) }
  return found
})

export const reader = (place: Place, source: string): Reader => ({
  source,
  sessionFile: place.session?.file ?? null,
  sessionKey: place.session?.id ?? null
})
