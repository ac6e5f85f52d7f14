/** A response that is a stream of events. */
import type { StreamEvent } from "../wire.ts"
import type { Exchange } from "./Exchange.ts"

export interface EventStream {
  readonly send: (event: StreamEvent) => void
  readonly finish: () => void
  readonly onClose: (then: () => void) => void
}

export const openEventStream = (exchange: Exchange): EventStream => {
  const { response } = exchange
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" })
  response.flushHeaders()
  return {
    send: (event) => {
      if (!response.writableEnded) response.write(`data: ${JSON.stringify(event)}\n\n`)
    },
    finish: () => {
      if (!response.writableEnded) response.end("data: [DONE]\n\n")
    },
    onClose: (then) => {
      response.on("close", then)
    }
  }
}
