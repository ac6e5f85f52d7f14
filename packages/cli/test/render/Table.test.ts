import { assert, describe, it } from "@effect/vitest"
import { cut, table } from "../../src/render/Table.ts"

const columns = [
  { title: "SIZE", cell: (row: { size: string }) => row.size, align: "right" as const },
  { title: "FILE", cell: (row: { file: string }) => row.file, flexible: true }
]

describe("table", () => {
  it("aligns columns and leaves no blanks at line ends", () => {
    assert.deepStrictEqual(table(columns, [{ size: "9 B", file: "a" }, { size: "1.2 kB", file: "b/c" }]), [
      "  SIZE  FILE",
      "   9 B  a",
      "1.2 kB  b/c"
    ])
  })

  it("cuts only the flexible column where the terminal is narrow", () => {
    const lines = table(columns, [{ size: "1.2 kB", file: "a/very/long/path/of/a/file.ts" }], 24)
    assert.deepStrictEqual(lines, ["  SIZE  FILE", "1.2 kB  a/very/long/pat…"])
  })

  it("measures wide characters as the terminal does", () => {
    assert.strictEqual(cut("日本語の名前", 7), "日本語…")
  })
})
