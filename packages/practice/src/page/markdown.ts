/** Markdown to the HTML that the product shows for it. Pure, so that it can be tested without a page. */
import type { Reference } from "../wire.ts"
import { escapeHtml, renderInline, renderMath } from "./inline.ts"

export const renderMarkdown = (source: string, references: ReadonlyArray<Reference> = []): string =>
  blocks(source.split("\n"), references).join("\n")

/** Up to here a growing source is final: everything before its last heading outside a code fence. */
export const settledLength = (source: string, from = 0): number => {
  let fenced = false
  let offset = from
  let settled = from
  for (const line of source.slice(from).split("\n")) {
    if (/^\s*```/.test(line)) fenced = !fenced
    else if (!fenced && /^#{1,6} /.test(line)) settled = offset
    offset += line.length + 1
  }
  return settled
}

const blocks = (lines: ReadonlyArray<string>, references: ReadonlyArray<Reference>): ReadonlyArray<string> => {
  const html: Array<string> = []
  let at = 0
  while (at < lines.length) {
    const [block, used] = blockAt(lines.slice(at, at + 4_000), references)
    if (block !== "") html.push(block)
    at += used
  }
  return html
}

type Block = readonly [html: string, lines: number]

const listItem = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/

const blockAt = (lines: ReadonlyArray<string>, references: ReadonlyArray<Reference>): Block => {
  const line = lines[0] ?? ""
  if (line.trim() === "") return ["", 1]
  const fence = /^\s*```([\w+-]*)/.exec(line)
  if (fence !== null) return codeBlock(lines, fence[1] ?? "")
  const heading = /^(#{1,6}) (.*)$/.exec(line)
  if (heading !== null) {
    const level = heading[1]?.length ?? 1
    return [`<h${level} data-start="0">${renderInline(heading[2] ?? "", references)}</h${level}>`, 1]
  }
  if (/^\s*(?:---|\*\*\*|___)\s*$/.test(line)) return ["<hr data-start=\"0\">", 1]
  if (line.trim() === "\\[") return mathBlock(lines)
  if (line.startsWith(">")) return quote(lines, references)
  if (line.startsWith("|") && /^\|(?:\s*:?-+:?\s*\|)+\s*$/.test(lines[1] ?? "")) return table(lines, references)
  if (listItem.test(line)) return list(lines, references)
  return paragraph(lines, references)
}

const codeBlock = (lines: ReadonlyArray<string>, language: string): Block => {
  const end = lines.findIndex((line, index) => index > 0 && /^\s*```\s*$/.test(line))
  const body = lines.slice(1, end === -1 ? undefined : end).join("\n")
  const html =
    "<pre class=\"overflow-visible!\" data-start=\"0\"><div class=\"contain-inline-size rounded-2xl relative\">"
    + `<div class="code-header flex items-center text-xs font-sans justify-between h-9">${
      escapeHtml(language || "text")
    }`
    + "<div class=\"sticky top-9\"><button type=\"button\" class=\"flex gap-1 items-center py-1\" aria-label=\"Copy\">Copy code</button></div></div>"
    + `<div class="overflow-y-auto p-4" dir="ltr"><code class="whitespace-pre!${
      language === "" ? "" : ` language-${escapeHtml(language)}`
    }">`
    + `<span>${highlight(escapeHtml(body === "" ? "" : `${body}\n`))}</span></code></div></div></pre>`
  return [html, end === -1 ? lines.length : end + 1]
}

const highlight = (html: string): string =>
  html.replaceAll(
    /\b(export|const|return|import|function|new|if|else)\b(?![^<]*>)/g,
    "<span class=\"hljs-keyword\">$1</span>"
  )

const mathBlock = (lines: ReadonlyArray<string>): Block => {
  const end = lines.findIndex((line) => line.trim() === "\\]")
  if (end === -1) return ["", lines.length]
  return [renderMath(lines.slice(1, end).join("\n").trim(), true), end + 1]
}

const quote = (lines: ReadonlyArray<string>, references: ReadonlyArray<Reference>): Block => {
  const inner = takeWhile(lines, (line) => line.startsWith(">"))
  const html = blocks(inner.map((line) => line.replace(/^> ?/, "")), references).join("\n")
  return [`<blockquote data-start="0">\n${html}\n</blockquote>`, inner.length]
}

const table = (lines: ReadonlyArray<string>, references: ReadonlyArray<Reference>): Block => {
  const rows = takeWhile(lines, (line) => line.startsWith("|"))
  const cells = rows.map((row) => row.replace(/^\||\|\s*$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim()))
  const alignments = (cells[1] ?? []).map((cell) =>
    cell.endsWith(":") ? cell.startsWith(":") ? "center" : "right" : "left"
  )
  const row = (tag: string, values: ReadonlyArray<string>) =>
    `<tr data-start="0">${
      values.map((cell, index) =>
        `<${tag} data-start="0" data-col-size="sm"${
          alignments[index] === "left" ? "" : ` align="${alignments[index]}"`
        }>${renderInline(cell, references)}</${tag}>`
      ).join("")
    }</tr>`
  const html =
    "<div class=\"_tableContainer_1rjym_1\"><div tabindex=\"-1\" class=\"group _tableWrapper_1rjym_13 flex w-fit flex-col-reverse\">"
    + `<table data-start="0" class="w-fit min-w-(--thread-content-width)"><thead data-start="0">${
      row("th", cells[0] ?? [])
    }</thead>`
    + `<tbody data-start="0">${cells.slice(2).map((values) => row("td", values)).join("")}</tbody></table></div></div>`
  return [html, rows.length]
}

const list = (lines: ReadonlyArray<string>, references: ReadonlyArray<Reference>): Block => {
  const first = listItem.exec(lines[0] ?? "")
  const indent = first?.[1]?.length ?? 0
  const ordered = /\d/.test(first?.[2] ?? "")
  const items: Array<Array<string>> = []
  let used = 0
  for (const line of lines) {
    const match = listItem.exec(line)
    const depth = /^\s*/.exec(line)?.[0].length ?? 0
    if (match !== null && depth <= indent) {
      if (depth < indent || /\d/.test(match[2] ?? "") !== ordered) break
      items.push([match[3] ?? ""])
    } else if (line.trim() === "" ? continuesAfter(lines, used, indent) : depth > indent) items.at(-1)?.push(line)
    else break
    used += 1
  }
  const start = Number.parseInt(first?.[2] ?? "1", 10)
  const tag = ordered ? "ol" : "ul"
  const html = items.map((item) => `<li data-start="0">\n${blocks(dedent(item), references).join("\n")}\n</li>`).join(
    "\n"
  )
  return [
    `<${tag} data-start="${ordered ? start : 0}"${
      ordered && start !== 1 ? ` start="${start}"` : ""
    }>\n${html}\n</${tag}>`,
    used
  ]
}

const continuesAfter = (lines: ReadonlyArray<string>, index: number, indent: number): boolean => {
  const following = lines[index + 1] ?? ""
  return following.trim() !== "" && (/^\s*/.exec(following)?.[0].length ?? 0) > indent
}

const dedent = (item: ReadonlyArray<string>): ReadonlyArray<string> => {
  const rest = item.slice(1)
  const least = Math.min(
    ...rest.filter((line) => line.trim() !== "").map((line) => /^\s*/.exec(line)?.[0].length ?? 0),
    99
  )
  return [item[0] ?? "", ...rest.map((line) => line.slice(least))]
}

const paragraph = (lines: ReadonlyArray<string>, references: ReadonlyArray<Reference>): Block => {
  const text = takeWhile(
    lines,
    (line, index) =>
      line.trim() !== "" &&
      (index === 0 || !(/^(?:#{1,6} |\s*```|>|\|)/.test(line) || listItem.test(line) || line.trim() === "\\["))
  )
  const html = text.map((line) => renderInline(line, references)).join("<br data-start=\"0\">\n")
  return [`<p data-start="0">${html}</p>`, text.length]
}

const takeWhile = <A>(values: ReadonlyArray<A>, keep: (value: A, index: number) => boolean): ReadonlyArray<A> => {
  const end = values.findIndex((value, index) => !keep(value, index))
  return end === -1 ? values : values.slice(0, end)
}
