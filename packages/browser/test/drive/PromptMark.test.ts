import { promptMark } from "@effect-oracle/browser/drive/PromptMark"
import { assert, describe, it } from "@effect/vitest"

const carries = (prompt: string, content: string): boolean => promptMark(prompt)?.(content) === true

const forms = (prompt: string): ReadonlyArray<string> => [
  JSON.stringify({ messages: [{ content: { parts: [prompt] } }] }),
  `--b\r\nContent-Disposition: form-data; name="q"\r\n\r\n${prompt.replaceAll("\n", "\r\n")}\r\n--b--\r\n`,
  new URLSearchParams([["a", "1"], ["q", prompt], ["b", "2"]]).toString(),
  `?q=${encodeURIComponent(prompt)}`,
  prompt
]

describe("promptMark", () => {
  it("knows the prompt in each form in which a page may send it", () => {
    const prompts = [
      "hi",
      "2+2?",
      "Why \"so\"?\nBecause $& \\ of\ttabs 🙂",
      `${"x".repeat(119)}🙂 and more`,
      "  spaces at the ends \n"
    ]
    for (const prompt of prompts) {
      for (const form of forms(prompt)) assert.isTrue(carries(prompt, form), form.slice(0, 80))
      for (const form of forms(prompt.trim())) assert.isTrue(carries(prompt, form), form.slice(0, 80))
    }
  })

  it("does not take a word that holds a short prompt for it", () => {
    assert.isFalse(carries("hi", JSON.stringify({ event: "this history", hint: "thi" })))
    assert.isFalse(carries("hi", "a=this&b=history"))
    assert.isNull(promptMark(" \n"))
  })
})
