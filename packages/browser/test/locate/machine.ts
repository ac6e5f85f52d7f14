/** A described machine: nothing of the one that runs the tests shows through. */
import { BrowserLocator } from "@effect-oracle/browser/locate/BrowserLocator"
import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { Layer } from "effect"
import { dirsBelow } from "../launch/workspace.ts"

export const machine = (
  described: Partial<Surroundings> & { readonly files?: ReadonlyArray<string> }
): Surroundings => ({
  platform: "linux",
  arch: "arm64",
  home: "/home/jane",
  uid: 1000,
  env: {},
  isFile: (path) => described.files?.includes(path) ?? false,
  ...described
})

export const locatorOn = (described: Surroundings, cache = "/nowhere") =>
  BrowserLocator.layer.pipe(
    Layer.provide(Layer.succeed(Surroundings, described)),
    Layer.provide(Layer.succeed(StateDirs, StateDirs.of({ ...dirsBelow("/nowhere"), cache })))
  )
