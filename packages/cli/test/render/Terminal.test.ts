import { assert, describe, it } from "@effect/vitest"
import { barOf } from "../../src/render/Live.ts"
import { glyphsOf, takesTaskbar, taskbarCode } from "../../src/render/TerminalKind.ts"

describe("a terminal", () => {
  it("without the font or the locale for it gets plain characters", () => {
    const isAscii = (glyphs: object) => /^[\u0020-\u007e]*$/.test(JSON.stringify(glyphs).replaceAll("\\\\", ""))
    for (
      const [env, platform] of [[{}, "win32"], [{ TERM: "linux" }, "linux"], [
        { LC_ALL: "C", LANG: "C.UTF-8" },
        "linux"
      ]] as const
    ) {
      assert.isTrue(isAscii(glyphsOf(env, platform)), JSON.stringify(env))
    }
    for (
      const [env, platform] of [[{ WT_SESSION: "1" }, "win32"], [{}, "linux"], [
        { LANG: "de_DE.UTF-8" },
        "linux"
      ]] as const
    ) {
      assert.isFalse(isAscii(glyphsOf(env, platform)), JSON.stringify(env))
    }
  })

  it("gets progress for its task bar only where it is known to take it", () => {
    assert.isTrue(takesTaskbar({ WT_SESSION: "1" }))
    assert.isTrue(takesTaskbar({ TERM_PROGRAM: "ghostty" }))
    assert.isFalse(takesTaskbar({ TERM_PROGRAM: "iTerm.app" }))
    assert.isFalse(takesTaskbar({ TERM_PROGRAM: "ghostty", TMUX: "/tmp/x" }))
    assert.isFalse(takesTaskbar({ WT_SESSION: "1", ORACLE_NO_OSC_PROGRESS: "1" }))
    assert.isFalse(takesTaskbar({}))
    const codes = (["off", "busy", "failed", { percent: 41.6 }] as const).map(taskbarCode)
    assert.deepStrictEqual(codes, ["0;0", "3;0", "2;100", "1;42"].map((code) => `\u001b]9;4;${code}\u001b\\`))
  })

  it("shows a bar of the part that is done, and never more than all", () => {
    const glyphs = glyphsOf({}, "win32")
    assert.strictEqual(barOf(0.42, glyphs, 10), "####------ 42 %")
    assert.strictEqual(barOf(7, glyphs, 4), "#### 100 %")
    assert.strictEqual(barOf(0.999, glyphs, 4), "#### 99 %")
  })
})
