/** The chat product at the other end: what it was sent, what it generates, and its troubles. It survives every crash. */
import type { JobId } from "../../../src/domain/Ids.ts"
import type { Prng } from "./Prng.ts"
import type { World } from "./World.ts"

export interface Turn {
  readonly id: string
  readonly sha256: string
  readonly job: JobId
  readonly acceptedAt: number
  finishAt: number
  readonly failed: boolean
  /** The answer is cut until somebody presses "continue". */
  cut: boolean
  readonly files: number
}

export interface Conversation {
  readonly id: string
  readonly url: string
  /** When the history lists it. */
  readonly visibleAt: number
  /** When the page shows its address. */
  readonly namedAt: number
  readonly turns: Array<Turn>
}

export const urlOf = (id: string): string => `https://site.test/c/${id}`

export interface SiteOptions {
  readonly historyAuthoritative: boolean
  readonly historyLagMs: number
  readonly longestAnswerMs: number
  readonly turnFails: number
  readonly turnCut: number
  readonly withFiles: number
}

export class SimSite {
  readonly conversations = new Map<string, Conversation>()
  readonly sends: Array<{ readonly job: JobId; readonly conversation: string; readonly turn: Turn }> = []
  outageUntil = 0
  limitedUntil = 0
  challengeUntil = 0
  historyDownUntil = 0
  /** Sessions of older seeds are signed out. */
  sessionGeneration = 1
  readonly options: SiteOptions
  private readonly prng: Prng
  private readonly world: World

  constructor(prng: Prng, world: World, options: SiteOptions) {
    this.prng = prng
    this.world = world
    this.options = options
  }

  /** The prompt arrived: this is what must happen at most once for a job. */
  accept(job: JobId, sha256: string, into: string | null): Conversation {
    const now = this.world.now
    const known = into === null ? undefined : this.conversations.get(into)
    const id = known?.id ?? `k${this.conversations.size + 1}`
    const conversation = known ?? {
      id,
      url: urlOf(id),
      visibleAt: now + this.prng.between(0, this.options.historyLagMs),
      namedAt: now + this.prng.between(0, 2000),
      turns: []
    }
    this.conversations.set(id, conversation)
    const turn: Turn = {
      id: `${id}-t${conversation.turns.length + 1}`,
      sha256,
      job,
      acceptedAt: now,
      finishAt: now + this.prng.between(500, this.options.longestAnswerMs),
      failed: this.prng.chance(this.options.turnFails),
      cut: this.prng.chance(this.options.turnCut),
      files: this.prng.chance(this.options.withFiles) ? this.prng.between(1, 2) : 0
    }
    conversation.turns.push(turn)
    this.sends.push({ job, conversation: id, turn })
    return conversation
  }

  historyReadable(): boolean {
    return this.world.now >= this.historyDownUntil
  }

  history(): ReadonlyArray<Conversation> {
    return [...this.conversations.values()].filter(({ visibleAt }) => visibleAt <= this.world.now).toReversed()
  }

  heal(): void {
    this.outageUntil = 0
    this.limitedUntil = 0
    this.challengeUntil = 0
    this.historyDownUntil = 0
  }
}
