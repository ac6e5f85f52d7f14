/** Decides whether a send is accepted, and writes either outcome to the log. */
import { sha256 } from "../../answer/proof.ts"
import type { Conversation } from "../../state/Conversations.ts"
import type { SendRequest } from "../../wire.ts"
import { type Exchange, HttpProblem } from "../Exchange.ts"

export interface Refusal {
  readonly problem: HttpProblem
  /** The server keeps the message although it answers with an error. */
  readonly kept: boolean
}

export const admitSend = (exchange: Exchange, request: SendRequest): Refusal | null => {
  const { world } = exchange
  const refusal = refusalOf(exchange, request)
  if (refusal !== null && !refusal.kept) {
    world.events.add("send-refused", {
      conversationId: request.conversation_id,
      status: refusal.problem.status,
      code: refusal.problem.code,
      promptSha256: sha256(request.message.text)
    })
  }
  return refusal
}

export const logSend = (
  exchange: Exchange,
  request: SendRequest,
  conversation: Conversation,
  named: ReadonlyArray<string>
): void => {
  const { attachments, id, text } = request.message
  exchange.world.events.add("send", {
    conversationId: conversation.id,
    messageId: id,
    followUp: request.conversation_id !== null,
    promptSha256: sha256(text),
    promptCharacters: text.length,
    prompt: text,
    model: request.model,
    thinkingEffort: request.thinking_effort,
    selection: request.selection,
    mode: conversation.mode,
    temporary: conversation.temporary,
    attachmentIds: attachments.map((attachment) => attachment.id),
    attachmentNames: attachments.map((attachment) => attachment.name),
    scenario: exchange.world.scenario,
    named
  })
}

const refusalOf = ({ world }: Exchange, request: SendRequest): Refusal | null => {
  const { behaviour, countdown, files } = world
  if (countdown.refusedSends > 0) {
    countdown.refusedSends -= 1
    return refuse(behaviour.refusedStatus, "internal_server_error", "Something went wrong.", behaviour.keepsRefused)
  }
  if (behaviour.rateLimit === "send" || behaviour.rateLimit === "load") {
    return refuse(429, "rate_limit_exceeded", "Too many requests")
  }
  if (behaviour.usageLimit) return refuse(429, "model_cap_exceeded", "You've hit your limit. Please try again later.")
  if (request.message.text.length > behaviour.maxPromptCharacters) {
    return refuse(
      413,
      "message_length_exceeds_limit",
      "The message you submitted was too long, please edit it and resubmit."
    )
  }
  if (request.message.attachments.some((attachment) => files.get(attachment.id)?.status !== "processed")) {
    return refuse(400, "file_not_found", "A file of this message is missing or was not processed.")
  }
  return null
}

const refuse = (status: number, code: string, message: string, kept = false): Refusal => ({
  problem: new HttpProblem(status, code, message),
  kept
})
