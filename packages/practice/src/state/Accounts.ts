/** The people who can sign in, their sessions and what the site remembers about them. */
import type { ModelSelection } from "../wire.ts"
import type { Ids } from "./Ids.ts"

export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly password: string
  modelSelection: ModelSelection
}

export interface Session {
  readonly token: string
  readonly accessToken: string
  readonly user: User
}

export interface UserOptions {
  readonly email: string
  readonly name: string
  readonly password: string
}

export const defaultSelection: ModelSelection = {
  version: "latest",
  family: "Thinking",
  effort: "standard",
  tier: "Medium",
  autoSwitch: false
}

export class Accounts {
  readonly users: ReadonlyArray<User>
  private readonly ids: Ids
  private readonly sessions = new Map<string, Session>()

  constructor(users: ReadonlyArray<UserOptions>, ids: Ids) {
    this.ids = ids
    this.users = users.map((user) => ({
      ...user,
      id: ids.token("user-"),
      modelSelection: defaultSelection
    }))
  }

  find(email: string): User | undefined {
    return this.users.find((user) => user.email.toLowerCase() === email.trim().toLowerCase())
  }

  open(user: User): Session {
    const session = {
      token: this.ids.token("eyJhbGciOiJkaXIi..", 43),
      accessToken: this.ids.token("eyJhbGciOiJSUzI1NiJ9.", 43),
      user
    }
    this.sessions.set(session.token, session)
    return session
  }

  byToken(token: string): Session | undefined {
    return this.sessions.get(token)
  }

  byAccessToken(accessToken: string): Session | undefined {
    return [...this.sessions.values()].find((session) => session.accessToken === accessToken)
  }

  close(token: string): void {
    this.sessions.delete(token)
  }

  /** A new cookie for the same person; the former one lives on unless `strict`. */
  renew(session: Session, strict: boolean): Session {
    if (strict) this.close(session.token)
    return this.open(session.user)
  }

  /** Every account has the model again that it began with. */
  forgetChoices(): void {
    for (const user of this.users) user.modelSelection = defaultSelection
  }

  revokeAll(): number {
    const count = this.sessions.size
    this.sessions.clear()
    return count
  }
}
