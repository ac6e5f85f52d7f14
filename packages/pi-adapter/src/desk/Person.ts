/** Questions to the person at pi, where there is one; each is given up after a while. */
import type { SiteName } from "@effect-oracle/core/domain/Ids"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { consentGiven, consentWords, keepConsent } from "@effect-oracle/core/submit/Consent"
import * as Effect from "effect/Effect"

export interface Person {
  /** A person sits at this terminal, rather than behind a program that drives pi. */
  readonly atTerminal: boolean
  /** False also when nobody answers. Rejects when the session is gone. */
  readonly confirm: (title: string, message: string) => Promise<boolean>
}

/** Null where nobody can be asked (print and JSON mode). */
export type Asked = Person | null

const declined = oracleError("submission_declined", "nothing was sent, because the person did not agree", {
  step: "ask the person what to change"
})

export const ask = (person: Person, title: string, message: string) =>
  Effect.tryPromise({
    try: () => person.confirm(title, message),
    catch: () => oracleError("interrupted", "the session ended before the person answered")
  })

/** Once for each site: the person's own account is automated. */
export const agreeToAutomation = Effect.fn("Person.agreeToAutomation")(function*(person: Asked, site: SiteName) {
  if (yield* consentGiven(site)) return
  if (person === null) {
    return yield* oracleError("consent_required", `nobody agreed yet that the ${site} account is automated`, {
      step: `run /oracle-auth ${site} in pi once, or 'oracle ask' in a terminal`
    })
  }
  if (!(yield* ask(person, `Use your ${site} account this way?`, consentWords(site)))) return yield* declined
  yield* keepConsent(site)
})

/** As `submit.confirm` says: what leaves is shown before it does. */
export const agreeToSend = Effect.fn("Person.agreeToSend")(function*(
  person: Asked,
  rule: "always" | "interactive" | "never",
  what: { readonly title: string; readonly message: string }
) {
  if (rule === "never" || (rule === "interactive" && person?.atTerminal !== true)) return
  if (person === null) {
    return yield* oracleError("submission_declined", "submit.confirm is 'always' and nobody can be asked here", {
      step: "submit from pi's terminal, or set submit.confirm to interactive"
    })
  }
  if (!(yield* ask(person, what.title, what.message))) return yield* declined
})
