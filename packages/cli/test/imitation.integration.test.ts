/** The whole product against an imitation of ChatGPT that is not ours to shape: one command, and what the site saw of it. */
import { assert, describe, it } from "@effect/vitest"
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import {
  type Answer,
  richAnswer,
  richMarkdown,
  sampleFiles,
  shortAnswer
} from "../../browser/test/imitation/answers.ts"
import { type Imitation, start } from "../../browser/test/imitation/Imitation.ts"
import { shapeOf } from "./support/markdownShape.ts"
import { type Ended, jsonOf, Sandbox } from "./support/oracle.ts"
import { remainingProcesses } from "./support/processes.ts"

const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex")

class World {
  readonly site: Imitation
  readonly sandbox = new Sandbox()
  readonly temp = join(this.sandbox.root, "tmp")

  constructor(site: Imitation) {
    this.site = site
    mkdirSync(this.temp)
    this.sandbox.write("src/main.ts", "export const answer = 42\n")
    this.sandbox.write("src/größe/Ünicode name.ts", "export const size = 1\n")
    this.sandbox.config({
      defaults: { site: "chatgpt" },
      sites: { chatgpt: { baseUrl: site.url } },
      worker: { downloadTimeoutMs: 8000 },
      host: { idleMs: 500 }
    })
  }

  run(args: ReadonlyArray<string>): Promise<Ended> {
    const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache")
    return this.sandbox.run(args, { env: { TMPDIR: this.temp, XDG_CACHE_HOME: cache } })
  }

  async signIn(): Promise<void> {
    const file = join(this.sandbox.root, "state.json")
    writeFileSync(file, JSON.stringify(this.site.storageState), { mode: 0o600 })
    const ended = await this.run(["auth", "chatgpt", "--state-file", file, "--accept-automation", "--json"])
    assert.strictEqual(ended.code, 0, ended.stdout + ended.stderr)
  }

  async ask(prompt: string, ...flags: ReadonlyArray<string>): Promise<Ended> {
    const file = join(this.sandbox.root, "prompt.md")
    writeFileSync(file, prompt)
    return this.run(["ask", "--prompt-file", file, "--files", "src/**", "--accept-automation", "--json", ...flags])
  }

  async close(): Promise<void> {
    await this.run(["host", "stop", "--force"])
    await this.site.close()
    this.sandbox.remove()
  }
}

const withWorld = async (
  generation: "A" | "B" | "C",
  answer: Answer | ((prompt: string) => Answer),
  body: (world: World) => Promise<void>
): Promise<void> => {
  const world = new World(await start({ generation, answer }))
  try {
    await world.signIn()
    await body(world)
  } finally {
    await world.close()
  }
}

const assertNothingLeft = async ({ sandbox, temp }: World) => {
  assert.deepStrictEqual(await remainingProcesses(sandbox.state, 15_000), [])
  assert.deepStrictEqual(readdirSync(join(sandbox.state, "runtimes")), [])
  assert.deepStrictEqual(readdirSync(temp), [])
}

const assertOneSend = (world: World, prompt: string, ended: Ended) => {
  const { log } = world.site
  assert.strictEqual(log.sends.length, 1)
  assert.strictEqual(log.sends[0]?.sha256, sha256(prompt))
  assert.deepStrictEqual([log.untrustedClicks, log.forbiddenClicks], [0, 0])
  const { job } = jsonOf(ended)
  assert.deepStrictEqual(log.sends[0]?.attachments.map((file) => file.sha256), [job.archive.sha256])
  assert.strictEqual(job.conversationId, log.sends[0]?.conversationId)
  assert.strictEqual(job.chatUrl, `${world.site.url}/c/${log.sends[0]?.conversationId}`)
}

const special = [
  "",
  "",
  "\tA tab, trailing blanks   ",
  "",
  "$& $' $` $1 $$ \\n {{x}} <b>&amp;</b> `code`",
  "emoji 👩🏽‍💻 and ﷽ and e\u0301",
  "    indented",
  "```ts",
  "a  b",
  "```",
  "# not a heading / @mention *",
  " last line "
].join("\n")

const presets = { A: "pro_extended", B: "pro_extended", C: "current" } as const
const models = { A: "pro/extended", B: "Pro Extended", C: "none" } as const

