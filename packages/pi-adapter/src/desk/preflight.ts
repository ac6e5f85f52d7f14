/** `oracle_preflight`: could it be sent, and what would be. A "no" is an answer, not a failure. */
import * as Effect from "effect/Effect"
import { Preflight } from "../tools/Parameters.ts"
import * as Describe from "./Describe.ts"
import { failed, type Outcome, succeeded, viewOfFailure } from "./Outcome.ts"
import type { Place } from "./Place.ts"
import { decode, plan } from "./Requests.ts"

/** Stands in for the prompt, which is not written yet. */
const noPrompt = "?"

export const preflight = Effect.fn("oracle_preflight")(
  function*(place: Place, given: unknown) {
    const wanted = yield* decode(Preflight, given)
    const { ignored, planned } = yield* plan(place, { ...wanted, prompt: noPrompt, files: wanted.files ?? [] }, false)
    const { account, request, site } = planned
    const lines = [
      `ready: yes; ${site}, account ${account}, preset ${request.preset ?? request.config.defaults.preset}`,
      `project: ${planned.projectId}`,
      ...Describe.leaving(planned),
      ...ignored.map((line) => `note: ${line}`),
      ...(place.trusted ? [] : ["note: this project is not trusted in pi, so its own configuration is not read"])
    ]
    return succeeded(lines.join("\n"), { summary: `ready: ${site}, account ${account}`, ready: true })
  },
  Effect.catchCause((cause) => {
    const { details, text } = failed(cause)
    const notReady: Outcome = {
      text: `ready: no\n${text}`,
      isError: false,
      details: { ...details, ready: false, summary: `not ready: ${viewOfFailure(cause).code}` }
    }
    return Effect.succeed(notReady)
  })
)
