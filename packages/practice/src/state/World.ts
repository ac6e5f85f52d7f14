/** The whole state of one running site. It lives in memory and dies with the site. */
import { randomBytes } from "node:crypto"
import { historyTitles, trapWords } from "../answer/trapWords.ts"
import type { Behaviour } from "../Behaviour.ts"
import type { Generation } from "../generation/Generation.ts"
import { partsOf, resolve } from "../Scenario.ts"
import { Accounts, type User, type UserOptions } from "./Accounts.ts"
import { Conversations } from "./Conversations.ts"
import { EventLog } from "./EventLog.ts"
import { Files } from "./Files.ts"
import { Ids } from "./Ids.ts"

export interface WorldOptions {
  readonly scenario: ReadonlyArray<string>
  readonly behaviour: Partial<Behaviour>
  readonly users: ReadonlyArray<UserOptions>
  readonly seed: string | undefined
  readonly sessionSeed: string | undefined
}

/** How often a trouble with a count is still to happen. */
export interface Countdown {
  outageRequests: number
  refusedSends: number
  uploadFailures: number
  processingFailures: number
  failedTurns: number
  ignoredSendClicks: number
}

interface PromptRule {
  readonly includes: string
  readonly part: Partial<Behaviour>
}

export class World {
  readonly events = new EventLog()
  readonly ids: Ids
  accounts: Accounts
  files: Files
  conversations: Conversations
  readonly generations = new Map<string, Generation>()
  /** Changes whenever a challenge is set up, so that old clearances no longer count. */
  clearance = ""
  /** E-mail addresses whose remembered sessions count, while accounts have to be chosen. */
  readonly chosen = new Set<string>()
  behaviour: Behaviour
  countdown: Countdown
  scenario: ReadonlyArray<string>
  private rules: Array<PromptRule> = []
  private readonly options: WorldOptions

  constructor(options: WorldOptions) {
    this.options = options
    this.ids = new Ids(options.seed ?? randomBytes(8).toString("hex"))
    this.accounts = new Accounts(
      options.users,
      options.sessionSeed === undefined ? this.ids : new Ids(options.sessionSeed)
    )
    this.files = new Files(this.ids)
    this.conversations = new Conversations(this.ids)
    this.scenario = options.scenario
    this.behaviour = resolve(options.scenario, options.behaviour)
    this.countdown = countdownOf(this.behaviour)
    this.furnish()
    this.enter()
  }

  /** From now on the site behaves like this; sessions, threads and files stay. */
  setScenario(names: ReadonlyArray<string>, overrides: Partial<Behaviour> = {}): void {
    this.behaviour = resolve(names, { ...this.options.behaviour, ...overrides })
    this.scenario = names
    this.countdown = countdownOf(this.behaviour)
    this.events.add("scenario", { names, overrides })
    this.enter()
  }

  /** Sends whose prompt contains this text are answered in this way, whatever the scenario. */
  setPromptRule(includes: string, names: ReadonlyArray<string>, overrides: Partial<Behaviour> = {}): void {
    this.rules.unshift({ includes, part: { ...partsOf(names), ...overrides } })
  }

  behaviourFor(prompt: string, named: ReadonlyArray<string>): Behaviour {
    const rule = this.rules.find((candidate) => prompt.includes(candidate.includes))
    return { ...this.behaviour, ...partsOf(named), ...rule?.part }
  }

  /** Back to the state at the start; sessions end too unless they are kept. */
  reset(keepSessions: boolean): void {
    this.dispose()
    this.generations.clear()
    this.rules = []
    this.files = new Files(this.ids)
    this.conversations = new Conversations(this.ids)
    if (!keepSessions) this.accounts.revokeAll()
    this.accounts.forgetChoices()
    this.events.clear()
    this.furnish()
    this.setScenario(this.options.scenario)
  }

  revokeSessions(): void {
    this.events.add("sessions-revoked", { count: this.accounts.revokeAll() })
  }

  dispose(): void {
    for (const generation of this.generations.values()) generation.dispose()
  }

  private furnish(): void {
    const now = Date.now()
    for (const user of this.accounts.users) {
      historyTitles.forEach((title, index) =>
        this.conversations.prepare(
          user.id,
          title,
          [[`Tell me about: ${title}`, trapWords]],
          now - (index + 1) * 86_400_000
        )
      )
    }
  }

  private enter(): void {
    this.chosen.clear()
    if (this.behaviour.revokeSessions === "now") this.revokeSessions()
    if (this.behaviour.challenge) this.clearance = this.ids.token("clear.", 30)
    if (this.behaviour.preparedTurns > 0) { for (const user of this.accounts.users) this.prepareHuge(user) }
  }

  private prepareHuge(user: User): void {
    const title = `A talk of ${this.behaviour.preparedTurns} turns`
    if (this.conversations.of(user.id).some((conversation) => conversation.title === title)) return
    const turns = Array.from(
      { length: Math.ceil(this.behaviour.preparedTurns / 2) },
      (_, index) => [`Question ${index + 1}`, `## Answer ${index + 1}\n\nIt is ${index + 1}, as \`before\`.`] as const
    )
    this.conversations.prepare(user.id, title, turns)
  }
}

const countdownOf = (behaviour: Behaviour): Countdown => ({
  outageRequests: behaviour.outageRequests,
  refusedSends: behaviour.refusedSends,
  uploadFailures: behaviour.uploadFailures,
  processingFailures: behaviour.processingFailures,
  failedTurns: behaviour.failedTurns,
  ignoredSendClicks: behaviour.ignoredSendClicks
})
