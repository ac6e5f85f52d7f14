/** Jobs that a login was missing for: those that wait go on by themselves, those that failed are named. */
import type { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import { HostLauncher } from "@effect-oracle/core/host/HostLauncher"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { plural } from "@effect-oracle/core/text/Format"
import * as Effect from "effect/Effect"
import { layer } from "../graph/Host.ts"
import { Screen } from "../render/Screen.ts"

interface Account {
  readonly site: SiteName
  readonly account: AccountName
}

const shown = 5
const looked = 100

const waitsForLogin = ({ blocked }: Job): boolean => blocked?.reason === "login" || blocked?.reason === "challenge"

const failedForLogin = ({ error }: Job): boolean =>
  error?.code === "login_required" || error?.code === "challenge_blocking"

/** After a sign-in: makes sure that a host carries on those that wait, and says how the others do. Never fails. */
export const carryOn = Effect.fnUntraced(function*(account: Account) {
  const screen = yield* Screen
  const store = yield* JobStore
  const launcher = yield* HostLauncher
  const ours = (job: Job) => job.site === account.site && job.account === account.account
  const waiting = (yield* store.open).filter((job) => ours(job) && waitsForLogin(job))
  const { jobs } = yield* store.list({ statuses: ["failed"], limit: looked })
  const failed = jobs.filter((job) => ours(job) && failedForLogin(job))
  if (waiting.length > 0) {
    yield* launcher.ensure
    yield* screen.note(`${plural(waiting.length, "job")} waited for this login and will go on within a minute`)
  }
  for (const job of failed.slice(0, shown)) {
    yield* screen.note(`job ${job.id} failed for want of this login; 'oracle resume ${job.id}' lets it go on`)
  }
  if (failed.length > shown) yield* screen.note(`and ${plural(failed.length - shown, "more job")}; see 'oracle status'`)
  return { waiting: waiting.map(({ id }) => id), failed: failed.map(({ id }) => id) }
}, (effect) =>
  effect.pipe(
    Effect.provide(layer),
    Effect.catchCause(() => Effect.succeed({ waiting: [], failed: [] }))
  ))
