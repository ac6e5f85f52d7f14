/** `oracle clean --remote`: deletes the conversation of an ended job on its site, in a browser of its own, and proves it. */
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { OracleConfig } from "../config/OracleConfig.ts"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { errorTable } from "../error/ErrorTable.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { ChatBrowser, type ThreadRef } from "../port/ChatBrowser.ts"
import { SeedProfiles } from "../port/SeedProfiles.ts"
import { JobStore } from "../store/JobStore.ts"
import { refuseBusy } from "../submit/ThreadChoice.ts"
import { signInTarget } from "../text/SignIn.ts"
import { within } from "../worker/StepLimits.ts"
import { reachReady } from "../worker/steps/Ready.ts"
import * as Borrowed from "./Borrowed.ts"
import { borrow, type Borrowed as BorrowedRuntime, giveBack } from "./BorrowedRuntime.ts"
import { refusal } from "./Clean.ts"

/** What would be deleted. */
export interface RemoteConversation {
  readonly job: Job
  readonly thread: ThreadRef
  /** It held turns before this job asked: they go too. */
  readonly hasEarlierTurns: boolean
}

/**
 * The conversation that belongs to this job alone. Fails as {@link refusal} does, as `conversation_shared` when another job
 * is in it, as `conversation_busy`, or as `usage_error` where no conversation is known or the site keeps none.
 */
export const remoteOf = Effect.fn("Oracle.remoteOf")(function*(id: JobId) {
  const store = yield* JobStore
  const before = yield* store.get(id)
  if (before.runtime?.client !== undefined && !(yield* Borrowed.isInUse(before))) {
    yield* giveBack(id, before.runtime.id)
  }
  const job = yield* store.get(id)
  const held = (yield* store.leases).some((lease) => lease.job === id)
  const objection = refusal(job, held, yield* DateTime.now)
  if (objection !== null) return yield* objection
  const nothing = (why: string) =>
    oracleError("usage_error", `job ${id} ${why}`, { step: `run 'oracle clean ${id}' without --remote` })
  if (job.temporary === true) return yield* nothing("was asked in a temporary chat: the site keeps nothing of it")
  if (job.chatUrl === null || job.conversationId === null) return yield* nothing("has no conversation that is known")
  if (job.send.state !== "confirmed") return yield* nothing("is not proven to have asked in its conversation")
  const { conversationId, site } = job
  const { jobs } = yield* store.list({ limit: Infinity })
  const other = jobs.find((one) => one.id !== id && one.site === site && one.conversationId === conversationId)
  if (other !== undefined) {
    return yield* oracleError("conversation_shared", `job ${other.id} uses the conversation of job ${id}`, {
      step: `remove that job first, with 'oracle clean ${other.id}', or keep the conversation`,
      facts: { job: other.id }
    })
  }
  const thread = { url: job.chatUrl, conversationId }
  yield* refuseBusy(site, thread, id)
  const found: RemoteConversation = { job, thread, hasEarlierTurns: (job.send.baseline?.turnCount ?? 0) > 0 }
  return found
})

/** Less than what a pending clean-up may take before the host ends it by force. */
const limitMs = 150_000

/**
 * Opens the conversation in a clone of the account's seed, makes sure that the prompt of the job is in it, deletes it and
 * proves that it is gone; the browser counts like that of a job, within the capacity of `now`. Fails as
 * `conversation_mismatch`, `remote_delete_failed`, `no_free_browser`, `step_timeout`, or as opening the site does.
 */
export const deleteRemote = Effect.fn("Oracle.deleteRemote")(
  function*(found: RemoteConversation, now: OracleConfig) {
    yield* borrow(found.job, now, (borrowed) =>
      Effect.timeoutOrElse(Effect.scoped(inBrowser(found, borrowed)), {
        duration: limitMs,
        orElse: () =>
          Effect.fail(
            oracleError("step_timeout", `deleting the conversation took longer than ${limitMs / 1000} s`, {
              step: errorTable.remote_delete_failed.nextStep
            })
          )
      })).pipe(Effect.mapError(inItsPlace(found.job)))
  },
  Effect.provide(SecureRandom.layerWebCrypto)
)

/** The failures are those of a job that runs; here it is the deletion that is tried again. */
const inItsPlace = (job: Job) => (error: OracleError): OracleError =>
  oracleError(error.code, error.message, {
    ...(error.facts === undefined ? {} : { facts: error.facts }),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
    step: error.nextStep
      .replaceAll("oracle resume <job>", `oracle clean ${job.id} --remote`)
      .replaceAll("<job>", job.id)
      .replaceAll("<site>", signInTarget(job))
  })

const inBrowser = Effect.fnUntraced(
  function*({ job, thread }: RemoteConversation, { id, onBrowser }: BorrowedRuntime) {
    const browser = yield* ChatBrowser
    const seeds = yield* SeedProfiles
    const { account, config } = job
    const site = yield* browser.site(job.site, config)
    const profile = yield* within("clone", config)(seeds.clone({ site: job.site, account, config }, id))
    const page = yield* within("launch", config)(browser.open({ ...profile, site: job.site, config, onBrowser }))
    yield* Effect.raceFirst(
      Effect.gen(function*() {
        yield* reachReady({ config, site }, page, { _tag: "Conversation", url: thread.url }, false)
        if ((yield* page.holdsPrompt(job.prompt.sha256)) === false) {
          return yield* oracleError("conversation_mismatch", `the prompt of job ${job.id} is not in ${thread.url}`, {
            step: `no conversation is deleted that does not hold it; 'oracle clean ${job.id}' removes the job alone`
          })
        }
        yield* page.deleteConversation(thread)
        yield* Effect.ignore(page.saveCookies)
      }),
      page.lost
    ).pipe(
      Effect.catchTag("HeldUp", ({ error }) => Effect.fail(error))
    )
  }
)
