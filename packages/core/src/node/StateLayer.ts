/** The durable state of a process: directories, files, database, store and host lock in one layer. */
import * as Layer from "effect/Layer"
import type { OracleError } from "../error/OracleError.ts"
import type { HostLock } from "../host/HostLock.ts"
import type { JobFiles } from "../store/JobFiles.ts"
import type { JobStore } from "../store/JobStore.ts"
import * as JobStoreSql from "../store/JobStoreSql.ts"
import type { StateDirs } from "../store/StateDirs.ts"
import * as HostLockSqlite from "./HostLockSqlite.ts"
import * as JobFilesNode from "./JobFilesNode.ts"
import * as SqliteNode from "./SqliteNode.ts"
import * as StateDirsNode from "./StateDirsNode.ts"

/** Wants the directories, so that a test can bring its own. */
export const layerNoDirs: Layer.Layer<JobStore | JobFiles | HostLock, OracleError, StateDirs> = JobStoreSql
  .layer.pipe(
    Layer.provide(SqliteNode.layer),
    Layer.provideMerge(JobFilesNode.layer),
    Layer.merge(HostLockSqlite.layer)
  )

/** Fails as `state_unsafe`, `state_unwritable` or `store_newer` before anything is written. */
export const layer: Layer.Layer<JobStore | JobFiles | HostLock | StateDirs, OracleError> = layerNoDirs.pipe(
  Layer.provideMerge(StateDirsNode.layer)
)
