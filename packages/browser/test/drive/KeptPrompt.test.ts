import { inNewThread, inOpenThread } from "@effect-oracle/browser/drive/KeptPrompt"
import { assert, describe, it } from "@effect/vitest"

/** What sites make of the ends and the blanks of a prompt. */
const asKept = (prompt: string): ReadonlyArray<string> => [
  prompt,
  prompt.trim(),
  `${prompt.trim()}\n`,
  prompt.replaceAll("\n", "\r\n")
]

describe("the site's record after a send that failed", () => {
  it("holds a prompt whose ends the site has trimmed", () => {
    const prompt = "Why?\n\nBecause of this:\n"
    for (const kept of asKept(prompt)) {
      assert.strictEqual(inNewThread([kept], prompt), "Found")
      assert.strictEqual(inOpenThread(["before", kept], prompt, "before"), "Found")
    }
  })

  it("holds a prompt of a new conversation behind a message that people do not see", () => {
    assert.strictEqual(inNewThread(["about the person", "the prompt"], "the prompt"), "Found")
  })

  it("does not hold another prompt", () => {
    assert.strictEqual(inNewThread(["the prompt, or nearly"], "the prompt"), "Absent")
    assert.strictEqual(inNewThread([], "the prompt"), "Absent")
    assert.strictEqual(inOpenThread(["the prompt", "another"], "the prompt", null), "Absent")
    assert.strictEqual(inOpenThread([], "the prompt", null), "Absent")
  })

  it("cannot tell a prompt from the same one before it", () => {
    assert.strictEqual(inOpenThread(["go on"], "go on\n", "go on"), "Unclear")
    assert.strictEqual(inOpenThread(["why?", "go on"], "go on", "why?"), "Found")
  })

  it("cannot tell either where the page did not show what was asked last", () => {
    assert.strictEqual(inOpenThread(["go on"], "go on", null), "Unclear")
  })
})
