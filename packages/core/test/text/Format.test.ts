import { assert, describe, it } from "@effect/vitest"
import { ago, duration, plural, size } from "../../src/text/Format.ts"

describe("Format", () => {
  it.each([[0, "0 B"], [999, "999 B"], [1000, "1.0 kB"], [1234, "1.2 kB"], [99_500, "100 kB"], [999_600, "1.0 MB"], [
    5e9,
    "5.0 GB"
  ]])(
    "%d bytes are %s",
    (bytes, text) => assert.strictEqual(size(bytes), text)
  )

  it.each([[0, "0s"], [59_999, "59s"], [60_000, "1m 00s"], [3_725_000, "1h 02m"], [100_800_000, "1d 4h"], [-5, "0s"]])(
    "%d milliseconds are %s",
    (ms, text) => assert.strictEqual(duration(ms), text)
  )

  it("tells how long ago in one word", () => {
    assert.strictEqual(ago(3000), "just now")
    assert.strictEqual(ago(200_000), "3m ago")
  })

  it("counts in the right number", () => {
    assert.strictEqual(plural(1, "file"), "1 file")
    assert.strictEqual(plural(1200, "entry", "entries"), "1,200 entries")
  })
})