describe("oracle ask against an imitation of ChatGPT", () => {
  for (const generation of ["A", "B", "C"] as const) {
    it(
      `sends once and brings back the answer and its files (page generation ${generation})`,
      { timeout: 120_000 },
      () =>
        withWorld(generation, richAnswer, async (world) => {
          const ended = await world.ask(special, "--preset", presets[generation])
          assert.strictEqual(ended.code, 0, ended.stdout + ended.stderr)
          assertOneSend(world, special, ended)
          assert.strictEqual(world.site.log.sends[0]?.model, models[generation])
          const { answer } = jsonOf(ended)
          const wanted = shapeOf(richMarkdown)
          const got = shapeOf(answer.markdown)
          for (const part of ["headings", "fences", "tables", "items", "quotes", "math"] as const) {
            assert.deepStrictEqual(got[part], wanted[part], part)
          }
          assert.deepInclude(got.links, wanted.links[0])
          assert.notInclude(answer.markdown, "Copy code")
          assert.notInclude(answer.markdown, "Thought for")
          assert.include(answer.text, "Words that must not frighten anybody")
          const files: ReadonlyArray<{ readonly name: string; readonly path: string; readonly error: string | null }> =
            answer.files
          assert.deepStrictEqual(files.flatMap(({ error }) => error ?? []), [])
          assert.deepStrictEqual(
            Object.fromEntries(files.map(({ name, path }) => [name, sha256(readFileSync(path))])),
            Object.fromEntries(sampleFiles.map(({ bytes, name }) => [name, sha256(bytes)]))
          )
          await assertNothingLeft(world)
        })
    )

    it(
      `delivers a prompt of 200 kB byte for byte (page generation ${generation})`,
      { timeout: 120_000 },
      () =>
        withWorld(generation, shortAnswer, async (world) => {
          const prompt = Array.from({ length: 4000 }, (_, line) => `${line} ${"$& äß 😀 ".repeat(5)}`.slice(0, 42))
            .join("\n")
          assert.isAtLeast(new TextEncoder().encode(prompt).byteLength, 200_000)
          const ended = await world.ask(prompt, "--preset", "current")
          assert.strictEqual(ended.code, 0, ended.stdout + ended.stderr)
          assertOneSend(world, prompt, ended)
          assert.strictEqual(jsonOf(ended).answer.markdown.trim(), shortAnswer.markdown)
        })
    )
  }

  it(
    "turns line ends of Windows into \\n and changes nothing else",
    { timeout: 120_000 },
    () =>
      withWorld("A", shortAnswer, async (world) => {
        const ended = await world.ask("one\r\n\r\ntwo \r\nthree", "--preset", "current")
        assert.strictEqual(ended.code, 0, ended.stdout + ended.stderr)
        assert.strictEqual(world.site.log.sends[0]?.prompt, "one\n\ntwo \nthree")
      })
  )

  it(
    "goes on in the thread of an earlier job and brings back only what is new",
    { timeout: 120_000 },
    () =>
      withWorld("B", (prompt) => prompt.startsWith("First") ? richAnswer : shortAnswer, async (world) => {
        const first = await world.ask("First question", "--preset", "current")
        assert.strictEqual(first.code, 0, first.stdout + first.stderr)
        const { job } = jsonOf(first)
        const second = await world.ask("Second question", "--preset", "current", "--follow-up", job.id)
        assert.strictEqual(second.code, 0, second.stdout + second.stderr)
        const [, send] = world.site.log.sends
        assert.deepStrictEqual([world.site.log.sends.length, send?.conversationId], [2, job.conversationId])
        const { answer } = jsonOf(second)
        assert.strictEqual(answer.markdown.trim(), shortAnswer.markdown)
        assert.deepStrictEqual(answer.files, [])
      })
  )

  it("keeps the answer and the other files when the site has lost one", { timeout: 120_000 }, () => {
    const [kept, gone] = sampleFiles
    assert.isDefined(kept)
    assert.isDefined(gone)
    return withWorld("A", { ...shortAnswer, files: [{ ...gone, lost: true }, kept] }, async (world) => {
      const ended = await world.ask("Files, please", "--preset", "current")
      const { answer, job } = jsonOf(ended)
      assert.strictEqual(job.phase, "complete_with_artifact_errors", ended.stdout + ended.stderr)
      assert.include(answer.markdown, shortAnswer.markdown)
      const files: ReadonlyArray<{ readonly label: string; readonly path: string | null }> = answer.files
      assert.deepStrictEqual(
        files.map(({ label, path }) => [label, path === null ? null : sha256(readFileSync(path))]),
        [[gone.name, null], [kept.name, sha256(kept.bytes)]]
      )
      await assertNothingLeft(world)
    })
  })

  it(
    "sends nothing when the session has ended, and says how to sign in",
    { timeout: 180_000 },
    () =>
      withWorld("B", shortAnswer, async (world) => {
        world.site.signOut()
        const ended = await world.ask("Is anybody there?", "--preset", "current")
        assert.strictEqual(ended.code, 3, ended.stdout + ended.stderr)
        assert.strictEqual(jsonOf(ended).error.code, "login_required")
        assert.include(jsonOf(ended).error.nextStep, "oracle auth chatgpt")
        assert.deepStrictEqual([world.site.log.sends.length, world.site.log.uploads.length], [0, 0])
        await assertNothingLeft(world)
      })
  )
})
