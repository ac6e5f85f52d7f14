/**
 * What the command line stands on. It wants a terminal and child processes for prompts and wizards, which oracle has none
 * of; loading their real modules would be a tenth of every start.
 */
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import * as NodeStdio from "@effect/platform-node/NodeStdio"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ChildProcessSpawner, make as makeSpawner } from "effect/process/ChildProcessSpawner"
import * as Terminal from "effect/Terminal"

const unused = Effect.die(new Error("oracle asks its questions by itself"))

const terminal = Terminal.make({
  columns: Effect.succeed(80),
  rows: Effect.succeed(24),
  size: unused,
  readInput: unused,
  readLine: unused,
  display: () => unused
})

export const layer = Layer.mergeAll(
  NodeFileSystem.layer,
  NodePath.layer,
  NodeStdio.layer,
  Layer.succeed(Terminal.Terminal, terminal),
  Layer.succeed(ChildProcessSpawner, makeSpawner(() => unused))
)
