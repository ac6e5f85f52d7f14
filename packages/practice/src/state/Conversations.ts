/** The threads that the site keeps: user turns and the answers to them. */
import type { Attachment, ConversationMode, TurnState } from "../wire.ts"
import type { Ids } from "./Ids.ts"

export interface UserTurn {
  readonly id: string
  readonly text: string
  readonly attachments: ReadonlyArray<Attachment>
  readonly createdAt: number
}

export interface Exchange {
  readonly user: UserTurn
  answer: TurnState
  readonly answeredAt: number
}

export interface Conversation {
  readonly id: string
  readonly userId: string
  title: string
  readonly createdAt: number
  updatedAt: number
  readonly exchanges: Array<Exchange>
  readonly mode: ConversationMode
  /** Never in the history, and gone once its page is closed. */
  readonly temporary: boolean
  archived: boolean
}

export interface ConversationOptions {
  readonly at?: number
  readonly mode?: ConversationMode
  readonly temporary?: boolean
}

export class Conversations {
  private readonly byId = new Map<string, Conversation>()
  private readonly ids: Ids

  constructor(ids: Ids) {
    this.ids = ids
  }

  create(userId: string, title: string, options: ConversationOptions = {}): Conversation {
    const { at = Date.now(), mode = "chat", temporary = false } = options
    const conversation: Conversation = {
      id: this.ids.uuid(),
      userId,
      title,
      createdAt: at,
      updatedAt: at,
      exchanges: [],
      mode,
      temporary,
      archived: false
    }
    this.byId.set(conversation.id, conversation)
    return conversation
  }

  /** A thread that already has its turns. */
  prepare(
    userId: string,
    title: string,
    turns: ReadonlyArray<readonly [string, string]>,
    at = Date.now()
  ): Conversation {
    const conversation = this.create(userId, title, { at })
    for (const [question, answer] of turns) {
      conversation.exchanges.push({
        user: { id: this.ids.uuid(), text: question, attachments: [], createdAt: at },
        answer: this.finished(answer),
        answeredAt: at
      })
    }
    return conversation
  }

  get(id: string): Conversation | undefined {
    return this.byId.get(id)
  }

  remove(id: string): void {
    this.byId.delete(id)
  }

  /** The person's threads as the history shows them, newest first. */
  of(userId: string): ReadonlyArray<Conversation> {
    return [...this.byId.values()]
      .filter(({ archived, temporary, userId: owner }) => owner === userId && !archived && !temporary)
      .toSorted((a, b) => b.updatedAt - a.updatedAt)
  }

  list(): ReadonlyArray<Conversation> {
    return [...this.byId.values()]
  }

  private finished(text: string): TurnState {
    return {
      id: this.ids.uuid(),
      status: "complete",
      label: "",
      thoughtSeconds: null,
      preamble: "",
      error: null,
      barFlash: false,
      modelSlug: "gpt-5-5-thinking",
      messages: [{ id: this.ids.uuid(), text, references: [], imageFileIds: [] }]
    }
  }
}
