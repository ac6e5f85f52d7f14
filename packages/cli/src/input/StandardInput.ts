/** Standard input, read to its end: never from a terminal, never for ever, never without a limit. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"

const firstByteWithin = "30 seconds"
const maxBytes = 32 * 1024 * 1024

/** Fails as `prompt_required` at a terminal and where nothing comes. */
export const readStandardInput: Effect.Effect<Uint8Array, OracleError> = Effect.suspend(() => {
  if (process.stdin.isTTY) return Effect.fail(oracleError("prompt_required", "there is no prompt"))
  let started: () => void = () => {}
  const silence = Effect.callback<void>((resume) => {
    started = () => resume(Effect.void)
  }).pipe(
    Effect.timeoutOrElse({
      duration: firstByteWithin,
      orElse: () =>
        Effect.fail(oracleError("prompt_required", `nothing came on standard input within ${firstByteWithin}`))
    }),
    Effect.andThen(Effect.never)
  )
  return Effect.raceFirst(readAll(() => started()), silence)
})

const readAll = (onByte: () => void) =>
  Effect.callback<Uint8Array, OracleError>((resume) => {
    const { stdin } = process
    const chunks: Array<Uint8Array> = []
    let bytes = 0
    const onData = (chunk: Uint8Array) => {
      onByte()
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > maxBytes) resume(Effect.fail(oracleError("prompt_too_large", "the prompt is larger than 32 MB")))
    }
    const onEnd = () => resume(Effect.succeed(Buffer.concat(chunks)))
    const onError = () => resume(Effect.fail(oracleError("prompt_required", "standard input cannot be read")))
    stdin.on("data", onData).on("end", onEnd).on("error", onError)
    return Effect.sync(() => {
      stdin.off("data", onData).off("end", onEnd).off("error", onError)
      stdin.pause()
    })
  })
