/** The structure of a Markdown text, so that two texts are compared by what they say and not by how they are spaced. */

export interface MarkdownShape {
  readonly headings: ReadonlyArray<string>
  /** Language and exact content of each fence. */
  readonly fences: ReadonlyArray<readonly [language: string, code: string]>
  readonly tables: ReadonlyArray<ReadonlyArray<string>>
  /** Depth (from 0), kind and text of each list item. */
  readonly items: ReadonlyArray<readonly [depth: number, kind: "ordered" | "bullet", text: string]>
  readonly quotes: ReadonlyArray<string>
  readonly links: ReadonlyArray<readonly [label: string, target: string]>
  /** Formulas without their delimiters. */
  readonly math: ReadonlyArray<string>
}

const fencePattern = /^(`{3,}|~{3,})(\S*)[^\n]*\n([\s\S]*?)^\1[ \t]*$/gm
const itemPattern = /^( *)(?:([-*+])|(\d+)[.)])\s+(.*)$/

const plain = (text: string) => text.replaceAll(/\\([\\`*_{}[\]()#+.!|<>~-])/g, "$1").trim()

export const shapeOf = (markdown: string): MarkdownShape => {
  const fences = [...markdown.matchAll(fencePattern)].map(([, , language = "", code = ""]) => [language, code] as const)
  const prose = markdown.replaceAll(fencePattern, "")
  const math = [...prose.matchAll(/\\\[([\s\S]+?)\\\]|\$\$([\s\S]+?)\$\$|\\\(([\s\S]+?)\\\)|\$([^$\n]+)\$/g)]
    .map(([, a, b, c, d]) => (a ?? b ?? c ?? d ?? "").trim())
  const lines = prose.split("\n")
  const indents: Array<number> = []
  const items = lines.flatMap((line) => {
    const [, space = "", bullet, , text = ""] = itemPattern.exec(line) ?? []
    if (text === "") return []
    while ((indents.at(-1) ?? -1) >= space.length) indents.pop()
    indents.push(space.length)
    return [[indents.length - 1, bullet === undefined ? "ordered" : "bullet", plain(text)] as const]
  })
  return {
    headings: lines.flatMap((line) => /^#{1,6} /.test(line) ? [plain(line)] : []),
    fences,
    tables: lines.flatMap((line) =>
      /^\|.*\|$/.test(line.trim()) && !/^\|[\s:|-]+\|$/.test(line.trim())
        ? [line.trim().slice(1, -1).split("|").map(plain)]
        : []
    ),
    items,
    quotes: lines.flatMap((line) => line.startsWith("> ") ? [plain(line.slice(2)).replaceAll("_", "*")] : []),
    links: [...prose.matchAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g)].map((
      [, label = "", target = ""]
    ) => [label, target]),
    math
  }
}
