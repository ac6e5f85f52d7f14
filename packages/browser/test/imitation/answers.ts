/** Answers that the imitation gives: Markdown source, files, and the pace of both phases. */

export interface AnswerFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
  /** The page offers the file, but the server has lost it. */
  readonly lost?: true
}

export interface Answer {
  readonly markdown: string
  readonly files: ReadonlyArray<AnswerFile>
  /** Length of the thinking phase; 0 for none. */
  readonly thinkingMs: number
  /** Pause between two pieces. */
  readonly pieceMs: number
  /** Characters of a piece. */
  readonly pieceChars: number
}

const text = (value: string) => new TextEncoder().encode(value)

/** Names that once lost their letters "s" to a broken expression, and bytes that no text codec survives. */
export const sampleFiles: ReadonlyArray<AnswerFile> = [
  { name: "results.csv", type: "text/csv", bytes: text("name;value\r\nä;1\r\nß;2\r\n") },
  { name: "butterscotch.txt", type: "text/plain", bytes: text("sweet\n  and  \tsticky\n\n") },
  {
    name: "sales_summary.xlsx",
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    bytes: Uint8Array.from(
      { length: 70_000 },
      (_, index) => index < 4 ? [0x50, 0x4b, 3, 4][index] ?? 0 : (index * 31) % 256
    )
  }
]

const fence = "```"

/** Everything that an answer is made of; the extraction must give the same structure back. */
export const richMarkdown = [
  "# Summary",
  "",
  "The parser **loses** the last line because of `trimEnd()`; see [the manual](https://example.org/manual?a=1&b=2).",
  "",
  "## Fix",
  "",
  `${fence}typescript`,
  "const keep = (text: string): string => {",
  "\tconst lines = text.split(\"\\n\")",
  "  return lines.filter((line) => line !== `x<y>&z`).join(\"\\n\")",
  "",
  "}",
  fence,
  "",
  "Then run:",
  "",
  `${fence}bash`,
  "npm test -- --filter 'a b' | tee out.txt",
  fence,
  "",
  "1. First",
  "   - nested one",
  "   - nested two",
  "     - deeper",
  "2. Second",
  "",
  "- plain",
  "- with `code`",
  "",
  "| Case | Count | Note |",
  "| --- | ---: | --- |",
  "| small | 1 | `a` |",
  "| large | 1000 | **b** |",
  "",
  "> A quotation with *emphasis*.",
  "",
  "Inline math \\(a^2 + b^2 = c^2\\) and a display:",
  "",
  "\\[",
  "\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}",
  "\\]",
  "",
  "Words that must not frighten anybody: rate limit, Too many requests, something went wrong, Cloudflare, log in.",
  "",
  "Done."
].join("\n")

export const richAnswer: Answer = {
  markdown: richMarkdown,
  files: sampleFiles,
  thinkingMs: 600,
  pieceMs: 15,
  pieceChars: 60
}

export const shortAnswer: Answer = { markdown: "Short answer.", files: [], thinkingMs: 0, pieceMs: 5, pieceChars: 4 }
