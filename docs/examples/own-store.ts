/**
 * Oracle put together by hand, with a store of one's own: here the records live in memory, for a program that asks and
 * forgets. Any implementation of the `JobStore` service can stand in its place; its rules are in `JobStoreRules`.
 */
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import * as PlaywrightBrowser from "@effect-oracle/browser/PlaywrightBrowser"
import * as SeedProfileStore from "@effect-oracle/browser/profile/SeedProfileStore"
import { HostSettings } from "@effect-oracle/core/host/HostSettings"
import * as Question from "@effect-oracle/core/library/Question"
import * as ArchiverNode from "@effect-oracle/core/node/archive/ArchiverNode"
import * as HostLockSqlite from "@effect-oracle/core/node/HostLockSqlite"
import * as JobFilesNode from "@effect-oracle/core/node/JobFilesNode"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import { Oracle } from "@effect-oracle/core/Oracle"
import * as OracleInProcess from "@effect-oracle/core/OracleInProcess"
import * as JobStoreMemory from "@effect-oracle/core/store/JobStoreMemory"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const store = Layer.mergeAll(JobStoreMemory.layer, JobFilesNode.layer, HostLockSqlite.layer)

const browser = Layer.mergeAll(PlaywrightBrowser.layer, SeedProfileStore.layer).pipe(
  Layer.provideMerge(BrowserLauncher.layer)
)

const layer = OracleInProcess.layer({ version: "1.0.0" }).pipe(
  Layer.provideMerge(Layer.mergeAll(browser, ArchiverNode.layer, HostSettings.layer)),
  Layer.provideMerge(store),
  Layer.provideMerge(Layer.merge(StateDirsNode.layer, ProcessesNode.layer)),
  Layer.provideMerge(Layer.merge(NodeFileSystem.layer, NodePath.layer))
)

const program = Effect.gen(function*() {
  const answer = yield* Question.ask({ prompt: "Is this project finished?" })
  const { jobs } = yield* (yield* Oracle).list({})
  yield* Console.log(`${jobs.length} job in memory, its answer has ${answer.text.length} characters`)
})

program.pipe(Effect.provide(layer), NodeRuntime.runMain)
