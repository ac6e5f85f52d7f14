import { assert, describe, it } from "@effect/vitest"
import { commandOf, joinPrompt, nameBrowser, namePreset, wantsJson } from "../../src/input/Argv.ts"

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

describe("namePreset", () => {
  it("writes a preset by its own name, and leaves everything else", () => {
    assert.deepStrictEqual(namePreset(["ask", "--preset", "Pro - Extended", "-p", "pro standard"]), [
      "ask",
      "--preset",
      "pro_extended",
      "-p",
      "pro standard"
    ])
    assert.deepStrictEqual(namePreset(["ask", "--preset=thinking-heavy"]), ["ask", "--preset=thinking_heavy"])
    assert.deepStrictEqual(namePreset(["ask", "--preset", "best"]), ["ask", "--preset", "best"])
    assert.deepStrictEqual(namePreset(["pack", "--", "--preset", "Pro Extended"]), [
      "pack",
      "--",
      "--preset",
      "Pro Extended"
    ])
  })
})

describe("nameBrowser", () => {
  it("means Chrome where no browser is named", () => {
    assert.deepStrictEqual(nameBrowser(["auth", "--from-browser"]), ["auth", "--from-browser=chrome"])
    assert.deepStrictEqual(nameBrowser(["auth", "--from-browser", "--yes"]), ["auth", "--from-browser=chrome", "--yes"])
    assert.deepStrictEqual(nameBrowser(["auth", "--from-browser", "brave"]), ["auth", "--from-browser", "brave"])
    assert.deepStrictEqual(nameBrowser(["pack", "--", "--from-browser"]), ["pack", "--", "--from-browser"])
  })
})
