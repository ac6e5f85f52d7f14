import { headerOf, paddingOf } from "@effect-oracle/core/archive/TarFormat"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const field = (block: Uint8Array, at: number, length: number) =>
  text(block.subarray(at, at + length)).replace(/\0.*$/su, "")

/** Reads headers as an unpacker does: a pax header overrides the ustar header after it. */
const read = (bytes: Uint8Array) => {
  const pax = new Map<string, string>()
  let block = bytes.subarray(0, 512)
  if (field(block, 156, 1) === "x") {
    const size = Number.parseInt(field(block, 124, 12), 8)
    let body = bytes.subarray(512, 512 + size)
    while (body.length > 0) {
      const length = Number.parseInt(text(body.subarray(0, 20)), 10)
      const record = text(body.subarray(0, length))
      assert.strictEqual(record.at(-1), "\n")
      const [, key = "", value = ""] = /^\d+ ([^=]+)=(.*)\n$/su.exec(record) ?? []
      pax.set(key, value)
      body = body.subarray(length)
    }
    block = bytes.subarray(512 + size + paddingOf(size))
  }
  assert.lengthOf(block, 512)
  const prefix = field(block, 345, 155)
  const name = field(block, 0, 100)
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  assert.strictEqual(Number.parseInt(field(block, 148, 8), 8), sum)
  return {
    path: pax.get("path") ?? (prefix === "" ? name : `${prefix}/${name}`),
    size: Number(pax.get("size") ?? Number.parseInt(field(block, 124, 12), 8)),
    mode: Number.parseInt(field(block, 100, 8), 8),
    pax: pax.size > 0
  }
}

const Name = Schema.NonEmptyString.check(
  Schema.makeFilter((name: string) => !/[/\0]/u.test(name) && name.isWellFormed())
)
const Size = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 ** 40 }))

describe("TarFormat", () => {
  it.prop(
    "keeps every name, size and mode",
    [Schema.NonEmptyArray(Name), Size, Schema.Boolean],
    ([names, size, executable]) => {
      const path = names.join("/")
      const header = headerOf(path, size, executable)
      assert.strictEqual(header.length % 512, 0)
      assert.deepInclude(read(header), { path, size, mode: executable ? 0o755 : 0o644 })
    }
  )

  it.each<[string, string, boolean]>([
    ["a name of 100 characters", "a".repeat(100), false],
    ["a name of 101 characters without a folder", "a".repeat(101), true],
    ["a path of 255 characters with a slash in the right place", `${"d".repeat(155)}/${"f".repeat(99)}`, false],
    ["a file name of 255 characters", `d/${"f".repeat(255)}`, true],
    ["a path of 3000 characters", `${"folder/".repeat(425)}file.ts`, true],
    ["blanks at both ends", " a b ", false],
    ["a non-ASCII name", "Größe/漢字.md", true]
  ])("writes %s, with a pax header only where it must", (_, path, pax) => {
    assert.deepInclude(read(headerOf(path, 1, false)), { path, pax })
  })

  it("writes a size beyond 8 GiB", () => {
    assert.deepInclude(read(headerOf("a", 2 ** 33, false)), { size: 2 ** 33, pax: true })
    assert.deepInclude(read(headerOf("a", 2 ** 33 - 1, false)), { size: 2 ** 33 - 1, pax: false })
  })
})
