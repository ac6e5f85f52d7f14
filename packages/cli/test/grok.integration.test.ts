/** The whole product against an imitation of Grok: another site is another definition, and nothing else. */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { fileBytes, fileName, type Grok, start } from "../../browser/test/imitation/grok/Grok.ts"
import type { GrokOptions } from "../../browser/test/imitation/grok/page.ts"
import { jsonOf, Sandbox } from "./support/oracle.ts"

class World {
  readonly site: Grok
  readonly sandbox = new Sandbox()

  constructor(site: Grok) {
    this.site = site
    this.sandbox.write("src/main.ts", "export const answer = 42\n")
    this.sandbox.config({
      defaults: { site: "grok" },
      sites: { grok: { baseUrl: site.url } },
      worker: { readyTimeoutMs: 20_000 },
      host: { idleMs: 10_000 }
    })
  }

  run(...args: ReadonlyArray<string>) {
    const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache")
    return this.sandbox.run(args, { env: { XDG_CACHE_HOME: cache } })
  }

  ask(prompt: string, ...flags: ReadonlyArray<string>) {
    return this.run("ask", "-p", prompt, "--files", "src/**", "--accept-automation", "--json", ...flags)
  }
}

const withWorld = async (options: Partial<GrokOptions>, body: (world: World) => Promise<void>) => {
  const world = new World(await start({ heavy: true, path: "c", ...options }))
  try {
    const file = join(world.sandbox.root, "state.json")
    writeFileSync(file, JSON.stringify(world.site.storageState), { mode: 0o600 })
    const ended = await world.run("auth", "grok", "--state-file", file, "--accept-automation", "--json")
    assert.strictEqual(ended.code, 0, ended.stdout + ended.stderr)
    await body(world)
  } finally {
    await world.run("host", "stop", "--force")
    await world.site.close()
    world.sandbox.remove()
  }
}

describe("oracle ask --site grok", () => {
  it(
    "asks in Heavy mode with a .tar.gz, brings answer and file back, and goes on in the thread",
    { timeout: 180_000 },
    () =>
      withWorld({ path: "chat" }, async (world) => {
        const first = await world.ask("What is\n  in $& here?")
        assert.strictEqual(first.code, 0, first.stdout + first.stderr)
        const { answer, job } = jsonOf(first)
        const [send] = world.site.sends
        assert.isDefined(send)
        assert.strictEqual(send.message, "What is\n  in $& here?")
        assert.strictEqual(send.mode, "Heavy")
        const [archive] = send.attachments
        assert.isDefined(archive)
        assert.match(archive.name, /\.tar\.gz$/)
        assert.strictEqual(archive.sha256, job.archive.sha256)
        assert.include(gunzipSync(archive.bytes).toString("latin1"), "export const answer = 42")
        assert.strictEqual(job.conversationId, send.conversationId)
        assert.include(answer.markdown, "## Findings")
        assert.include(answer.markdown, "```ts\nconst a = 1\n```")
        assert.notInclude(answer.markdown, "Thought for")
        assert.deepStrictEqual(answer.files.map(({ name }: { readonly name: string }) => name), [fileName])
        assert.strictEqual(readFileSync(answer.files[0].path, "utf8"), fileBytes)

        const second = await world.ask("And now?", "--follow-up", job.id)
        assert.strictEqual(second.code, 0, second.stdout + second.stderr)
        assert.deepStrictEqual(
          world.site.sends.map(({ conversationId }) => conversationId),
          [send.conversationId, send.conversationId]
        )
        assert.include(jsonOf(second).answer.markdown, "asked **8** characters")
        assert.deepStrictEqual(world.site.faults, [])
      })
  )

  it(
    "takes no other mode where Heavy is locked, and sees when nobody is signed in any more",
    { timeout: 180_000 },
    () =>
      withWorld({ heavy: false }, async (world) => {
        const locked = await world.ask("Anybody?")
        const { code, message } = jsonOf(locked).error
        assert.strictEqual(code, "model_unavailable", locked.stdout)
        assert.match(message, /^Heavy is not available: .*Auto, Fast, Expert, Heavy \(unavailable\)/)
        const fast = await world.ask("Anybody?", "--preset", "instant")
        assert.strictEqual(fast.code, 0, fast.stdout + fast.stderr)
        assert.strictEqual(world.site.sends[0]?.mode, "Fast")
        world.site.signOut()
        const out = await world.run("doctor", "--site", "grok", "--json")
        assert.deepStrictEqual([out.code, jsonOf(out).state.name], [3, "login_required"], out.stdout)
        assert.strictEqual(world.site.sends.length, 1)
        assert.deepStrictEqual(world.site.faults, [])
      })
  )
})
