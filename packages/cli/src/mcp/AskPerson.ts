/** A yes-or-no question to the person behind the client, where the client can ask one. */
import { McpServerClient } from "effect/ai/McpSchema"
import * as McpSchema from "effect/ai/McpSchema"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

export type Reply = "yes" | "no" | "nobody"

const answerWithin = "10 minutes"

const Form = Schema.decodeUnknownEffect(McpSchema.ElicitRequestFormParams)

/** `nobody` where the client cannot ask, or did not get an answer. */
export const askPerson = Effect.fn("AskPerson.askPerson")(function*(question: string) {
  const session = yield* Effect.serviceOption(McpServerClient)
  const nobody: Reply = "nobody"
  if (Option.isNone(session) || session.value.clientCapabilities.elicitation === undefined) return nobody
  const request = yield* Effect.orDie(Form({
    mode: "form",
    message: question,
    requestedSchema: {
      type: "object",
      properties: { agree: { type: "boolean", title: "Agree", description: question } },
      required: ["agree"]
    }
  }))
  const client = yield* session.value.getClient
  const reply = yield* client.elicit(request)
  if (reply.action !== "accept") return "no"
  return reply.content?.["agree"] === true ? "yes" : "no"
}, (effect) =>
  effect.pipe(
    Effect.scoped,
    Effect.timeout(answerWithin),
    Effect.orElseSucceed((): Reply => "nobody")
  ))
