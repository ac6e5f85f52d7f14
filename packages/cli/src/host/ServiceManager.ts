/** Puts the host into the hands of this user's service manager, and takes it back. */
// @effect-diagnostics nodeBuiltinImport:off
// @effect-diagnostics processEnv:off
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import * as Effect from "effect/Effect"
import { execFile } from "node:child_process"
import { constants, promises } from "node:fs"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { commandLine } from "../graph/PackageFiles.ts"
import { agentLabel, launchdAgent, mark, type Service, systemdUnit, unitName } from "./ServiceUnit.ts"

export interface Manager {
  readonly name: "systemd" | "launchd"
  /** Where its file for the host belongs. */
  readonly file: string
  readonly content: string
  /** Commands that make it take notice of the file, and let the host go before the file is removed. */
  readonly enable: ReadonlyArray<ReadonlyArray<string>>
  readonly disable: ReadonlyArray<ReadonlyArray<string>>
  /** Succeeds where the manager can be talked to. */
  readonly probe: ReadonlyArray<string>
}

const variable = (name: string): string | undefined => {
  const value = process.env[name]
  return value === "" ? undefined : value
}

const kept = ["PATH", "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "PLAYWRIGHT_BROWSERS_PATH"]

const service = Effect.map(StateDirs, (dirs): Service => ({
  command: [process.execPath, ...commandLine(), "host", "run", "--stay"],
  environment: [
    ...kept.flatMap((name) => {
      const value = variable(name)
      return value === undefined ? [] : [[name, value] as const]
    }),
    ["ORACLE_STATE_DIR", dirs.state],
    ["ORACLE_JOBS_DIR", dirs.jobs],
    ["ORACLE_CONFIG", dirs.globalConfigFile]
  ],
  log: dirs.hostLog
}))

/** The service manager of this platform; fails where there is none that Oracle knows. */
export const manager = Effect.gen(function*() {
  const found = yield* service
  const home = variable("HOME") ?? homedir()
  if (process.platform === "darwin") {
    const file = join(home, "Library", "LaunchAgents", `${agentLabel}.plist`)
    const domain = `gui/${process.getuid?.() ?? 0}`
    const agent: Manager = {
      name: "launchd",
      file,
      content: launchdAgent(found),
      enable: [["launchctl", "bootstrap", domain, file]],
      disable: [["launchctl", "bootout", `${domain}/${agentLabel}`]],
      probe: ["launchctl", "print", domain]
    }
    return agent
  }
  if (process.platform !== "linux") {
    return yield* oracleError("usage_error", `there is no service manager for ${process.platform} that Oracle knows`, {
      step: "let 'oracle host run --stay' be started at your login"
    })
  }
  const unit: Manager = {
    name: "systemd",
    file: join(variable("XDG_CONFIG_HOME") ?? join(home, ".config"), "systemd", "user", unitName),
    content: systemdUnit(found),
    enable: [["systemctl", "--user", "daemon-reload"], ["systemctl", "--user", "enable", "--now", unitName]],
    disable: [["systemctl", "--user", "disable", "--now", unitName]],
    probe: ["systemctl", "--user", "show-environment"]
  }
  return unit
})

/** The commands as a person types them. */
export const shown = (commands: ReadonlyArray<ReadonlyArray<string>>): string =>
  commands.map((command) => command.join(" ")).join(" && ")

const failure = (file: string) => (cause: unknown) =>
  oracleError("state_unwritable", `${file} cannot be written`, { cause, step: "make its folder writable" })

/** The file as it is now; null when there is none. Refuses one that somebody else wrote. */
const present = Effect.fnUntraced(function*({ file }: Manager) {
  const content = yield* Effect.tryPromise({
    try: () =>
      promises.readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === "ENOENT") return null
        throw cause
      }),
    catch: failure(file)
  })
  if (content === null || content.split("\n").slice(0, 2).some((line) => line.includes(mark))) return content
  return yield* oracleError("usage_error", `${file} was not written by 'oracle host install'`, {
    step: "move that file away if it is not needed, then try again"
  })
})

const write = async ({ content, file }: Manager): Promise<void> => {
  await promises.mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}.new`
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
  try {
    await promises.writeFile(temporary, content, { flag: flags, mode: 0o644 })
    await promises.chmod(temporary, 0o644)
    await promises.rename(temporary, file)
  } catch (cause) {
    await promises.rm(temporary, { force: true })
    throw cause
  }
}

/** Whether each of the commands succeeded, in their order, within ten seconds each. */
const succeed = (commands: ReadonlyArray<ReadonlyArray<string>>) =>
  Effect.forEach(
    commands,
    ([program = "", ...args]) =>
      Effect.tryPromise((signal) =>
        new Promise<void>((resolve, reject) => {
          execFile(program, args, { signal, timeout: 10_000 }, (error) => error === null ? resolve() : reject(error))
        })
      ),
    { discard: true }
  ).pipe(Effect.match({ onFailure: () => false, onSuccess: () => true }))

/** Writes the file and lets the manager start the host; answers whether the manager took it. */
export const install = Effect.fn("ServiceManager.install")(function*(one: Manager) {
  yield* present(one)
  yield* Effect.tryPromise({ try: () => write(one), catch: failure(one.file) })
  return (yield* succeed([one.probe])) && (yield* succeed(one.enable))
})

/** Takes the host back and removes the file. `removed` is false when there was none. */
export const uninstall = Effect.fn("ServiceManager.uninstall")(function*(one: Manager) {
  if ((yield* present(one)) === null) return { removed: false, released: true }
  const released = (yield* succeed([one.probe])) && (yield* succeed(one.disable))
  yield* Effect.tryPromise({ try: () => promises.rm(one.file, { force: true }), catch: failure(one.file) })
  if (one.name === "systemd") yield* succeed(one.enable.slice(0, 1))
  return { removed: true, released }
})
