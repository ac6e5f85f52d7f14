/** Holds what a job came to against what was expected of it. */
import { assert } from "@effect/vitest"
import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Expectation } from "./Expectation.ts"
import type { Report } from "./runScenario.ts"

const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

/** Controls of the page that Oracle never presses. */
const never = ["retry", "prefer", "answer-now", "stop", "copy"] as const

export const check = (expected: Expectation, report: Report): void => {
  const { job, site } = report
  const said = `${job.phase} ${job.error?.code ?? ""}: ${job.error?.message ?? ""}`
  assert.strictEqual(job.error?.code, expected.fails, said)
  assert.strictEqual(job.phase, expected.fails === undefined ? "complete" : "failed", said)
  for (const type of never) assert.lengthOf(site.admin.log(type), 0, type)
  for (const [type, count] of Object.entries(expected.events ?? {})) {
    assert.lengthOf(site.admin.log().filter((event) => event.type === type), count, type)
  }
  checkSend(expected, report)
  if (expected.fails === undefined) checkAnswer(expected, report)
  else checkPartial(expected, report)
}

const checkSend = (expected: Expectation, { job, prompt, site }: Report): void => {
  const sends = site.admin.log("send")
  assert.lengthOf(sends, expected.sends ?? (expected.fails === undefined ? 1 : 0), "sends")
  for (const { detail } of sends) {
    assert.strictEqual(detail["promptSha256"], sha256(prompt))
    assert.strictEqual(detail["mode"], "chat")
    assert.deepStrictEqual(detail["attachmentNames"], [`context-${job.id}.tar.zst`])
    assert.strictEqual(job.conversationId, detail["conversationId"])
    assert.deepInclude(detail["selection"], expected.selection ?? {})
  }
  if (sends.length > 0) {
    const uploads = site.admin.log("upload").map(({ detail }) => detail["sha256"])
    assert.include(uploads, job.archive?.sha256 ?? "?")
  }
}

const checkAnswer = (expected: Expectation, { answer, job, prompt, site }: Report): void => {
  const { markdown } = answer
  const source = site.admin.conversation(job.conversationId ?? "")?.turns.at(-1)?.answers ?? []
  if (expected.answer === "Done") assert.strictEqual(markdown.trim(), "Done")
  else if (expected.answer === undefined) {
    assert.include(markdown, sha256(prompt))
    assert.include(markdown, job.archive?.sha256 ?? "?")
    assert.include(markdown, "holds 3 entries")
    assert.strictEqual(markdown.trim().slice(0, 14), "# What arrived")
    assert.include(markdown, (source[0] ?? "").trim().slice(-20).replace(/^\S*\s/, ""))
    assert.isAtLeast(markdown.length, (source[0] ?? "").length * 0.9)
  }
  for (const words of ["Thought for", "I'll look through the files first", "# The other way"]) {
    assert.notInclude(markdown, words)
  }
  const directory = dirname(job.response?.markdownPath ?? "")
  const alternative = join(directory, "response.alt.md")
  assert.strictEqual(existsSync(alternative), expected.alternative === true)
  if (expected.alternative === true) assert.include(readFileSync(alternative, "utf8"), "# The other way")
  checkFiles(expected, { answer, directory, site })
}

const checkFiles = (
  expected: Expectation,
  { answer, directory, site }: Pick<Report, "answer" | "site"> & { readonly directory: string }
): void => {
  assert.deepStrictEqual(answer.artifacts.flatMap(({ error }) => error ?? []), [])
  const names = answer.artifacts.map(({ name }) => name ?? "").toSorted((a, b) => a.localeCompare(b))
  if (typeof expected.files === "number") assert.lengthOf(names, expected.files)
  else assert.deepStrictEqual(names, expected.files ?? [])
  assert.isTrue(names.every((name) => !/[/\\]/.test(name) && !name.startsWith(".")), names.join())
  const offered = site.admin.log("download").map(({ detail }) => detail["sha256"])
  for (const { name, sha256: sum } of answer.artifacts) {
    assert.strictEqual(sha256(readFileSync(join(directory, "artifacts", name ?? ""))), sum)
    assert.include(offered, sum)
  }
}

const checkPartial = (expected: Expectation, { answer }: Report): void => {
  assert.strictEqual(answer.partial, expected.partial === true)
  assert.strictEqual(answer.markdown.includes("# What arrived"), expected.partial === true)
  assert.notInclude(answer.markdown, "Something went wrong while")
}
