/** Holds what a command printed with `--json` against the schema that the docs are made from. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { failureOf, type Output, outputs, successOf } from "../../src/view/Outputs.ts"

const groups = new Set(
  outputs.flatMap(({ commands }) => commands).filter((name) => name.includes(" ")).map((name) => name.split(" ")[0])
)

const outputsOf = (args: ReadonlyArray<string>): ReadonlyArray<Output> => {
  const [first = "", second = ""] = args.filter((word) => !word.startsWith("-"))
  const nested = `${first} ${second}`
  const found = groups.has(first) ? outputs.filter(({ commands }) => commands.includes(nested)) : []
  return found.length > 0 ? found : outputs.filter(({ commands }) => commands.includes(first))
}

const check = (schema: Schema.Codec<unknown, unknown>, value: unknown): string | null => {
  const decoded = Schema.decodeUnknownResult(schema)(value, { onExcessProperty: "error", errors: "all" })
  return Result.isSuccess(decoded) ? null : decoded.failure.message
}

/** Why the text is not the object that this command line prints, or null. A command that was ended may have printed nothing. */
export const outputComplaint = (args: ReadonlyArray<string>, stdout: string): string | null => {
  if (stdout === "") return null
  let value: unknown
  try {
    value = JSON.parse(stdout)
  } catch {
    return `'oracle ${args.join(" ")}' printed something that is not one JSON object`
  }
  const candidates = outputsOf(args)
  if (candidates.length === 0) return null
  const complaints = candidates.flatMap((output) => [check(successOf(output), value), check(failureOf(output), value)])
  return complaints.includes(null)
    ? null
    : `'oracle ${args.join(" ")}' printed what no schema of it allows: ${
      complaints.filter((text) => text !== null).join("; ")
    }`
}
