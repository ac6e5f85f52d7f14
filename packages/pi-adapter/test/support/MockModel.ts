/** A model server as pi's OpenAI-compatible providers know them, whose replies a test scripts. */
import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"

export interface ModelMessage {
  readonly role: string
  readonly content: unknown
}

export interface ModelRequest {
  readonly messages: ReadonlyArray<ModelMessage>
  readonly tools?: ReadonlyArray<{ readonly function: { readonly name: string; readonly parameters: unknown } }>
}

export type Reply =
  | { readonly say: string; readonly afterMs?: number }
  | { readonly call: string; readonly args: Readonly<Record<string, unknown>>; readonly afterMs?: number }

/** Text of a message, whatever its shape. */
export const textOf = ({ content }: ModelMessage): string =>
  typeof content === "string"
    ? content
    : Array.isArray(content)
    ? content.map((part: { readonly text?: string }) => part.text ?? "").join("\n")
    : ""

export class MockModel {
  readonly requests: Array<ModelRequest> = []
  /** Decides on the whole transcript; its last message is what the reply is to. */
  reply: (request: ModelRequest) => Reply = () => ({ say: "nothing is scripted" })
  private readonly server: Server
  private calls = 0

  private constructor() {
    this.server = createServer((request, response) => void this.serve(request, response))
  }

  static async start(): Promise<MockModel> {
    const model = new MockModel()
    model.server.listen(0, "127.0.0.1")
    await once(model.server, "listening")
    return model
  }

  get url(): string {
    const address = this.server.address()
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/v1`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, "close")
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ""
    for await (const chunk of request) body += String(chunk)
    const asked: ModelRequest = JSON.parse(body)
    this.requests.push(asked)
    const reply = this.reply(asked)
    if (reply.afterMs !== undefined) await new Promise((resolve) => setTimeout(resolve, reply.afterMs))
    this.calls += 1
    const delta = "say" in reply
      ? { role: "assistant", content: reply.say }
      : {
        role: "assistant",
        tool_calls: [{
          index: 0,
          id: `call_${this.calls}`,
          type: "function",
          function: { name: reply.call, arguments: JSON.stringify(reply.args) }
        }]
      }
    const chunk = (part: unknown, finish: string | null) =>
      `data: ${
        JSON.stringify({
          id: `reply-${this.calls}`,
          object: "chat.completion.chunk",
          created: 1,
          model: "mock-model",
          choices: [{ index: 0, delta: part, finish_reason: finish }]
        })
      }\n\n`
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.write(chunk(delta, null))
    response.write(chunk({}, "say" in reply ? "stop" : "tool_calls"))
    response.end("data: [DONE]\n\n")
  }
}
