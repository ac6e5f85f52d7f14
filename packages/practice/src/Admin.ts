/** What tests and demos may ask of a running site, and change about it. */
import type { Behaviour } from "./Behaviour.ts"
import { markdownOf } from "./generation/answerTurn.ts"
import type { Conversation } from "./state/Conversations.ts"
import type { EventType, SiteEvent } from "./state/EventLog.ts"
import type { World } from "./state/World.ts"
import { stateOf, type StorageState } from "./storageState.ts"

export interface ConversationRecord {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly mode: "chat" | "work"
  readonly temporary: boolean
  readonly archived: boolean
  readonly turns: ReadonlyArray<{
    readonly prompt: string
    readonly attachmentNames: ReadonlyArray<string>
    readonly status: string
    /** One Markdown source for each answer, as the copy button gives it. */
    readonly answers: ReadonlyArray<string>
  }>
}

export interface ScenarioOptions {
  readonly behaviour?: Partial<Behaviour>
  /** Limits the scenario to sends whose prompt contains this text. */
  readonly promptIncludes?: string
}

export interface WaitOptions {
  readonly n?: number
  readonly timeoutMs?: number
  /** Counts only events with a greater `seq`. */
  readonly after?: number
}

export class Admin {
  private readonly world: World
  private readonly origin: string

  constructor(world: World, origin: string) {
    this.world = world
    this.origin = origin
  }

  log(type?: EventType, after = 0): ReadonlyArray<SiteEvent> {
    return this.world.events.list(type, after)
  }

  /** Settles once `n` such events are there, or with fewer when the time is over. */
  waitFor(type: EventType, options: WaitOptions = {}): Promise<ReadonlyArray<SiteEvent>> {
    return this.world.events.waitFor(type, options.n ?? 1, options.timeoutMs ?? 30_000, options.after)
  }

  setScenario(scenario: string | ReadonlyArray<string>, options: ScenarioOptions = {}): void {
    const names = typeof scenario === "string" ? [scenario] : scenario
    if (options.promptIncludes === undefined) this.world.setScenario(names, options.behaviour)
    else this.world.setPromptRule(options.promptIncludes, names, options.behaviour)
  }

  get scenario(): ReadonlyArray<string> {
    return this.world.scenario
  }

  conversations(): ReadonlyArray<ConversationRecord> {
    return this.world.conversations.list().map((conversation) => this.record(conversation))
  }

  conversation(id: string): ConversationRecord | undefined {
    const conversation = this.world.conversations.get(id)
    return conversation === undefined ? undefined : this.record(conversation)
  }

  /** A finished thread in somebody's history (the first user's, unless named); gives its id. */
  addConversation(
    title: string,
    turns: ReadonlyArray<readonly [question: string, answer: string]>,
    email?: string
  ): string {
    return this.world.conversations.prepare(this.user(email).id, title, turns).id
  }

  /** The bytes of an uploaded or offered file. */
  fileBytes(id: string): Uint8Array | undefined {
    return this.world.files.get(id)?.bytes
  }

  revokeSessions(): void {
    this.world.revokeSessions()
  }

  /** Signs a person in (the first one, unless named) and gives the browser state for it. */
  storageState(email?: string): StorageState {
    return stateOf(this.origin, this.world.accounts.open(this.user(email)).token)
  }

  reset(options: { readonly keepSessions?: boolean } = {}): void {
    this.world.reset(options.keepSessions ?? false)
  }

  private user(email: string | undefined) {
    const user = email === undefined ? this.world.accounts.users[0] : this.world.accounts.find(email)
    if (user === undefined) throw new Error(`No user ${email ?? ""}`)
    return user
  }

  private record(conversation: Conversation): ConversationRecord {
    return {
      id: conversation.id,
      title: conversation.title,
      url: `${this.origin}/c/${conversation.id}`,
      mode: conversation.mode,
      temporary: conversation.temporary,
      archived: conversation.archived,
      turns: conversation.exchanges.map((exchange) => ({
        prompt: exchange.user.text,
        attachmentNames: exchange.user.attachments.map((attachment) => attachment.name),
        status: exchange.answer.status,
        answers: markdownOf(exchange)
      }))
    }
  }
}
