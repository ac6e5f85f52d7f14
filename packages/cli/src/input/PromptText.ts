/** Reads the prompt: from the argument, a file or standard input, exactly as it stands there. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { readStandardInput } from "./StandardInput.ts"

export interface PromptFlags {
  readonly prompt: Option.Option<string>
  readonly promptFile: Option.Option<string>
}

export const readPrompt = Effect.fn("PromptText.readPrompt")(function*(flags: PromptFlags) {
  if (Option.isSome(flags.prompt) && Option.isSome(flags.promptFile)) {
    return yield* oracleError("usage_error", "the prompt was given twice: with --prompt and with --prompt-file", {
      step: "use one of the two"
    })
  }
  const [text, origin] = Option.isSome(flags.prompt)
    ? [flags.prompt.value, "--prompt"]
    : Option.isSome(flags.promptFile) && flags.promptFile.value !== "-"
    ? [yield* readFile(flags.promptFile.value), flags.promptFile.value]
    : [yield* decode(yield* readStandardInput, "standard input"), "standard input"]
  if (text.trim() === "") return yield* oracleError("prompt_required", `the prompt from ${origin} is empty`)
  return text
})

const readFile = Effect.fnUntraced(function*(path: string) {
  const files = yield* FileSystem.FileSystem
  const bytes = yield* files.readFile(path).pipe(
    Effect.mapError((error) =>
      oracleError("prompt_required", `the prompt file ${path} cannot be read (${error.reason._tag})`, {
        step: "check the path given to --prompt-file"
      })
    )
  )
  return yield* decode(bytes, path)
})

const decode = (bytes: Uint8Array, origin: string) =>
  Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () =>
      oracleError("invalid_option", `the prompt from ${origin} is not UTF-8 text`, {
        step: "save the prompt as UTF-8, and select other files with --files"
      })
  })
