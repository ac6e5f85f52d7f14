/**
 * The drill of an expired login, on a copy of the seed in a state directory of its own: the copy loses its cookies, a job
 * ends for want of a login before it sends, the copy is signed in again, and the same job completes with one send.
 */
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import * as Effect from "effect/Effect"
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { effectiveConfig } from "./Config.ts"
import { must } from "./Line.ts"
import type { Printed, Walk } from "./Walk.ts"

const stateDirectory = (): Promise<string> =>
  Effect.runPromise(Effect.provide(StateDirs.use(({ state }) => Effect.succeed(state)), StateDirsNode.layerPaths))

/** What a site does when it ends a session, done to a profile: its cookies are gone. */
const forgetLogin = (profile: string): void => {
  rmSync(join(profile, "oracle-cookies.json"), { force: true })
  for (const file of ["Default/Cookies", "Default/Network/Cookies"].map((name) => join(profile, name))) {
    if (!existsSync(file)) continue
    const database = new DatabaseSync(file)
    database.exec("DELETE FROM cookies")
    database.close()
  }
}

export const expiredLogin = async (walk: Walk): Promise<string> => {
  const { account, site } = walk.target
  const { browser: { runtimeProfilesDir: _, seedProfilesDir, ...browser }, ...config } = await effectiveConfig(walk)
  const state = join(walk.root, "drill")
  const file = join(walk.root, "login.json")
  const env = {
    ORACLE_STATE_DIR: state,
    ORACLE_JOBS_DIR: "",
    PI_ORACLE_JOBS_DIR: "",
    ORACLE_CONFIG: join(walk.root, "drill.json")
  }
  const seeds = typeof seedProfilesDir === "string" ? seedProfilesDir : join(await stateDirectory(), "seeds")
  const copy = join(state, "seeds", site, account)
  try {
    writeFileSync(env.ORACLE_CONFIG, JSON.stringify({ ...config, browser }), { mode: 0o600 })
    const exported = await walk.json<Printed>(["auth", "export", site, "--account", account, "-o", file, "--yes"])
    must(exported.error === null, `the login could not be exported: ${exported.error?.message}`)
    mkdirSync(dirname(copy), { recursive: true, mode: 0o700 })
    cpSync(join(seeds, site, account), copy, { recursive: true })
    forgetLogin(join(copy, "profile"))

    const { id } = await walk.submit("Reply with the word of first.txt.", ["--files", "first.txt"], env)
    const { error, exit, job } = await walk.wait(id, env)
    must(
      exit === 3 && error?.code === "login_required",
      `without a login the job ended as ${error?.code ?? "complete"}`
    )
    must(job?.send.state === "not_started", `the ledger says ${job?.send.state}`)

    const way = ["--account", account, "--state-file", file, "--accept-automation"]
    const repaired = await walk.json<Printed>(["auth", site, ...way], env)
    must(repaired.error === null, `the copy could not be signed in again: ${repaired.error?.message}`)
    await walk.json(["resume", id], env)
    await walk.answered(id, env)
    const { events } = await walk.json<{ readonly events: ReadonlyArray<{ kind: string; message: string }> }>(
      ["logs", id],
      env
    )
    const sends = events.filter(({ kind, message }) => kind === "send" && message.startsWith("attempting")).length
    must(sends === 1, `the prompt was sent ${sends} times`)
    return "login_required before the send; after the repair the same job completed with one send"
  } finally {
    await walk.run(["host", "stop", "--force"], env, "tidying up")
    rmSync(file, { force: true })
    rmSync(state, { recursive: true, force: true })
  }
}
