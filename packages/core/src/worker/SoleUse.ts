/**
 * Accounts that run one job at a time, because the site ended the login of one job when another one loaded. Kept in a file
 * of the state directory, so that clients and later hosts know it too; learned anew after a week.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as Schema from "effect/Schema"
import type { Job } from "../domain/Job.ts"
import type { JobPhase } from "../domain/JobPhase.ts"
import { runtimeKey } from "../queue/Admission.ts"
import { JobStore } from "../store/JobStore.ts"
import { StateDirs } from "../store/StateDirs.ts"

const Known = Schema.fromJsonString(Schema.Record(Schema.String, Schema.DateTimeUtcFromString))

const validDays = 7
/** A login that is lost this soon after another job of the account loaded was ended by that load. */
const blamedSeconds = 60
const lookedAt = 50

/** Phases of a job whose own login works: one that is still loading may be about to find that nobody is signed in. */
const signedIn: ReadonlySet<JobPhase> = new Set<JobPhase>([
  "configuring_model",
  "uploading_archive",
  "sending",
  "awaiting_response",
  "extracting_response",
  "downloading_artifacts",
  "complete",
  "complete_with_artifact_errors"
])

/** What the worker notes when it loads the site. */
export const loadNote = "opening the site"
/** What the worker notes when it copies the seed, and with it the login. */
export const cloneNote = "cloning the seed profile"

const fileOf = Effect.gen(function*() {
  const path = yield* Path.Path
  return path.join((yield* StateDirs).state, "sole-use.json")
})

const read = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  return yield* Schema.decodeEffect(Known)(yield* files.readFileString(yield* fileOf))
}).pipe(Effect.orElseSucceed((): typeof Known.Type => ({})))

/** Keys (`site/account`) of the accounts that take one job at a time now. */
export const accounts = Effect.fn("SoleUse.accounts")(function*() {
  const oldest = DateTime.subtract(yield* DateTime.now, { days: validDays })
  const known = Object.entries(yield* read)
  return new Set(known.flatMap(([key, since]) => DateTime.isGreaterThan(since, oldest) ? [key] : []))
})

const remember = Effect.fnUntraced(function*(key: string) {
  const files = yield* FileSystem.FileSystem
  const file = yield* fileOf
  const text = yield* Schema.encodeEffect(Known)({ ...(yield* read), [key]: yield* DateTime.now })
  yield* files.writeFileString(`${file}.new`, text, { mode: 0o600 })
  yield* files.rename(`${file}.new`, file)
}, (effect) => Effect.ignore(effect))

/** A job that had given its login back before this one copied it has ended nothing. */
const livedBeside = (other: Job, copiedAt: DateTime.Utc | undefined): boolean =>
  other.completedAt === null || (copiedAt !== undefined && DateTime.isGreaterThan(other.completedAt, copiedAt))

/**
 * Called for a job whose login is lost. When another job of the account, at work beside it, has loaded the site just
 * before and is signed in, the account runs one job at a time from now on; answers that other job, or null.
 */
export const learn = Effect.fn("SoleUse.learn")(function*(job: Job) {
  const store = yield* JobStore
  const oldest = DateTime.subtract(yield* DateTime.now, { seconds: blamedSeconds })
  const { jobs } = yield* store.list({ limit: lookedAt })
  const copiedAt = (yield* store.events(job.id)).findLast(({ message }) => message === cloneNote)?.at
  const candidates = [...yield* store.open, ...jobs].filter((other) =>
    other.id !== job.id && runtimeKey(other) === runtimeKey(job) && signedIn.has(other.phase) &&
    livedBeside(other, copiedAt)
  )
  for (const other of candidates) {
    const loaded = (yield* store.events(other.id)).some(({ at, message }) =>
      message === loadNote && DateTime.isGreaterThan(at, oldest)
    )
    if (!loaded) continue
    yield* remember(runtimeKey(job))
    return other.id
  }
  return null
})
