/** What a person is asked before a submission of an agent leaves, and what comes of it. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import type { SubmitPlan } from "@effect-oracle/core/Oracle"
import { consentGiven, consentWords, keepConsent } from "@effect-oracle/core/submit/Consent"
import { count, plural, size } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Effect from "effect/Effect"
import { askPerson } from "./AskPerson.ts"

/** The client asks its person before a tool runs; Oracle asks where the configuration or the first use demands it. */
export const agree = Effect.fnUntraced(function*(plan: SubmitPlan) {
  const { request, site } = plan
  if (!(yield* consentGiven(site))) {
    const reply = yield* askPerson(`${consentWords(site)}\n\nUse your ${site} account this way?`)
    if (reply === "nobody") {
      return yield* oracleError("consent_required", `nobody agreed yet that the ${site} account is automated`, {
        step: `let the person run 'oracle auth ${site}' or 'oracle ask' in a terminal once`
      })
    }
    if (reply === "no") return yield* declined
    yield* keepConsent(site)
  }
  if (request.config.submit.confirm !== "always") return
  const reply = yield* askPerson(question(plan))
  if (reply === "yes") return
  if (reply === "no") return yield* declined
  return yield* oracleError("submission_declined", "submit.confirm is 'always' and this client cannot ask the person", {
    step: "let the person submit in a terminal with 'oracle submit', or set submit.confirm to interactive"
  })
})

const question = ({ attachments, request, secrets, selected, site }: SubmitPlan): string => {
  const files = selected === null
    ? []
    : [`${plural(selected.entries.length, "file")} (${size(selected.bytes)} before compression)`]
  const asTheyAre = attachments.map(({ entry }) => `${sanitiseLine(entry.path)} (${size(entry.bytes)})`)
  const what = [
    [`a prompt of ${count(request.prompt.length)} characters`, ...files].join(", "),
    ...(asTheyAre.length === 0 ? [] : [`as it is ${asTheyAre.join(", ")}`])
  ].join(" and ")
  const found = secrets.length === 0
    ? ""
    : `, with secrets in ${plural(secrets.length, "place")} that the configuration allows`
  return `Send ${what} to ${site}${request.temporary === true ? ", in a temporary chat" : ""}${found}?`
}

const declined = oracleError("submission_declined", "nothing was sent, because the person said no", {
  step: "ask the person what to change"
})
