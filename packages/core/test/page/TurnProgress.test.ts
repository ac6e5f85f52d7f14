import type { TurnProbe } from "@effect-oracle/core/page/TurnProbe"
import { initial, step, type TurnState, type TurnVerdict } from "@effect-oracle/core/page/TurnProgress"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

const probe = (over: Partial<TurnProbe> = {}): TurnProbe => ({
  userTurnFound: true,
  userTurnId: "u",
  answerFound: true,
  answerTurnId: "a",
  generating: false,
  thinking: false,
  finishControls: false,
  chars: 100,
  contentKey: "100",
  files: 0,
  failed: false,
  continueOffered: false,
  alternatives: 0,
  url: "https://chatgpt.com/c/1",
  ...over
})

const working = probe({ generating: true })
const finished = probe({ finishControls: true })

interface Run {
  readonly verdict: TurnVerdict
  readonly ms: number
  readonly state: TurnState
}

/** Repeats the last reading, as paced by the verdicts, until something else than `Wait` or the limit comes. */
const settle = (readings: ReadonlyArray<TurnProbe>, limitMs = 120_000): Run => {
  let state = initial
  let ms = 0
  for (let index = 0;; index += 1) {
    const reading = readings[Math.min(index, readings.length - 1)] ?? probe()
    const next = step(state, reading, ms)
    state = next.state
    if (next.verdict._tag !== "Wait" || ms >= limitMs) return { verdict: next.verdict, ms, state }
    ms += next.verdict.nextMs
  }
}

/** Readings from few values, so that runs of equal ones are common. */
const Reading = Schema.Struct({
  generating: Schema.Literals([false, false, false, true]),
  thinking: Schema.Literals([false, false, false, true]),
  finishControls: Schema.Literals([true, true, true, false]),
  failed: Schema.Literals([false, false, false, false, true]),
  chars: Schema.Literals([0, 5, 500]),
  files: Schema.Literals([0, 0, 1]),
  contentKey: Schema.Literals(["a", "a", "b"]),
  waitMs: Schema.Literals([100, 250, 1000, 30_000])
})

const after = (readings: ReadonlyArray<TurnProbe>, limitMs?: number): TurnVerdict["_tag"] =>
  settle(readings, limitMs).verdict._tag

