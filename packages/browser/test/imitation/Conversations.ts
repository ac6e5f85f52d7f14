/** Conversations of the imitation: turns, and answers that are generated piece by piece whether or not a page looks on. */
import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { Answer, AnswerFile } from "./answers.ts"
import { type Send, sha256, type Upload } from "./Log.ts"

export interface Turn {
  readonly id: string
  readonly role: "user" | "assistant"
  text: string
  readonly files: ReadonlyArray<string>
  state: "thinking" | "answering" | "finished"
}

export interface Conversation {
  readonly id: string
  title: string
  readonly turns: Array<Turn>
}

/** One line of the stream to the page. */
export type Piece =
  | { readonly type: "conversation"; readonly id: string; readonly turnId: string }
  | { readonly type: "thinking" }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "done" }

interface Generating {
  readonly pieces: Array<Piece>
  readonly listeners: Set<(piece: Piece) => void>
}

export class Conversations {
  readonly all = new Map<string, Conversation>()
  private readonly generating = new Map<string, Generating>()
  private readonly stop: AbortSignal

  constructor(stop: AbortSignal) {
    this.stop = stop
  }

  add(title: string, turns: ReadonlyArray<readonly ["user" | "assistant", string]>): Conversation {
    const conversation: Conversation = {
      id: randomUUID(),
      title,
      turns: turns.map(([role, text]) => ({ id: randomUUID(), role, text, files: [], state: "finished" }))
    }
    this.all.set(conversation.id, conversation)
    return conversation
  }

  /** Records the send and starts the answer. */
  send(
    request: { readonly conversationId: string | null; readonly turnId: string; readonly prompt: string },
    attachments: ReadonlyArray<Upload>,
    model: string,
    answer: Answer
  ): Send {
    const known = request.conversationId === null ? undefined : this.all.get(request.conversationId)
    const conversation = known ?? this.add(`Chat of ${request.prompt.slice(0, 20)}`, [])
    conversation.turns.push({
      id: request.turnId,
      role: "user",
      text: request.prompt,
      files: attachments.map(({ name }) => name),
      state: "finished"
    })
    const send: Send = {
      conversationId: conversation.id,
      prompt: request.prompt,
      sha256: sha256(request.prompt),
      attachments,
      model,
      at: Date.now(),
      finishedAt: null
    }
    void this.generate(conversation, answer, send)
    return send
  }

  /** Calls `listener` with all pieces from the first on; returns false when nothing is generated there. */
  follow(conversationId: string, listener: (piece: Piece) => void): boolean {
    const generating = this.generating.get(conversationId)
    if (generating === undefined) return false
    for (const piece of generating.pieces) listener(piece)
    generating.listeners.add(listener)
    return true
  }

  private async generate(conversation: Conversation, answer: Answer, send: Send): Promise<void> {
    const generating: Generating = { pieces: [], listeners: new Set() }
    this.generating.set(conversation.id, generating)
    const turn: Turn = {
      id: randomUUID(),
      role: "assistant",
      text: "",
      files: answer.files.map(({ name }) => name),
      state: answer.thinkingMs > 0 ? "thinking" : "answering"
    }
    conversation.turns.push(turn)
    const emit = (piece: Piece) => {
      generating.pieces.push(piece)
      for (const listener of generating.listeners) listener(piece)
    }
    const wait = (ms: number) => sleep(ms, undefined, { signal: this.stop })
    try {
      emit({ type: "conversation", id: conversation.id, turnId: turn.id })
      if (answer.thinkingMs > 0) {
        emit({ type: "thinking" })
        await wait(answer.thinkingMs)
      }
      turn.state = "answering"
      for (let at = 0; at < answer.markdown.length; at += answer.pieceChars) {
        const text = answer.markdown.slice(at, at + answer.pieceChars)
        turn.text += text
        emit({ type: "text", text })
        await wait(answer.pieceMs)
      }
      turn.state = "finished"
      send.finishedAt = Date.now()
      emit({ type: "done" })
    } catch {
      // The server was closed while the answer was generated.
    } finally {
      this.generating.delete(conversation.id)
    }
  }
}

export const fileNamed = (files: ReadonlyArray<AnswerFile>, name: string): AnswerFile | undefined =>
  files.find((file) => file.name === name)
