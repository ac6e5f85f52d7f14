/** What the extension refuses in the real pi, and how it says so. No browser is started. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { texts } from "../src/tools/texts.ts"
import { Rpc, type RpcEvent } from "./support/Rpc.ts"
import { say, World } from "./support/World.ts"

let world: World

beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

/** Results of the tools in the events of a run. */
const results = (events: ReadonlyArray<RpcEvent>) =>
  events.filter(({ type }) => type === "tool_execution_end").map((event) => {
    const { content } = event["result"] as { readonly content: ReadonlyArray<{ readonly text: string }> }
    return { text: content.map(({ text }) => text).join("\n"), isError: event["isError"] === true }
  })

const run = async (message: string, ...args: ReadonlyArray<string>) => {
  const { code, stderr, stdout } = await world.sandbox.run(["--mode", "json", ...args, message])
  assert.strictEqual(code, 0, stderr)
  return results(stdout.trim().split("\n").map((line): RpcEvent => JSON.parse(line)))
}

describe("the extension", () => {
  it("makes nothing on the disk until it is asked, starts twice without harm, and gives the model its tools", {
    timeout: 60_000
  }, async () => {
    const rpc = new Rpc(world.sandbox)
    await rpc.prompt("hello")
    await rpc.send({ type: "new_session" })
    await rpc.prompt("hello again")
    const names = (world.model.requests.at(-1)?.tools ?? []).map((tool) => tool.function.name)
    for (const name of Object.keys(texts)) assert.include(names, name)
    const { data } = await rpc.send({ type: "get_commands" }) as {
      readonly data?: { readonly commands: ReadonlyArray<{ readonly name: string }> }
    }
    const commands = (data?.commands ?? []).map(({ name }) => name)
    for (const name of ["auth", "status", "read", "cancel", "clean", "followup"]) {
      assert.include(commands, `oracle-${name}`)
    }
    assert.include(commands, "oracle")
    assert.isFalse(existsSync(world.sandbox.state))
    assert.deepStrictEqual([await rpc.close(), rpc.stderr], [0, ""])
  })

  it("says that it is not ready without a profile, as an answer and as a failure", { timeout: 60_000 }, async () => {
    const rpc = new Rpc(world.sandbox)
    await rpc.prompt(say("oracle_preflight", {}))
    await rpc.prompt(say("oracle_submit", { prompt: "Why?", files: ["src"] }))
    await rpc.prompt(say("oracle_submit", { prompt: "Why?", files: ["nowhere"] }))
    world.sandbox.write("shots/one.png", "a picture")
    await rpc.prompt(say("oracle_submit", { prompt: "Why?", files: [], attach: ["shots"] }))
    await rpc.prompt(say("oracle_submit", { prompt: "Why?", files: [], attach: ["shots/one.png"] }))
    await rpc.prompt(say("oracle_submit", { prompt: "Why?", files: [], attach: ["../agent/settings.json"] }))
    await rpc.prompt(say("oracle_read", { jobId: "01a1fdf1-270b-7182-ad5f-7271663b3941" }))
    await rpc.prompt(say("oracle_auth", {}))
    const asked = rpc.events.length
    await rpc.send({ type: "prompt", message: "/oracle-auth nowhere" })
    assert.match(
      String(rpc.requests("notify", asked)[0]?.["message"]),
      /'nowhere' is no site[^]*chatgpt, grok, practice/
    )
    const [preflight, submit, mistaken, folder, attached, outside, read, auth] = results(rpc.events)
    assert.match(preflight?.text ?? "", /^ready: no\nseed_missing: [^]*\/oracle-auth practice/)
    assert.isFalse(preflight?.isError)
    assert.match(submit?.text ?? "", /^seed_missing: /)
    assert.match(mistaken?.text ?? "", /^archive_input_missing: /)
    assert.match(folder?.text ?? "", /^invalid_option: 'shots' is not a single file/)
    assert.match(attached?.text ?? "", /^seed_missing: /)
    assert.match(outside?.text ?? "", /^archive_input_outside: /)
    assert.match(read?.text ?? "", /^job_not_found: [^]*\/oracle-status/)
    assert.match(auth?.text ?? "", /^seed_missing: /)
    for (const each of [submit, mistaken, folder, attached, outside, read, auth]) assert.isTrue(each?.isError)
    assert.deepStrictEqual([await rpc.close(), rpc.stderr], [0, ""])
  })

  it("wants a session that is kept, a person for a sign-in, and a configuration without mistakes", {
    timeout: 60_000
  }, async () => {
    const [unkept] = await run(say("oracle_submit", { prompt: "Why?", files: ["src"] }), "--no-session")
    assert.match(unkept?.text ?? "", /^persisted_session_required: [^]*--no-session/)
    const [auth] = await run(say("oracle_auth", { action: "sign_in" }))
    assert.match(auth?.text ?? "", /^consent_required: /)
    const folder = join(world.sandbox.project, ".pi/extensions")
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, "oracle.json"), JSON.stringify({ sites: {} }))
    const [untrusted] = await run(say("oracle_preflight", {}), "--no-approve")
    assert.match(untrusted?.text ?? "", /^ready: no\nseed_missing/)
    const [trusted] = await run(say("oracle_preflight", {}), "--approve")
    assert.match(trusted?.text ?? "", /config_invalid: [^]*oracle\.json:1:2: sites can be set in the global/)
  })

  it("prints what a command says in print mode", { timeout: 30_000 }, async () => {
    const status = await world.sandbox.run(["-p", "/oracle-status"])
    assert.deepStrictEqual([status.code, status.stdout], [0, "no oracle jobs in this project yet\n"])
    const cancel = await world.sandbox.run(["-p", "/oracle-cancel"])
    assert.match(cancel.stdout, /^usage_error: no job was named/)
  })
})
