/** Who may run now: a pure decision over the queue, the leases and the limits (PRODUCT, sections 4.5 and 7). */
import type { AccountName, JobId, SiteName } from "../domain/Ids.ts"

/** What the decision needs to know of a queued job. */
export interface Candidate {
  readonly id: JobId
  readonly site: SiteName
  readonly account: AccountName
  /** Milliseconds since the epoch. */
  readonly queuedAt: number
  readonly createdAt: number
  /** Conversation id, null for a new thread. */
  readonly conversation: string | null
  readonly archiveBytes: number
}

export interface HeldLease {
  readonly kind: "runtime" | "conversation"
  readonly key: string
  readonly job: JobId
}

export interface Room {
  /** Runtime leases over all sites and accounts. */
  readonly capacity: number
  /** Runtime leases on one account of one site. */
  readonly perAccount: number
  /** Sites that take fewer than that on one account. */
  readonly perSite?: Readonly<Partial<Record<SiteName, number>>>
  /** Accounts (`site/account`) that take one job at a time. */
  readonly soleUse?: ReadonlySet<string>
}

export interface QueueLimits {
  readonly maxJobs: number
  readonly maxBytes: number
}

export type Outcome =
  | { readonly _tag: "Submitted" }
  | { readonly _tag: "Queued" }
  | { readonly _tag: "ConversationBusy"; readonly holder: JobId }
  | { readonly _tag: "QueueFull"; readonly blocking: ReadonlyArray<JobId> }

export interface Admission {
  /** Older queued jobs that become `submitted`, in queue order. */
  readonly promoted: ReadonlyArray<JobId>
  readonly outcome: Outcome
}

export const runtimeKey = (job: { readonly site: SiteName; readonly account: AccountName }): string =>
  `${job.site}/${job.account}`

/**
 * Without account and address on purpose: a site gives each conversation a random id, so equal ids are one conversation,
 * also when another account or another address of the site (`chat.openai.com`, a proxy) leads to it.
 */
export const conversationKey = (site: SiteName, conversation: string): string => `${site}/${conversation}`

/** The leases that a running job of this kind takes at admission. */
export const leasesOf = (job: Candidate): ReadonlyArray<HeldLease> => [
  { kind: "runtime", key: runtimeKey(job), job: job.id },
  ...(job.conversation === null
    ? []
    : [{ kind: "conversation" as const, key: conversationKey(job.site, job.conversation), job: job.id }])
]

/** Queue order: queuedAt, createdAt, id. */
export const byQueueOrder = (a: Candidate, b: Candidate): number =>
  a.queuedAt - b.queuedAt || a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/**
 * The queued jobs that can run now, in queue order. One that waits for its conversation or its account is passed over;
 * none behind it overtakes it on that same conversation.
 */
export const promote = (
  queue: ReadonlyArray<Candidate>,
  leases: ReadonlyArray<HeldLease>,
  room: Room
): ReadonlyArray<JobId> => seat(queue.toSorted(byQueueOrder), leases, room).seated

/** True when this job could run beside those that hold leases. */
export const fits = (job: Candidate, leases: ReadonlyArray<HeldLease>, room: Room): boolean =>
  seat([job], leases, room).seated.length > 0

/** Decides about one new job, after the older queued ones had their turn. */
export const admit = (
  job: Candidate,
  queue: ReadonlyArray<Candidate>,
  leases: ReadonlyArray<HeldLease>,
  room: Room,
  limits: QueueLimits,
  options: {
    /** Queue behind a busy conversation instead of being refused. */
    readonly wait: boolean
    /** Bytes of archives that ended queued jobs still keep on disk. */
    readonly retainedBytes: number
  }
): Admission => {
  const older = queue.filter((other) => other.id !== job.id).toSorted(byQueueOrder)
  const { claims, rows, seated } = seat(older, leases, room)
  const holder = job.conversation === null ? undefined : claims.get(conversationKey(job.site, job.conversation))
  if (holder !== undefined && holder !== job.id && !options.wait) {
    return { promoted: seated, outcome: { _tag: "ConversationBusy", holder } }
  }
  if (seat([job], rows, room, claims).seated.length > 0) return { promoted: seated, outcome: { _tag: "Submitted" } }
  const waiting = older.filter((other) => !seated.includes(other.id))
  const bytes = waiting.reduce((sum, other) => sum + other.archiveBytes, options.retainedBytes + job.archiveBytes)
  return waiting.length >= limits.maxJobs || bytes > limits.maxBytes
    ? { promoted: seated, outcome: { _tag: "QueueFull", blocking: waiting.map((other) => other.id) } }
    : { promoted: seated, outcome: { _tag: "Queued" } }
}

interface Seating {
  readonly seated: ReadonlyArray<JobId>
  readonly rows: ReadonlyArray<HeldLease>
  /** First in line of each conversation: its lease holder, else the oldest queued job that wants it. */
  readonly claims: ReadonlyMap<string, JobId>
}

const seat = (
  ordered: ReadonlyArray<Candidate>,
  leases: ReadonlyArray<HeldLease>,
  room: Room,
  known: ReadonlyMap<string, JobId> = new Map()
): Seating => {
  const rows = [...leases]
  const claims = new Map(known)
  for (const lease of leases) if (lease.kind === "conversation") claims.set(lease.key, lease.job)
  const running = new Set<JobId>()
  const perAccount = new Map<string, number>()
  const count = (lease: HeldLease) => {
    if (lease.kind !== "runtime") return
    running.add(lease.job)
    perAccount.set(lease.key, (perAccount.get(lease.key) ?? 0) + 1)
  }
  leases.forEach(count)
  const seated: Array<JobId> = []
  for (const job of ordered) {
    const key = job.conversation === null ? null : conversationKey(job.site, job.conversation)
    const first = key === null ? job.id : claims.get(key) ?? job.id
    if (key !== null) claims.set(key, first)
    const fits = running.has(job.id) ||
      (running.size < room.capacity && (perAccount.get(runtimeKey(job)) ?? 0) < accountLimit(room, job))
    if (first !== job.id || !fits) continue
    for (const lease of leasesOf(job)) {
      if (holds(rows, lease)) continue
      rows.push(lease)
      count(lease)
    }
    seated.push(job.id)
  }
  return { seated, rows, claims }
}

const accountLimit = (room: Room, job: Candidate): number =>
  room.soleUse?.has(runtimeKey(job)) === true ? 1 : Math.min(room.perAccount, room.perSite?.[job.site] ?? Infinity)

const holds = (rows: ReadonlyArray<HeldLease>, lease: HeldLease): boolean =>
  rows.some((row) => row.kind === lease.kind && row.key === lease.key && row.job === lease.job)
