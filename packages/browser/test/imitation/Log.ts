/** What the imitation saw: every upload and every send, with the exact bytes. */
import { createHash } from "node:crypto"

export const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

export interface Upload {
  readonly id: string
  readonly name: string
  readonly bytes: Uint8Array
  readonly sha256: string
}

export interface Send {
  readonly conversationId: string
  readonly prompt: string
  /** Of the prompt as UTF-8. */
  readonly sha256: string
  readonly attachments: ReadonlyArray<Upload>
  /** What the page said about the model. */
  readonly model: string
  readonly at: number
  /** When the last piece of the answer left the server; null while it is generated. */
  finishedAt: number | null
}

export interface Log {
  readonly uploads: Array<Upload>
  readonly sends: Array<Send>
  /** Clicks on the send button that no person and no browser input made. */
  untrustedClicks: number
  /** Clicks on "Answer now", "Retry" and "Stop": nothing of Oracle may press them. */
  forbiddenClicks: number
}

export const emptyLog = (): Log => ({ uploads: [], sends: [], untrustedClicks: 0, forbiddenClicks: 0 })
