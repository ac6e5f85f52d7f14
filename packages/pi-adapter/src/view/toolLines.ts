/** The compact lines of a tool's call and of its result. Must bear results without details, as of a call that was aborted. */

/** What the call asks, in one line. */
export const callLine = (name: string, args: unknown): string => {
  const { files, jobId, prompt, site } = record(args)
  const parts = [
    ...text(site),
    ...text(jobId),
    ...text(prompt).map((words) => `“${words.slice(0, 120)}”`),
    ...(Array.isArray(files) ? [files.length === 1 ? String(files[0]) : `${files.length} selections`] : [])
  ]
  return [name.replace("_", " "), ...parts].join(" · ")
}

export interface Shown {
  readonly summary: string
  readonly isError: boolean
  /** The whole text, for the expanded view. */
  readonly lines: ReadonlyArray<string>
}

export const resultOf = (result: { readonly content: unknown; readonly details?: unknown }): Shown => {
  const { error, ready, summary } = record(result.details)
  const content = Array.isArray(result.content) ? result.content.flatMap((part) => text(record(part)["text"])) : []
  const lines = content.join("\n").split("\n")
  const [first = "no result"] = lines
  return { summary: text(summary)[0] ?? first, isError: error !== undefined || ready === false, lines }
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {}

const text = (value: unknown): ReadonlyArray<string> => typeof value === "string" && value !== "" ? [value] : []
