import { commandOf, joinPrompt, wantsJson } from "@effect-oracle/cli/input/Argv"
import { assert, describe, it } from "@effect/vitest"

describe("joinPrompt", () => {
  it("keeps a prompt that begins with a dash together with its flag", () => {
    assert.deepStrictEqual(joinPrompt(["ask", "-p", "- one\n- two", "--json"]), [
      "ask",
      "--prompt=- one\n- two",
      "--json"
    ])
    assert.deepStrictEqual(joinPrompt(["ask", "--prompt", "--- a/file"]), ["ask", "--prompt=--- a/file"])
  })

  it("does not take the next flag for a forgotten prompt", () => {
    assert.deepStrictEqual(joinPrompt(["ask", "-p", "--json"]), ["ask", "-p", "--json"])
    assert.deepStrictEqual(joinPrompt(["ask", "-p", "--files=a"]), ["ask", "-p", "--files=a"])
  })

  it("changes nothing after a double dash", () => {
    assert.deepStrictEqual(joinPrompt(["pack", "--", "-p", "- x"]), ["pack", "--", "-p", "- x"])
  })
})

describe("wantsJson", () => {
  it("sees the flag also where the rest is wrong, but not as an operand", () => {
    assert.isTrue(wantsJson(["sattus", "--json"]))
    assert.isFalse(wantsJson(["pack", "--", "--json"]))
  })
})

describe("commandOf", () => {
  it("is the first word that is no flag", () => {
    assert.strictEqual(commandOf(["--json", "ask", "-p", "x"]), "ask")
    assert.strictEqual(commandOf([]), "")
  })
})
