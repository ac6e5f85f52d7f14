/** The Oracle service of a client: submits and reads by itself, a host process runs the jobs. */
import * as Digest from "effect/crypto/Digest"
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type * as Path from "effect/Path"
import * as Stream from "effect/Stream"
import type { Archiver } from "./archive/Archiver.ts"
import { projectOf } from "./domain/Project.ts"
import type { HostLauncher } from "./host/HostLauncher.ts"
import { Oracle } from "./Oracle.ts"
import type { ChatBrowser } from "./port/ChatBrowser.ts"
import type { Processes } from "./port/Processes.ts"
import type { SeedProfiles } from "./port/SeedProfiles.ts"
import type { JobFiles } from "./store/JobFiles.ts"
import { JobStore } from "./store/JobStore.ts"
import type { StateDirs } from "./store/StateDirs.ts"
import * as Following from "./submit/Following.ts"
import { plan } from "./submit/Plan.ts"
import { read } from "./submit/Reading.ts"
import * as Steering from "./submit/Steering.ts"
import { submit } from "./submit/Submission.ts"

/** What a client of Oracle stands on. */
export type ClientParts =
  | JobStore
  | JobFiles
  | StateDirs
  | Archiver
  | ChatBrowser
  | SeedProfiles
  | HostLauncher
  | Processes
  | FileSystem.FileSystem
  | Path.Path

const make = Effect.gen(function*() {
  const context = yield* Effect.context<ClientParts | Digest.Digest | SecureRandom.SecureRandom>()
  const store = yield* JobStore
  return Oracle.of({
    project: (cwd) => Effect.provide(projectOf(cwd), context),
    plan: (request) => Effect.provide(plan(request), context),
    submit: (planned, onStage = () => undefined) => Effect.provide(submit(planned, onStage), context),
    get: store.get,
    list: store.list,
    events: store.events,
    read: (id, reader) => Effect.provide(read(id, reader), context),
    changes: (id) => Stream.provideContext(Following.changes(id), context),
    wait: (id, options) => Effect.provide(Following.wait(id, options?.timeoutMs), context),
    cancel: (id, reason) => Effect.provide(Steering.cancel(id, reason), context),
    resume: (id, options) => Effect.provide(Steering.resume(id, options ?? {}), context)
  })
})

/** Jobs run in a host process that the {@link HostLauncher} starts on demand. */
export const layer: Layer.Layer<Oracle, never, ClientParts> = Layer.effect(Oracle, make).pipe(
  Layer.provide([Digest.layerWebCrypto, SecureRandom.layerWebCrypto])
)
