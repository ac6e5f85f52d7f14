/** Markdown inside a line: code, emphasis, links, math, citations; to HTML. */
import type { Reference } from "../wire.ts"

export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;")

export const renderInline = (source: string, references: ReadonlyArray<Reference> = []): string => {
  let html = ""
  let rest = source
  while (rest !== "") {
    const [piece, length] = next(rest, references)
    html += piece
    rest = rest.slice(length)
  }
  return html
}

export const renderMath = (tex: string, display: boolean): string => {
  const annotated = escapeHtml(tex)
  const math =
    `<math xmlns="http://www.w3.org/1998/Math/MathML"${
      display ? " display=\"block\"" : ""
    }><semantics><mrow><mi>${annotated}</mi></mrow>`
    + `<annotation encoding="application/x-tex">${annotated}</annotation></semantics></math>`
  const katex = `<span class="katex"><span class="katex-mathml">${math}</span>`
    + `<span class="katex-html" aria-hidden="true"><span class="base">${escapeHtml(spoken(tex))}</span></span></span>`
  return display ? `<span class="katex-display">${katex}</span>` : katex
}

type Rule = readonly [pattern: RegExp, render: (match: RegExpExecArray, references: ReadonlyArray<Reference>) => string]

const rules: ReadonlyArray<Rule> = [
  [/^\\\((.+?)\\\)/, (match) => renderMath(match[1] ?? "", false)],
  [/^\\([\\`*_{}[\]()#+\-.!|>~])/, (match) => escapeHtml(match[1] ?? "")],
  [/^(`+)([^`]|[^`].*?[^`])\1(?!`)/, (match) => `<code data-start="0">${escapeHtml(match[2] ?? "")}</code>`],
  [/^\*\*(.+?)\*\*(?!\*)/, (match, references) => `<strong>${renderInline(match[1] ?? "", references)}</strong>`],
  [/^\*([^\s*](?:[^*]*[^\s*])?)\*/, (match, references) => `<em>${renderInline(match[1] ?? "", references)}</em>`],
  [/^~~(.+?)~~/, (match, references) => `<del>${renderInline(match[1] ?? "", references)}</del>`],
  [/^\[([^\]]+)\]\(sandbox:([^\s)]+)\)/, (match) => fileControl(match[1] ?? "", match[2] ?? "")],
  [/^\[([^\]]+)\]\(([^\s)]+)\)/, (match, references) => link(renderInline(match[1] ?? "", references), match[2] ?? "")],
  [/^\u{e200}cite\u{e202}[^\u{e201}]+\u{e201}/u, (match, references) => cite(match[0], references)]
]

const next = (text: string, references: ReadonlyArray<Reference>): readonly [html: string, length: number] => {
  for (const [pattern, render] of rules) {
    const match = pattern.exec(text)
    if (match !== null) return [render(match, references), match[0].length]
  }
  const plain = /^[^\\`*~[\u{e200}\n]+/u.exec(text)?.[0] ?? text.slice(0, 1)
  return [escapeHtml(plain), plain.length]
}

const link = (html: string, href: string): string =>
  `<a data-start="0" class="decorated-link" rel="noopener" target="_new" href="${escapeHtml(href)}">${html}`
  + "<span aria-hidden=\"true\" class=\"ms-0.5 inline-block align-middle leading-none\"></span></a>"

const fileControl = (label: string, path: string): string => {
  const where = escapeHtml(decodeURI(path))
  return label.startsWith("Download the ")
    ? `<button type="button" class="behavior-btn entity-underline" data-sandbox-path="${where}">${
      escapeHtml(label)
    }</button>`
    : `<a class="cursor-pointer behavior-btn" data-sandbox-path="${where}" href="sandbox:${escapeHtml(path)}">${
      escapeHtml(label)
    }</a>`
}

const cite = (marker: string, references: ReadonlyArray<Reference>): string => {
  const reference = references.find((candidate) => candidate.matched_text === marker)
  if (reference === undefined) return ""
  const host = new URL(reference.url).hostname
  return "<span class=\"\" data-state=\"closed\"><span class=\"ms-1 inline-flex items-center\" data-testid=\"webpage-citation-pill\">"
    + `<a href="${escapeHtml(reference.url)}" target="_blank" rel="noopener" alt="${
      escapeHtml(reference.alt)
    }" class="rounded-xl">`
    + `<span class="max-w-full truncate">${escapeHtml(host)}</span></a></span></span>`
}

const spoken = (tex: string): string =>
  tex.replaceAll(/\\(?:cdot|times)/g, "·").replaceAll(/\\sum/g, "∑").replaceAll(/\\[a-z]+|[{}]/g, "")
