/** Progress of a tool call, for clients that asked for it; the others hear nothing. */
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import { McpRequestContext } from "effect/ai/McpSchema"
import { McpServer } from "effect/ai/McpServer"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"

export type Report = (
  message: string,
  done?: { readonly progress: number; readonly total: number }
) => Effect.Effect<void>

/** A counter that only rises, as the protocol wants it, unless a real measure is given. */
export const progressOf = Effect.gen(function*() {
  const server = yield* McpServer
  const { requestMetadata } = yield* McpRequestContext
  const progressToken = tokenOf(requestMetadata)
  let count = 0
  const report: Report = (message, done) => {
    if (progressToken === undefined) return Effect.void
    count = done?.progress ?? count + 1
    return Effect.ignore(
      server.notifications["notifications/progress"]({
        progressToken,
        progress: count,
        ...(done === undefined ? {} : { total: done.total }),
        message: sanitiseLine(message)
      })
    )
  }
  return report
})

const tokenOf = (metadata: unknown): string | number | undefined => {
  if (!Predicate.hasProperty(metadata, "progressToken")) return undefined
  const token = metadata.progressToken
  return typeof token === "string" || typeof token === "number" ? token : undefined
}
