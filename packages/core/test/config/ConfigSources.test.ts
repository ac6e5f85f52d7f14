import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, FileSystem, Path, Schema } from "effect"
import { load } from "../../src/config/ConfigSources.ts"
import { type ConfigInput, defaultConfig, OracleConfig } from "../../src/config/OracleConfig.ts"
import type { OracleError } from "../../src/error/OracleError.ts"
import { StateDirs } from "../../src/store/StateDirs.ts"

interface World {
  /** Text of the files; absent files do not exist. */
  readonly global?: string
  readonly project?: string
  readonly env?: Record<string, string>
  readonly overrides?: ConfigInput
  readonly noProject?: boolean
}

const unused = () => "/nowhere"

/** Loads the configuration of a fresh directory; paths in the result are shortened to `global` and `project`. */
const loadIn = Effect.fnUntraced(
  function*(world: World) {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const root = yield* fs.makeTempDirectoryScoped()
    const globalFile = path.join(root, "config", "config.json")
    const projectRoot = path.join(root, "project")
    const projectFile = path.join(projectRoot, ".oracle", "config.json")
    const write = Effect.fnUntraced(function*(file: string, text: string | undefined) {
      if (text === undefined) return
      yield* fs.makeDirectory(path.dirname(file), { recursive: true })
      yield* fs.writeFileString(file, text)
    })
    yield* write(globalFile, world.global)
    yield* write(projectFile, world.project)
    const short = (text: string) => text.replaceAll(globalFile, "global").replaceAll(projectFile, "project")
    const dirs = StateDirs.of({
      state: root,
      jobs: root,
      cache: root,
      globalConfigFile: globalFile,
      database: root,
      hostLock: root,
      hostLog: root,
      seeds: unused,
      runtimes: unused,
      job: () => {
        throw new Error("unused")
      }
    })
    return yield* load({
      projectRoot: world.noProject === true ? null : projectRoot,
      ...(world.overrides === undefined ? {} : { overrides: world.overrides })
    }).pipe(
      Effect.provideService(StateDirs, dirs),
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord(world.env ?? {})),
      Effect.map((loaded) => ({
        ...loaded,
        files: loaded.files.map(short),
        originOf: (key: string) => short(loaded.origins[key] ?? "absent")
      })),
      Effect.mapError((error: OracleError) => `${error.code}: ${short(error.message)}`)
    )
  },
  Effect.scoped,
  Effect.provide(NodeServices.layer)
)

const refusal = (world: World) => Effect.map(Effect.flip(loadIn(world)), String)
const json = (value: Schema.Json) => JSON.stringify(value)

