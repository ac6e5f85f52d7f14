/** Markdown source to the HTML that the page shows: the decorations stand where ChatGPT has them. */

const escape = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")

const math = (source: string, display: boolean): string => {
  const inner =
    `<span class="katex"><span class="katex-mathml"><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics>`
    + `<mrow><mtext>${escape(source)}</mtext></mrow><annotation encoding="application/x-tex">${
      escape(source)
    }</annotation>`
    + `</semantics></math></span><span class="katex-html" aria-hidden="true">${
      escape(source.replace(/\\/g, ""))
    }</span></span>`
  return display ? `<span class="katex-display">${inner}</span>` : inner
}

const inline = (source: string): string => {
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)\s]+)\)|\\\((.+?)\\\)/
  const found = pattern.exec(source)
  if (found === null) return escape(source)
  const [whole, code, strong, emphasis, label, target, tex] = found
  const html = code !== undefined
    ? `<code data-start="0" data-end="1">${escape(code)}</code>`
    : strong !== undefined
    ? `<strong data-start="0">${inline(strong)}</strong>`
    : emphasis !== undefined
    ? `<em>${inline(emphasis)}</em>`
    : tex !== undefined
    ? math(tex, false)
    : `<a class="decorated-link" target="_new" rel="noopener" href="${escape(target ?? "")}">${inline(label ?? "")}`
      + `<span aria-hidden="true" class="ms-0.5 inline-block"><svg width="8" height="8"></svg></span></a>`
  return escape(source.slice(0, found.index)) + html + inline(source.slice(found.index + whole.length))
}

const highlight = (code: string): string =>
  escape(code).replace(/\b(const|return)\b/g, "<span class=\"hljs-keyword\">$1</span>")

const codeBlock = (language: string, code: string): string =>
  `<pre class="overflow-visible!"><div class="contain-inline-size rounded-2xl relative"><div class="flex items-center">${
    escape(language)
  }</div><div class="sticky top-9"><div class="absolute"><div class="flex items-center"><button class="flex gap-1" aria-label="Copy">`
  + `<svg width="8" height="8"></svg>Copy code</button></div></div></div><div class="overflow-y-auto p-4" dir="ltr">`
  + `<code class="whitespace-pre! language-${escape(language)}"><span>${
    highlight(code)
  }</span></code></div></div></pre>`

const cells = (line: string): ReadonlyArray<string> =>
  line.replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim())

const table = (lines: ReadonlyArray<string>): string => {
  const [header = "", ruler = "", ...rows] = lines
  const align = cells(ruler).map((rule) => rule.endsWith(":") ? (rule.startsWith(":") ? "center" : "right") : "")
  const row = (tag: string, line: string) =>
    `<tr>${
      cells(line).map((cell, index) =>
        `<${tag} data-col-size="sm"${align[index] ? ` style="text-align:${align[index]}"` : ""}>${
          inline(cell)
        }</${tag}>`
      ).join("")
    }</tr>`
  return `<div class="TyagGW_tableContainer"><div class="TyagGW_tableWrapper group flex w-fit flex-col-reverse" tabindex="-1"><table>`
    + `<thead>${row("th", header)}</thead><tbody>${rows.map((line) => row("td", line)).join("")}</tbody></table>`
    + `<div class="sticky h-0"><button aria-label="Copy Table"><svg width="8" height="8"></svg></button></div></div></div>`
}

const marker = /^( *)([-*]|\d+\.) (.*)$/

const list = (lines: ReadonlyArray<string>): string => {
  const first = marker.exec(lines[0] ?? "")
  const depth = first?.[1]?.length ?? 0
  const items: Array<{ readonly text: string; readonly below: Array<string> }> = []
  for (const line of lines) {
    const found = marker.exec(line)
    if (found !== null && (found[1]?.length ?? 0) <= depth) items.push({ text: found[3] ?? "", below: [] })
    else items.at(-1)?.below.push(line)
  }
  const tag = /\d/.test(first?.[2] ?? "") ? "ol" : "ul"
  const body = items.map(({ below, text }) =>
    `<li data-start="1"><p data-start="2">${inline(text)}</p>${below.length > 0 ? list(below) : ""}</li>`
  )
  return `<${tag} data-start="1">${body.join("")}</${tag}>`
}

/** Renders as much as there is: an open fence or formula runs to the end of the text. */
export const render = (source: string): string => {
  const lines = source.split("\n")
  let html = ""
  let at = 0
  const takeWhile = (test: (line: string) => boolean) => {
    const start = at
    while (at < lines.length && test(lines[at] ?? "")) at++
    return lines.slice(start, at)
  }
  while (at < lines.length) {
    const line = lines[at] ?? ""
    const fence = /^```(\w*)$/.exec(line)
    const heading = /^(#{1,6}) (.*)$/.exec(line)
    if (line.trim() === "") at++
    else if (fence !== null) {
      at++
      html += codeBlock(fence[1] ?? "", `${takeWhile((next) => next !== "```").join("\n")}\n`)
      at++
    } else if (line === "\\[") {
      at++
      html += `<p>${math(takeWhile((next) => next !== "\\]").join("\n"), true)}</p>`
      at++
    } else if (heading !== null) {
      const level = heading[1]?.length ?? 1
      html += `<h${level} data-start="0">${inline(heading[2] ?? "")}</h${level}>`
      at++
    } else if (line.startsWith("|")) html += table(takeWhile((next) => next.startsWith("|")))
    else if (line.startsWith("> ")) {
      html += `<blockquote><p>${
        takeWhile((next) => next.startsWith("> ")).map((next) => inline(next.slice(2))).join("\n")
      }</p></blockquote>`
    } else if (marker.test(line)) html += list(takeWhile((next) => marker.test(next)))
    else html += `<p data-start="0" data-end="9">${takeWhile(isProse).map(inline).join("\n")}</p>`
  }
  return html
}

const isProse = (line: string): boolean =>
  line.trim() !== "" && !/^(```|#{1,6} |\||> )/.test(line) && line !== "\\[" && !marker.test(line)
