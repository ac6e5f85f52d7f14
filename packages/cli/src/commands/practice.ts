/** `oracle practice`: a local chat site to try oracle on, until Ctrl-C. */
// @effect-diagnostics nodeBuiltinImport:off
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import * as Schema from "effect/Schema"
import { practicePage } from "../graph/PackageFiles.ts"
import { Json } from "../input/Json.ts"
import { Screen } from "../render/Screen.ts"

/** Where the `practice` site is looked for unless `sites.practice.baseUrl` says otherwise. */
const defaultPort = 4747

export const practice = Command.make("practice", {
  port: Flag.Int("port").pipe(
    Flag.withDescription(`Port on the loopback interface; 0 takes a free one (default: ${defaultPort})`),
    Flag.filter((port) => port >= 0 && port < 65_536, () => "a port between 0 and 65535"),
    Flag.withDefault(defaultPort)
  ),
  scenario: Flag.String("scenario").pipe(
    Flag.withMetavar("name"),
    Flag.withDescription("Make the site slow, broken or strange; 'list' prints the names. Repeatable"),
    Flag.atLeast(0)
  ),
  stateFile: Flag.String("state-file").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription("Where to write the signed-in state (default: practice-state.json in oracle's cache folder)"),
    Flag.optional
  )
}).pipe(
  Command.withDescription(
    "Run a local chat site that behaves like the real thing, for trying oracle without an account."
  ),
  Command.withShortDescription("Run a local chat site to try oracle on"),
  Command.withExamples([
    { command: "oracle practice", description: "Run the site and say how to sign in to it" },
    { command: "oracle practice --scenario slow --port 0", description: "A slow site on any free port" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.practice")(function*({ port, scenario, stateFile }) {
      const screen = yield* Screen
      const json = yield* Json
      const { scenarios } = yield* Effect.promise(() => import("@effect-oracle/practice/Scenario"))
      if (scenario.includes("list")) {
        const names = Object.entries(scenarios).map(([name, { about }]) => ({ name, about }))
        const widest = Math.max(...names.map(({ name }) => name.length))
        return yield* json
          ? screen.json({ scenarios: names })
          : screen.print(names.map(({ about, name }) => `${name.padEnd(widest + 2)}${about}`).join("\n"))
      }
      const unknown = scenario.find((name) => !(name in scenarios))
      if (unknown !== undefined) {
        return yield* oracleError("invalid_option", `there is no scenario '${unknown}'`, {
          step: "run 'oracle practice --scenario list' to see the names"
        })
      }
      return yield* Effect.scoped(Effect.gen(function*() {
        const site = yield* serve(port, scenario)
        const path = yield* Path.Path
        const dirs = yield* StateDirs
        const file = path.resolve(Option.getOrElse(stateFile, () => path.join(dirs.cache, "practice-state.json")))
        yield* writeState(file, yield* Effect.promise(() => site.storageState()))
        if (json) yield* screen.json({ url: site.url, user: site.user, stateFile: file })
        else yield* screen.print(instructions(site, file, port === defaultPort))
        return yield* Effect.never
      }))
    })
  )
)

/** The site, until the scope closes; a taken port is a usage error. */
export const serve = Effect.fnUntraced(function*(port: number, scenario: ReadonlyArray<string> = []) {
  const { start } = yield* Effect.promise(() => import("@effect-oracle/practice/PracticeSite"))
  const { storageState } = yield* Effect.promise(() => import("@effect-oracle/practice/storageState"))
  const pageFolder = practicePage()
  const site = yield* Effect.acquireRelease(
    Effect.tryPromise({
      try: () => start({ port, scenario, ...(pageFolder === undefined ? {} : { pageFolder }) }),
      catch: (error) =>
        oracleError(
          "invalid_option",
          `port ${port} cannot be used: ${error instanceof Error ? error.message : "unknown reason"}`,
          {
            step: "choose another port with --port, or --port 0 for any free one"
          }
        )
    }),
    (site) => Effect.promise(() => site.close())
  )
  return { ...site, storageState: () => storageState(site.url) }
})

const toJson = Schema.encodeSync(Schema.fromJsonString(Schema.Unknown))

/** Owner-only, as it signs in. */
export const writeState = Effect.fnUntraced(function*(file: string, state: unknown) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  yield* files.makeDirectory(path.dirname(file), { recursive: true, mode: 0o700 }).pipe(
    Effect.andThen(files.remove(file, { force: true })),
    Effect.andThen(files.writeFileString(file, toJson(state), { mode: 0o600 })),
    Effect.mapError((error) => oracleError("state_unwritable", `${file} cannot be written (${error.reason._tag})`))
  )
})

const instructions = (
  { url, user }: {
    readonly url: string
    readonly user: { readonly email: string; readonly password?: string | undefined }
  },
  file: string,
  usual: boolean
): string =>
  `The practice site runs at ${url}
  sign in by hand:  ${user.email}, password "${user.password ?? ""}"

To ask it, in another terminal:
${
    usual
      ? ""
      : `  add to the configuration:  {"sites": {"practice": {"baseUrl": "${url}"}}}\n`
  }  oracle auth practice --state-file ${file}
  oracle ask --site practice -p "What is in these files?" --files .

Ctrl-C ends the site.`
