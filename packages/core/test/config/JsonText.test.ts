import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { parse } from "../../src/config/JsonText.ts"

const faultOf = (text: string) => {
  const result = parse(text)
  return Result.isFailure(result) ? result.failure : null
}

describe("JsonText", () => {
  it.prop("reads every JSON value as JSON.parse does", [Schema.Json], ([value]) => {
    const text = JSON.stringify(value, null, 2)
    const result = parse(text)
    assert.isTrue(Result.isSuccess(result))
    assert.deepStrictEqual(Result.getOrThrow(result).value, JSON.parse(text))
  })

  it.prop("refuses what JSON.parse refuses and never throws", [Schema.String, Schema.Json], ([noise, value]) => {
    const whole = JSON.stringify(value)
    const middle = Math.floor(whole.length / 2)
    for (const text of [noise, whole.slice(0, middle) + noise + whole.slice(middle), whole.slice(0, -1)]) {
      let accepted = true
      try {
        JSON.parse(text)
      } catch {
        accepted = false
      }
      const result = parse(text)
      if (!accepted) assert.isTrue(Result.isFailure(result), text)
      else if (Result.isFailure(result)) assert.match(result.failure.message, /stands there twice|too deeply/)
    }
  })

  it("says where a key stands, also in nested objects and arrays", () => {
    const { positionOf } = Result.getOrThrow(parse("{\n  \"a\": {\n    \"b\": [1,\n      2]\n  }\n}\n"))
    assert.deepStrictEqual(positionOf(["a"]), { line: 2, column: 3 })
    assert.deepStrictEqual(positionOf(["a", "b"]), { line: 3, column: 5 })
    assert.deepStrictEqual(positionOf(["a", "b", 1]), { line: 4, column: 7 })
    assert.deepStrictEqual(positionOf(["a", "missing"]), { line: 2, column: 3 })
    assert.deepStrictEqual(positionOf([]), { line: 1, column: 1 })
  })

  it("names line and column of the first fault", () => {
    assert.deepStrictEqual(faultOf("{\n  \"a\": 1,\n}"), {
      message: "expected a key in double quotes",
      line: 3,
      column: 1
    })
    assert.deepStrictEqual(faultOf("{\"a\" 1}"), { message: "expected \":\"", line: 1, column: 6 })
    assert.deepStrictEqual(faultOf("// note\n{}"), { message: "expected a value", line: 1, column: 1 })
    assert.deepStrictEqual(faultOf("{\"a\": \"x\ny\"}"), {
      message: "the string does not end on its line",
      line: 1,
      column: 7
    })
    assert.deepStrictEqual(faultOf(""), { message: "expected a value, found the end of the file", line: 1, column: 1 })
    assert.deepStrictEqual(faultOf("{} {}"), { message: "expected the end of the file", line: 1, column: 4 })
  })

  it("refuses a key that stands there twice, because only one of them would hold", () => {
    assert.deepStrictEqual(faultOf("{\"a\": 1,\n\"a\": 2}"), {
      message: "the key \"a\" stands there twice",
      line: 2,
      column: 1
    })
  })

  it("refuses nesting that would exhaust the stack", () => {
    assert.match(faultOf("[".repeat(100_000))?.message ?? "", /too deeply nested/)
  })

  it("takes a key named __proto__ as an ordinary key", () => {
    const { value } = Result.getOrThrow(parse("{\"__proto__\": {\"polluted\": true}}"))
    assert.deepStrictEqual(Object.keys(value as object), ["__proto__"])
    assert.isUndefined(({} as Record<string, unknown>)["polluted"])
  })

  it("passes over a byte order mark", () => {
    assert.deepStrictEqual(Result.getOrThrow(parse("\uFEFF{\"a\": 1}")).value, { a: 1 })
  })
})