describe("TurnProgress", () => {
  it("finishes when generation ended, the controls are there and the text stands", () => {
    assert.strictEqual(after([working, working, finished]), "Finished")
  })

  it("sees the end within a second of it", () => {
    const { ms } = settle([working, finished])
    assert.isAtMost(ms, 1100)
  })

  it("does not believe controls that flash in the middle of the answer", () => {
    const flash = probe({ finishControls: true, chars: 20, contentKey: "20" })
    const run = settle([working, flash, flash, working, working, working, finished])
    assert.strictEqual(run.verdict._tag, "Finished")
    assert.strictEqual(run.state.run?.key.includes("100"), true)
  })

  it("starts counting anew whenever the text grows", () => {
    const growing = [1, 2, 3, 4, 5, 6].map((n) => probe({ finishControls: true, contentKey: String(n) }))
    let state = step(initial, working, 0).state
    for (const [index, reading] of growing.entries()) {
      const next = step(state, reading, 1000 + index * 300)
      assert.strictEqual(next.verdict._tag, "Wait")
      state = next.state
    }
  })

  it("waits longer for a few words after thinking, which may be a preamble", () => {
    const thinking = probe({ thinking: true, generating: true, chars: 0 })
    const short = probe({ finishControls: true, chars: 10 })
    assert.isAbove(settle([thinking, short]).ms, settle([thinking, finished]).ms)
  })

  it("takes neither a placeholder nor a thinking summary for the answer", () => {
    assert.strictEqual(after([working, probe({ finishControls: true, chars: 0, contentKey: "" })]), "Wait")
    assert.strictEqual(after([working, probe({ thinking: true, finishControls: true })]), "Wait")
  })

  it("takes the words of a placeholder for the answer where the controls of a finished turn stand by them", () => {
    const said = probe({ finishControls: true, chars: 0, contentKey: "", placeholder: true })
    const { ms, verdict } = settle([working, said], 3_600_000)
    assert.strictEqual(verdict._tag, "Finished")
    assert.isAtLeast(ms, 120_000)
    assert.strictEqual(after([working, { ...said, finishControls: false }], 3_600_000), "Wait")
    assert.strictEqual(after([working, { ...said, thinking: true }], 3_600_000), "Wait")
  })

  it("finishes on an answer of images or files alone", () => {
    const only = probe({ finishControls: true, chars: 0, files: 1, contentKey: "image" })
    assert.strictEqual(after([working, only]), "Finished")
  })

  it("never finishes by silence alone", () => {
    assert.strictEqual(after([probe()], 3_600_000), "Wait")
    assert.strictEqual(after([probe({ answerFound: false, chars: 0 })], 3_600_000), "Wait")
  })

  it("believes an ended generation without controls only after a long stand", () => {
    const { ms, verdict } = settle([working, probe()])
    assert.strictEqual(verdict._tag, "Finished")
    assert.isAtLeast(ms, 20_000)
  })

  it("believes growth that ended where the page shows no work in a way that is known, but only after a minute", () => {
    const { ms, verdict } = settle([probe({ chars: 5, contentKey: "5" }), probe({ chars: 90, contentKey: "90" })])
    assert.strictEqual(verdict._tag, "Finished")
    assert.isAtLeast(ms, 60_000)
  })

  it("believes the end of the site's response where nothing else was ever seen, but only after a minute", () => {
    const { ms, verdict } = settle([probe({ responseEnded: false }), probe({ responseEnded: true })])
    assert.strictEqual(verdict._tag, "Finished")
    assert.isAtLeast(ms, 60_000)
    assert.strictEqual(after([probe({ responseEnded: false })], 3_600_000), "Wait")
    assert.strictEqual(after([probe({ responseEnded: true, answerFound: false, chars: 0 })], 3_600_000), "Wait")
  })

  const atWork = (chars: number) => probe({ chars, contentKey: String(chars), composerKey: "halt", trailing: 0 })

  it("believes growth that ended within seconds where controls that nobody knows came and went with it", () => {
    const ended = probe({ chars: 90, contentKey: "90", composerKey: "voice", trailing: 4 })
    const { ms, verdict } = settle([atWork(5), atWork(40), atWork(90), ended])
    assert.strictEqual(verdict._tag, "Finished")
    assert.isAtLeast(ms, 15_000)
    assert.isAtMost(ms, 17_000)
    const known = (chars: number) => probe({ ...atWork(chars), generating: true })
    assert.isAtMost(settle([known(5), known(90), probe({ ...atWork(90), trailing: 4 })]).ms, 5000)
    assert.isAtMost(settle([probe({ ...known(0), answerFound: false }), probe({ trailing: 4 })]).ms, 5000)
  })

  it("waits longer where only the composer changed, and a minute where it did not", () => {
    const end = (over: Partial<TurnProbe>) =>
      settle([atWork(5), atWork(40), atWork(90), probe({ ...atWork(90), ...over })]).ms
    assert.isAtLeast(end({ composerKey: "voice" }), 30_000)
    assert.isAtMost(end({ composerKey: "voice" }), 32_000)
    assert.isAtLeast(end({}), 60_000)
    assert.isAtLeast(end({ trailing: 4 }), 60_000)
    assert.isAtLeast(settle([probe({ responseEnded: true, trailing: 4 })]).ms, 60_000)
  })

  it("takes a composer that is out of sight for no change of it", () => {
    const end = settle([atWork(5), atWork(40), atWork(90), probe({ ...atWork(90), composerKey: "", trailing: 4 })])
    assert.isAtLeast(end.ms, 60_000)
  })

  it("takes a long stall for no end where only thinking was known to be work, whatever came behind the text", () => {
    const thinking = probe({ ...atWork(5), thinking: true })
    const stalled = probe({ ...atWork(90), files: 1, trailing: 2 })
    const run = settle([thinking, atWork(40), stalled])
    assert.isAtLeast(run.ms, 20_000)
  })

  it("takes controls that came and went again in the middle of the answer for nothing", () => {
    const flash = probe({ ...atWork(40), composerKey: "voice", trailing: 4 })
    const run = settle([atWork(5), atWork(40), flash, flash, atWork(40), atWork(90), atWork(90)])
    assert.isAtLeast(run.ms, 60_000)
    const stall = Array.from({ length: 300 }, () => atWork(40))
    assert.isAtLeast(settle([atWork(5), ...stall, flash, flash, atWork(40)]).ms, 60_000)
  })

  it("finishes an answer that was complete before it was looked at", () => {
    assert.strictEqual(after([finished]), "Finished")
  })

  it("fails promptly when the turn itself failed", () => {
    const { ms, verdict } = settle([working, probe({ failed: true, chars: 0, answerFound: false })])
    assert.strictEqual(verdict._tag, "Failed")
    assert.isAtMost(ms, 1500)
  })

  it("asks to go on where the answer was cut", () => {
    assert.strictEqual(after([working, probe({ continueOffered: true })]), "Continue")
  })

  it("tells thinking from answering", () => {
    const thinking = step(initial, probe({ generating: true, chars: 0 }), 0).verdict
    const answering = step(initial, working, 0).verdict
    assert.deepInclude(thinking, { _tag: "Wait", stage: "thinking" })
    assert.deepInclude(answering, { _tag: "Wait", stage: "answering", chars: 100 })
  })

  it.prop(
    "finishes only on quiet readings of an answer that stood still for a while",
    [Schema.Array(Reading).check(Schema.isMinLength(8))],
    ([readings]) => {
      let state = initial
      let now = 0
      for (const { waitMs, ...over } of readings) {
        now += waitMs
        const next = step(state, probe(over), now)
        state = next.state
        if (next.verdict._tag !== "Finished") continue
        assert.isFalse(over.generating || over.thinking || over.failed)
        assert.isTrue(over.chars > 0 || over.files > 0)
        assert.isAtLeast(now - (state.run?.since ?? now), 400)
        assert.isAtLeast(state.run?.readings ?? 0, 3)
      }
    }
  )

  it.prop("never finishes while the site is at work", [Schema.Array(Reading)], ([readings]) => {
    let state = initial
    for (const [index, { waitMs: _, ...over }] of readings.entries()) {
      const next = step(state, probe({ ...over, generating: true }), index * 5000)
      assert.strictEqual(next.verdict._tag, "Wait")
      state = next.state
    }
  })
})
