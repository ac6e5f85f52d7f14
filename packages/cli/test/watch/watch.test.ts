import { JobId } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { DateTime } from "effect"
import { glyphsOf } from "../../src/render/TerminalKind.ts"
import { hardWrap } from "../../src/watch/hardWrap.ts"
import { keysOf } from "../../src/watch/Keys.ts"
import { type Frame, picture } from "../../src/watch/WatchPicture.ts"
import { initial, press, type WatchState, withJobs } from "../../src/watch/WatchState.ts"
import { insertJob, recordOf } from "../support/jobs.ts"
import { Sandbox } from "../support/oracle.ts"

const sandbox = new Sandbox()
afterAll(() => sandbox.remove())

const job = (n: number, part: Partial<Job> = {}): Job => ({
  ...recordOf(sandbox, JobId.make(`019d0000-0000-7000-8000-00000000000${n}`)),
  ...part
})
const running: Partial<Job> = { status: "waiting", phase: "awaiting_response", completedAt: null }
const loaded = withJobs(initial, [job(3, running), job(2), job(1)])
const frame: Frame = {
  columns: 80,
  rows: 12,
  now: DateTime.makeUnsafe("2026-03-01T10:10:00.000Z"),
  projects: false,
  title: "/project",
  glyphs: glyphsOf({ LANG: "C.UTF-8" }, "linux"),
  paint: (_, text) => text
}
const answer: WatchState = {
  ...loaded,
  view: { _tag: "Answer", job: job(2).id, lines: Array.from({ length: 30 }, (_, n) => `line ${n}`), top: 0 }
}

describe("the keys of oracle watch", () => {
  it("are told apart also when several come at once", () => {
    assert.deepStrictEqual(keysOf("\u001b[A\u001b[Bjkq\u0003"), ["up", "down", "down", "up", "quit", "interrupt"])
    assert.deepStrictEqual(keysOf("\u001b"), ["back"])
    assert.deepStrictEqual(keysOf("\u001b[15~é"), ["other", "other"])
  })

  it("move the selection, which stays on its job when others come and go", () => {
    const down = press(loaded, "down", 5).state
    assert.strictEqual(down.selected, job(2).id)
    assert.strictEqual(withJobs(down, [job(4), job(3), job(2)]).selected, job(2).id)
    assert.strictEqual(withJobs(down, [job(4), job(3)]).selected, job(4).id)
    assert.strictEqual(press(loaded, "up", 5).state.selected, job(3).id)
    assert.strictEqual(press(loaded, "bottom", 5).state.selected, job(1).id)
    assert.isNull(press(initial, "down", 5).state.selected)
  })

  it("cancel a job only after a yes, and never one that has ended", () => {
    const asked = press(loaded, "cancel", 5)
    assert.isUndefined(asked.command)
    assert.strictEqual(asked.state.view._tag, "Confirm")
    assert.strictEqual(press(asked.state, "yes", 5).command?._tag, "Cancel")
    assert.isUndefined(press(asked.state, "cancel", 5).command)
    const ended = press(press(loaded, "down", 5).state, "cancel", 5)
    assert.deepStrictEqual([ended.state.view._tag, ended.state.remark], ["List", "this job has ended"])
  })

  it("open a conversation only where there is one", () => {
    assert.isUndefined(press(loaded, "open", 5).command)
    const known = withJobs(initial, [job(3, { ...running, chatUrl: "https://chatgpt.com/c/1" })])
    assert.strictEqual(press(known, "open", 5).command?._tag, "Open")
  })

  it("turn the pages of an answer and go back to the list", () => {
    const next = press(answer, "pageDown", 7).state
    assert.include(picture(next, frame)[2], "line 7")
    const end = press(press(answer, "bottom", 7).state, "down", 7).state
    assert.include(picture(end, frame)[8], "line 29")
    assert.strictEqual(press(end, "quit", 7).state.view._tag, "List")
    assert.strictEqual(press(end, "interrupt", 7).command?._tag, "Quit")
  })
})

describe("the picture of oracle watch", () => {
  it("fills the terminal and no more, whatever it shows", () => {
    const many = withJobs(initial, Array.from({ length: 9 }, (_, n) => job(n, running)))
    for (const state of [initial, loaded, many, answer, press(loaded, "cancel", 7).state]) {
      const lines = picture(state, frame)
      assert.strictEqual(lines.length, frame.rows)
      for (const line of lines) assert.isAtMost(line.length, frame.columns)
    }
  })

  it("shows the selected job also far down", () => {
    const many = withJobs(initial, Array.from({ length: 9 }, (_, n) => job(n, running)))
    const last = press(many, "bottom", 7).state
    assert.isTrue(picture(last, frame).some((line) => line.startsWith("›") && line.includes(job(8).id)))
  })

  it("breaks lines that are too wide without losing a character", () => {
    const line = `\u001b[36m${"x".repeat(25)}\u001b[39m 漢字漢字漢字`
    const broken = hardWrap(line, 10)
    assert.strictEqual(broken.join(""), line)
    assert.isAbove(broken.length, 3)
  })
})

describe("oracle watch without a terminal", () => {
  it("says that no job is open and ends", async () => {
    await insertJob(sandbox)
    const ended = await sandbox.run(["watch"])
    assert.deepStrictEqual([ended.code, ended.stdout], [0, ""])
    assert.include(ended.stderr, "no job is open")
  })
})
