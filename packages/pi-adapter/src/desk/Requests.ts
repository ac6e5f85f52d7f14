/** From the arguments of a tool to a plan: nothing has left yet. */
import { AccountName } from "@effect-oracle/core/domain/Ids"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { Oracle } from "@effect-oracle/core/Oracle"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Preflight, Submit } from "../tools/Parameters.ts"
import * as Jobs from "./Jobs.ts"
import * as Place from "./Place.ts"

export const accountOf = (name: string) =>
  Schema.decodeEffect(AccountName)(name).pipe(
    Effect.mapError(() =>
      oracleError("invalid_option", `'${name.slice(0, 60)}' is no account name`, {
        step: "use lower-case letters, digits, '-' and '_', at most 40, or leave it out"
      })
    )
  )

/** Arguments as the schema has them; what else a model says is refused with the place. */
export const decode = <A, I>(schema: Schema.Codec<A, I>, given: unknown) =>
  Schema.decodeUnknownEffect(schema)(given, { onExcessProperty: "error", errors: "all" }).pipe(
    Effect.mapError((error) => oracleError("usage_error", error.message, { step: "correct the arguments" }))
  )

/** Fails with the first thing that is missing; the order is that of PRODUCT, section 4. */
export const plan = Effect.fn("Requests.plan")(function*(
  place: Place.Place,
  wanted: Omit<Preflight, "files"> & Pick<Submit, "prompt" | "files" | "format" | "queue">,
  archiveRequired: boolean
) {
  const oracle = yield* Oracle
  const session = yield* Place.session(place)
  const { config, ignored } = yield* Place.config(place)
  const account = wanted.account === undefined ? undefined : yield* accountOf(wanted.account)
  const before = wanted.followUpJobId === undefined ? undefined : yield* Jobs.find(place, wanted.followUpJobId)
  const planned = yield* oracle.plan({
    prompt: wanted.prompt,
    files: wanted.files,
    archiveRequired,
    cwd: place.cwd,
    config,
    requester: { kind: "pi", sessionId: session.id, sessionFile: session.file },
    ...(wanted.attach === undefined ? {} : { attach: wanted.attach }),
    ...(wanted.temporary === undefined ? {} : { temporary: wanted.temporary }),
    ...(wanted.format === undefined ? {} : { format: wanted.format }),
    ...(wanted.queue === undefined ? {} : { queue: wanted.queue }),
    ...(account === undefined ? {} : { account }),
    ...(before === undefined ? {} : { followUpJobId: before.id }),
    ...(wanted.site === undefined ? {} : { site: wanted.site }),
    ...(wanted.preset === undefined ? {} : { preset: wanted.preset }),
    ...(wanted.conversation === undefined ? {} : { conversation: wanted.conversation })
  })
  return { planned, ignored }
})
