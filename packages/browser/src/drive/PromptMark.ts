/** Knows the prompt inside a request of the page, whatever form the page gives it. Pure. */

const shortChars = 8

/** The beginning of the prompt without a cut character; pages may trim the ends. */
const startOf = (prompt: string): string => prompt.trim().slice(0, 120).replace(/[\uD800-\uDBFF]$/, "").trimEnd()

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

const inForm = (text: string): string => new URLSearchParams([["q", text]]).toString().slice(2)

const lines = (text: string): string => text.replaceAll("\n", "\r\n")

/** A short prompt is known only between the marks of its form: anything may hold a few letters. */
const shortForms = (start: string): ReadonlyArray<(content: string) => boolean> => [
  (content) => content.trim() === start,
  (content) => content.includes(`"${inJson(start)}"`),
  (content) => content.includes(`\r\n\r\n${lines(start)}\r\n--`),
  (content) => `${content}&`.includes(`=${inForm(start)}&`) || `${content}&`.includes(`=${encodeURIComponent(start)}&`)
]

/** Tells whether a body, a query or a frame carries this prompt; null for a prompt without a visible character. */
export const promptMark = (prompt: string): ((content: string) => boolean) | null => {
  const start = startOf(prompt)
  if (start === "") return null
  if (start.length < shortChars) return (content) => shortForms(start).some((fits) => fits(content))
  const forms = [...new Set([inJson(start), start, lines(start), inForm(start), encodeURIComponent(start)])]
  return (content) => forms.some((form) => content.includes(form))
}