describe("ConfigSources", () => {
  it.effect("gives the defaults when there is no file and no variable", () =>
    Effect.gen(function*() {
      const loaded = yield* loadIn({})
      assert.deepStrictEqual(loaded.config, defaultConfig)
      assert.deepStrictEqual(loaded.files, [])
      assert.isTrue(Object.values(loaded.origins).every((origin) => origin === "default"))
      assert.strictEqual(loaded.originOf("worker.completionTimeoutMs"), "default")
    }))

  it.effect("lets option stand above variable, variable above project, project above global, global above default", () =>
    Effect.gen(function*() {
      const world: World = {
        global: json({
          defaults: { site: "grok", preset: "instant", account: "work" },
          browser: { runMode: "headed" }
        }),
        project: json({ defaults: { preset: "pro_standard", account: "play" } }),
        env: { ORACLE_ACCOUNT: "env", ORACLE_RUN_MODE: "headless" },
        overrides: { browser: { runMode: "headed" } }
      }
      const { config, files, originOf } = yield* loadIn(world)
      assert.deepStrictEqual({ ...config.defaults }, { site: "grok", preset: "pro_standard", account: "env" } as never)
      assert.strictEqual(config.browser.runMode, "headed")
      assert.deepStrictEqual(files, ["global", "project"])
      assert.strictEqual(originOf("defaults.site"), "global")
      assert.strictEqual(originOf("defaults.preset"), "project")
      assert.strictEqual(originOf("defaults.account"), "ORACLE_ACCOUNT")
      assert.strictEqual(originOf("browser.runMode"), "option")
      assert.strictEqual(originOf("queue.maxJobs"), "default")
    }))

  it.effect("reads no project file without a project", () =>
    Effect.gen(function*() {
      const { config } = yield* loadIn({ noProject: true, project: json({ defaults: { site: "grok" } }) })
      assert.strictEqual(config.defaults.site, "chatgpt")
    }))

  it.effect("names file, line and column of corrupt JSON", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* refusal({ global: "{\n  \"defaults\": {\n    \"site\": chatgpt\n  }\n}\n" }),
        "config_invalid: global:3:13: not valid JSON: expected a value"
      )
      assert.strictEqual(
        yield* refusal({ project: "" }),
        "config_invalid: project:1:1: not valid JSON: expected a value, found the end of the file"
      )
    }))

  it.effect("names file, line, key, what was expected and what is there for a value of the wrong kind", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* refusal({ global: "{\n  \"browser\": {\n    \"maxConcurrentJobs\": \"two\"\n  }\n}" }),
        "config_invalid: global:3:5: browser.maxConcurrentJobs: expected number, found the string \"two\""
      )
      assert.strictEqual(
        yield* refusal({ global: "{ \"browser\": { \"maxConcurrentJobs\": 33 } }" }),
        "config_invalid: global:1:16: browser.maxConcurrentJobs: expected a value between 1 and 32, found the number 33"
      )
      assert.match(
        yield* refusal({ global: "{ \"worker\": [] }" }),
        /^config_invalid: global:1:3: worker: expected object, found an array$/
      )
      assert.match(yield* refusal({ global: "[]" }), /global:1:1: the file: expected object, found an array/)
    }))

  it.effect("reports everything that is wrong at once", () =>
    Effect.gen(function*() {
      const message = yield* refusal({ global: json({ defaults: { site: "bing", preset: 5 }, nope: 1 }) })
      assert.strictEqual(message.split("\n").length, 3)
    }))

  it.effect("refuses an unknown key and says which one was probably meant", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* refusal({ global: json({ brwoser: {} }) }),
        "config_invalid: global:1:2: unknown key \"brwoser\"; did you mean \"browser\"?"
      )
      assert.match(
        yield* refusal({ global: json({ browser: { runmode: "headed" } }) }),
        /unknown key "browser\.runmode"; did you mean "runMode"\?/
      )
      assert.match(yield* refusal({ global: json({ poller: { zzzzzzzz: 1 } }) }), /known here: intervalMs$/)
      assert.match(yield* refusal({ project: json({ artifacts: { maxbytes: 1 } }) }), /did you mean "maxBytes"\?/)
    }))

  it.effect("refuses browser arguments that would break the isolation", () =>
    Effect.gen(function*() {
      const bad = [
        "--user-data-dir=/x",
        "--remote-debugging-port=9222",
        "--remote-debugging-pipe",
        "--remote-allow-origins=*",
        "-user-data-dir=/x"
      ]
      for (const arg of bad) {
        const message = yield* refusal({ global: json({ browser: { args: ["--lang=de", arg] } }) })
        assert.match(message, /browser\.args\[1\]: expected an argument that does not break the isolation/)
      }
      assert.deepStrictEqual(
        (yield* loadIn({ global: json({ browser: { args: ["--lang=de", "--disable-gpu"] } }) })).config.browser.args,
        ["--lang=de", "--disable-gpu"]
      )
    }))

  it.effect("accepts another address of a site and overrides of its definition from the global file only", () =>
    Effect.gen(function*() {
      const chatgpt = { baseUrl: "http://127.0.0.1:4000", overrides: { composer: { labels: ["Ask"] } } }
      const { config, originOf } = yield* loadIn({ global: json({ sites: { chatgpt } }) })
      assert.deepStrictEqual(config.sites.chatgpt, chatgpt)
      assert.strictEqual(originOf("sites.chatgpt.overrides"), "global")
      assert.match(
        yield* refusal({ project: json({ sites: { chatgpt } }) }),
        /project:1:2: sites can be set in the global configuration only/
      )
      assert.match(
        yield* refusal({ global: json({ sites: { chatgpt: { baseUrl: "ftp://x" } } }) }),
        /sites\.chatgpt\.baseUrl: expected an http or https URL, found the string "ftp:\/\/x"/
      )
      assert.match(
        yield* refusal({ global: json({ telemetry: { otlp: "localhost:4318" } }) }),
        /telemetry\.otlp: expected an http or https URL/
      )
    }))

  it.effect("lets a project tighten limits, lengthen retention and add exclusions", () =>
    Effect.gen(function*() {
      const { config, originOf } = yield* loadIn({
        global: json({ archive: { exclude: ["*.log"], maxBytes: 1000 } }),
        project: json({
          worker: { completionTimeoutMs: 1000, pollMs: 2000 },
          artifacts: { capture: false, maxFiles: 3 },
          archive: { exclude: ["big/", "*.log"], keep: true, maxBytes: 10, format: "tar.gz" },
          cleanup: { failedJobRetentionMs: 99 * 86_400_000 },
          poller: { intervalMs: 9000 }
        })
      })
      assert.strictEqual(config.worker.completionTimeoutMs, 1000)
      assert.strictEqual(config.artifacts.maxFiles, 3)
      assert.deepStrictEqual(config.archive.exclude, ["*.log", "big/"])
      assert.isTrue(config.archive.keep)
      assert.strictEqual(config.archive.maxBytes, 10)
      assert.strictEqual(config.cleanup.failedJobRetentionMs, 99 * 86_400_000)
      assert.strictEqual(originOf("archive.exclude"), "project")
    }))

  it.effect("refuses, by the key's name, what would loosen a limit from inside a project", () =>
    Effect.gen(function*() {
      const refused: ReadonlyArray<readonly [ConfigInput, RegExp]> = [
        [{ worker: { completionTimeoutMs: 5_400_001 } }, /only lower worker\.completionTimeoutMs; here it is 5400000/],
        [{ worker: { trace: true } }, /may only set worker\.trace to false/],
        [{ artifacts: { maxBytes: 1024 ** 4 } }, /only lower artifacts\.maxBytes/],
        [{ cleanup: { completeJobRetentionMs: 1 } }, /only raise cleanup\.completeJobRetentionMs/],
        [
          { archive: { allowSecretFiles: [".env"] } },
          /archive\.allowSecretFiles can be set in the global configuration/
        ],
        [{ archive: { allowSecretFiles: [] } }, /archive\.allowSecretFiles can be set in the global configuration/],
        [{ browser: { executablePath: "/bin/x" } }, /browser can be set in the global configuration only/],
        [{ notify: { command: ["x"] } }, /notify can be set in the global configuration only/],
        [{ submit: { confirm: "never" } }, /submit can be set in the global configuration only/],
        [{ host: { idleMs: 1 } }, /host can be set in the global configuration only/]
      ]
      for (const [project, message] of refused) {
        assert.match(yield* refusal({ project: json(project) }), message)
      }
      assert.match(
        yield* refusal({ global: json({ archive: { maxBytes: 5 } }), project: json({ archive: { maxBytes: 6 } }) }),
        /only lower archive\.maxBytes; here it is 5/
      )
      assert.match(
        yield* refusal({ global: json({ archive: { keep: true } }), project: json({ archive: { keep: false } }) }),
        /may only set archive\.keep to true/
      )
    }))

  it.effect("names the variable whose value is not allowed, and takes an empty one as unset", () =>
    Effect.gen(function*() {
      assert.match(
        yield* refusal({ env: { ORACLE_SITE: "bing" } }),
        /^config_invalid: ORACLE_SITE: defaults\.site: expected "chatgpt" .* found the string "bing"$/
      )
      assert.match(
        yield* refusal({ env: { ORACLE_MAX_CONCURRENT_JOBS: "many" } }),
        /ORACLE_MAX_CONCURRENT_JOBS.*"many"/
      )
      assert.match(yield* refusal({ env: { ORACLE_BROWSER: "chromium" } }), /ORACLE_BROWSER.*an absolute path/)
      const { config } = yield* loadIn({ env: { ORACLE_SITE: "", ORACLE_MAX_CONCURRENT_JOBS: "5" } })
      assert.strictEqual(config.defaults.site, "chatgpt")
      assert.strictEqual(config.browser.maxConcurrentJobs, 5)
    }))

  it.effect("refuses a configuration that is not a regular file", () =>
    Effect.gen(function*() {
      const fs = yield* FileSystem.FileSystem
      const root = yield* fs.makeTempDirectoryScoped()
      yield* fs.makeDirectory(`${root}/.oracle/config.json`, { recursive: true })
      const dirs = { globalConfigFile: `${root}/none.json` } as StateDirs["Service"]
      const error = yield* Effect.flip(Effect.provideService(load({ projectRoot: root }), StateDirs, dirs))
      assert.match(error.message, /config\.json is not a file$/)
    }).pipe(Effect.provide(NodeServices.layer)))

  const asText = Schema.encodeSync(Schema.fromJsonString(OracleConfig))

  it.effect.prop("gives back what a valid global file says", [OracleConfig], ([config]) =>
    Effect.gen(function*() {
      const text = asText(config)
      const loaded = yield* loadIn({ global: text })
      assert.strictEqual(asText(loaded.config), text)
    }), { arbitrary: { runs: 30 } })

  const limits = OracleConfig.fields
  const Project = Schema.Struct({
    worker: limits.worker,
    artifacts: limits.artifacts,
    archive: limits.archive,
    cleanup: limits.cleanup
  })

  it.effect.prop(
    "never lets a project loosen what holds without it",
    [Project, Project],
    ([global, project]) =>
      Effect.gen(function*() {
        const text = (tree: typeof Project.Type) =>
          JSON.stringify({ ...tree, archive: { ...tree.archive, allowSecretFiles: undefined } })
        const before = (yield* loadIn({ global: text(global) })).config
        const outcome = yield* Effect.result(loadIn({ global: text(global), project: text(project) }))
        const after = outcome._tag === "Success" ? outcome.success.config : before
        for (const [key, limit] of Object.entries(before.worker)) {
          if (key.endsWith("TimeoutMs")) {
            assert.isAtMost(Number(Object.entries(after.worker).find(([k]) => k === key)?.[1]), Number(limit))
          }
        }
        assert.isAtMost(after.artifacts.maxBytes, before.artifacts.maxBytes)
        assert.isAtMost(after.artifacts.maxFiles, before.artifacts.maxFiles)
        assert.isAtMost(after.archive.maxBytes ?? Infinity, before.archive.maxBytes ?? Infinity)
        assert.isAtLeast(after.cleanup.completeJobRetentionMs, before.cleanup.completeJobRetentionMs)
        assert.isAtLeast(after.cleanup.failedJobRetentionMs, before.cleanup.failedJobRetentionMs)
        assert.includeMembers([...after.archive.exclude], [...before.archive.exclude])
      }),
    { arbitrary: { runs: 30 } }
  )
})
