/** What only a terminal gets: the live view, rendered answers. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { insertAnswer, insertJob } from "../support/jobs.ts"
import { Sandbox } from "../support/oracle.ts"
import { atTerminal, hasTerminal } from "../support/terminal.ts"

const sandbox = new Sandbox()
let answered: string

beforeAll(async () => {
  answered = (await insertAnswer(sandbox, { markdown: "# Because\n\nThe **lease** is lost.\n" })).id
  await insertJob(sandbox, { status: "preparing", phase: "preparing", completedAt: null })
})
afterAll(() => sandbox.remove())

describe.runIf(hasTerminal)("at a terminal", () => {
  it("oracle watch shows the jobs, reads one by key, and gives the terminal back at the end", async () => {
    const session = atTerminal(sandbox, ["watch"])
    await session.shows("1 job open")
    session.type("\u001b[B")
    await session.shows(`› ${answered}`)
    session.type("r")
    await session.shows("lines 1 to 3 of 3")
    session.type("q")
    await session.shows("up/down select")
    session.type("q")
    const { code, stdout } = await session.ended
    assert.strictEqual(code, 0)
    assert.include(stdout, "is lost.")
    assert.include(stdout, "\u001b[?25h\u001b[?1049l")
  })

  it("an answer is rendered, and as it is with --format; --no-color leaves out styles", async () => {
    const rendered = await atTerminal(sandbox, ["read", answered]).ended
    assert.include(rendered.stdout, "\u001b[1mlease\u001b[22m")
    const plain = await atTerminal(sandbox, ["read", answered, "--no-color", "--quiet"]).ended
    assert.strictEqual(plain.stdout.replaceAll("\r", ""), "Because\n\nThe lease is lost.\n")
    const raw = await atTerminal(sandbox, ["read", answered, "--format", "markdown"]).ended
    assert.include(raw.stdout, "The **lease** is lost.")
  })
})
