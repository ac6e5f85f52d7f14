import { errorTable } from "@effect-oracle/core/error/ErrorTable"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { piTools, piToolsFile } from "../../../build/pi-tools.ts"
import { stepInPi } from "../src/desk/Outcome.ts"
import { partOf } from "../src/desk/Untrusted.ts"
import { agentDirOf } from "../src/session/AgentDir.ts"
import { Reminders, reminderType } from "../src/session/Reminders.ts"
import { jsonSchemas } from "../src/tools/Parameters.ts"
import { texts } from "../src/tools/texts.ts"
import { fit, wrap } from "../src/view/Line.ts"
import { callLine, resultOf } from "../src/view/toolLines.ts"

/** Every schema within a schema. */
const within = (node: unknown): ReadonlyArray<Record<string, unknown>> => {
  if (Array.isArray(node)) return node.flatMap(within)
  if (typeof node !== "object" || node === null) return []
  return [{ ...node }, ...Object.values(node).flatMap(within)]
}

describe("the parameters of the tools", () => {
  it("are those that the schemas give (else: node --conditions=oracle-source build/pi-tools.ts)", () => {
    assert.strictEqual(readFileSync(piToolsFile, "utf8"), piTools())
  })

  it("belong to the tools that have words, and each field says what it is", () => {
    assert.deepStrictEqual(Object.keys(jsonSchemas()), Object.keys(texts))
    for (const schema of Object.values(jsonSchemas())) {
      const { properties } = schema as { readonly properties: Record<string, { readonly description?: string }> }
      for (const field of Object.values(properties)) assert.isString(field.description)
    }
  })

  it("are closed, without references, unions and patterns that small servers choke on, with enumerations of strings", () => {
    for (const schema of Object.values(jsonSchemas())) {
      for (const node of within(schema)) {
        for (const key of ["$ref", "$defs", "anyOf", "oneOf", "allOf", "const"]) assert.notProperty(node, key)
        if (node["type"] === "object" && "properties" in node) assert.isFalse(node["additionalProperties"])
        if ("enum" in node) assert.strictEqual(node["type"], "string")
        if (typeof node["pattern"] === "string") assert.match(node["pattern"], /^\^(?!.*\\[SsDdWw]).*\$$/)
      }
    }
  })
})

describe("next steps", () => {
  it("name what there is in pi", () => {
    assert.strictEqual(stepInPi("run 'oracle auth practice'"), "run /oracle-auth practice")
    assert.strictEqual(stepInPi("run 'oracle cancel 4f2a' first"), "run /oracle-cancel 4f2a first")
    assert.strictEqual(stepInPi("run 'oracle status' to list the jobs"), "run /oracle-status to list the jobs")
    for (
      const step of ["run 'oracle doctor'", "'oracle auth practice --state-file FILE'", "'oracle auth export grok'"]
    ) {
      assert.strictEqual(stepInPi(step), step)
    }
    assert.strictEqual(stepInPi("run 'oracle auth grok --account work'"), "run /oracle-auth grok work")
    assert.strictEqual(stepInPi("run 'oracle wait 4f2a'"), "call oracle_read with jobId 4f2a")
    for (const { nextStep } of Object.values(errorTable)) {
      assert.notMatch(stepInPi(nextStep), /--(files|queue|preset|allow-secret-file)|'oracle_|oracle wait/)
    }
  })
})

describe("a long answer", () => {
  it.prop("is read on without loss, in parts that a tool result bears", [Schema.Array(Schema.String)], ([pieces]) => {
    const text = pieces.map((piece) => `${piece.repeat(50)}\n`).join("").slice(0, 100_000)
    let read = ""
    let next: number | null = 0
    while (next !== null) {
      const part = partOf(text, next)
      assert.isTrue(part.next === null || part.next > next)
      assert.isAtMost(part.text.length, 24_000)
      assert.isAtMost(part.text.split("\n").length, 1501)
      read += part.text
      next = part.next
    }
    assert.strictEqual(read, text)
  })

  it("is cut at lines, and not within a character", () => {
    const line = `${"x".repeat(99)}\n`
    assert.strictEqual((partOf(line.repeat(1000), 0).next ?? 0) % 100, 0)
    const smiles = "😀".repeat(20_000)
    assert.strictEqual((partOf(`x${smiles}`, 0).next ?? 0) % 2, 1)
  })
})

describe("the reminders of a session", () => {
  const entry = (id: string, job: string, attempt: number) => ({
    id,
    type: "custom_message",
    customType: reminderType,
    details: { job, attempt }
  })

  it("are found by job and attempt, as entries are added, among anything else", () => {
    const reminders = new Reminders()
    const entries: Array<unknown> = [null, 3, { type: "message" }, entry("a", "one", 1)]
    assert.strictEqual(reminders.among(entries, "one", 1), "a")
    assert.isNull(reminders.among(entries, "one", 2))
    entries.push(entry("b", "one", 2))
    assert.deepStrictEqual([reminders.among(entries, "one", 2), reminders.among(entries, "one", 1)], ["b", "a"])
  })
})

describe("the folder of pi's settings", () => {
  it("is what pi says, else where its sessions lie, under whatever name", () => {
    const root = mkdtempSync(join(tmpdir(), "oracle-pi-"))
    try {
      const home = join(root, "home")
      const sessionDir = join(root, "home/.brand/agent/sessions/--project--")
      mkdirSync(sessionDir, { recursive: true })
      assert.strictEqual(agentDirOf({ variable: undefined, sessionDir, home }), join(home, ".pi/agent"))
      writeFileSync(join(home, ".brand/agent/settings.json"), "{}")
      assert.strictEqual(agentDirOf({ variable: undefined, sessionDir, home }), join(home, ".brand/agent"))
      assert.strictEqual(agentDirOf({ variable: "/said", sessionDir, home }), "/said")
      assert.strictEqual(agentDirOf({ variable: "", sessionDir: "/elsewhere", home }), join(home, ".pi/agent"))
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })
})

describe("the compact lines", () => {
  const columns = (text: string) =>
    [...text].reduce((sum, character) => sum + (/[\p{Script=Han}\p{Emoji_Presentation}]/u.test(character) ? 2 : 1), 0)

  it.prop("are never wider than the terminal", [Schema.String, Schema.Literals([1, 2, 7, 40])], ([text, width]) => {
    for (const sample of [text, `漢字😀 ${text}`]) {
      assert.isAtMost(columns(fit(sample, width)), Math.max(width, 2))
      for (const line of wrap(sample, width)) assert.isAtMost(columns(line), Math.max(width, 2))
    }
  })

  it("obey no text that would steer the terminal", () => {
    assert.strictEqual(fit("a\u001b[31mb\u202e", 20), "a [31mb ")
  })

  it("bear results without details and calls without arguments", () => {
    assert.strictEqual(resultOf({ content: [], details: {} }).summary, "")
    assert.strictEqual(resultOf({ content: undefined }).isError, false)
    assert.strictEqual(callLine("oracle_submit", undefined), "oracle submit")
    assert.strictEqual(
      callLine("oracle_submit", { prompt: "Why?", files: ["src", "test"] }),
      "oracle submit · “Why?” · 2 selections"
    )
  })
})
