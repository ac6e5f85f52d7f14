import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { AccountName, type JobId, SiteName } from "../../src/domain/Ids.ts"
import * as Admission from "../../src/queue/Admission.ts"
import { jobId } from "../store/fixtures.ts"

/** A queue, leases of running jobs, and room, small enough that everything collides. */
const Queued = Schema.Struct({
  site: SiteName,
  account: Schema.Literals(["a", "b"]),
  queuedAt: Schema.Literals([0, 1, 2]),
  conversation: Schema.NullOr(Schema.Literals(["x", "y"])),
  archiveBytes: Schema.Literals([0, 10, 100])
})
const Queue = Schema.Array(Queued).check(Schema.isMaxLength(9))
const Capacity = Schema.Literals([1, 2, 3, 5])
const PerAccount = Schema.Literals([1, 2, 5])
const World = Schema.Struct({ queue: Queue, running: Queue, capacity: Capacity, perAccount: PerAccount })

const candidates = (queue: ReadonlyArray<typeof Queued.Type>, from: number): ReadonlyArray<Admission.Candidate> =>
  queue.map((job, index) => ({
    ...job,
    id: jobId(from + index),
    account: AccountName.make(job.account),
    createdAt: index
  }))

/** Leases of jobs that already run: as many as the room allows. */
const leasesOf = (jobs: ReadonlyArray<Admission.Candidate>, room: Admission.Room) => {
  const running = Admission.promote(jobs, [], room)
  return jobs.filter((job) => running.includes(job.id)).flatMap(Admission.leasesOf)
}

const count = (leases: ReadonlyArray<Admission.HeldLease>, key?: string) =>
  leases.filter((lease) => lease.kind === "runtime" && (key === undefined || lease.key === key)).length

const limits = { maxJobs: 100, maxBytes: 1e9 }
const options = { wait: false, retainedBytes: 0 }

describe("Admission.promote", () => {
  it("seats one job of an account that is marked for sole use, and more of the others", () => {
    const job = (account: string) =>
      ({ site: "practice", account, queuedAt: 0, conversation: null, archiveBytes: 0 }) as typeof Queued.Type
    const queue = candidates([job("a"), job("a"), job("b"), job("b")], 1)
    const room = { capacity: 5, perAccount: 5, soleUse: new Set(["practice/a"]) }
    assert.deepStrictEqual(Admission.promote(queue, [], room), [jobId(1), jobId(3), jobId(4)])
  })

  it.prop("never exceeds the capacity, the limit of an account, or one job a conversation", [World], ([world]) => {
    const { capacity, perAccount, queue, running } = world
    const room = { capacity, perAccount }
    const held = leasesOf(candidates(running, 100), room)
    const jobs = candidates(queue, 0)
    const promoted = new Set(Admission.promote(jobs, held, room))
    const after = [...held, ...jobs.filter((job) => promoted.has(job.id)).flatMap(Admission.leasesOf)]
    assert.isAtMost(count(after), capacity)
    for (const lease of after) if (lease.kind === "runtime") assert.isAtMost(count(after, lease.key), perAccount)
    const conversations = after.filter((lease) => lease.kind === "conversation").map((lease) => lease.key)
    assert.strictEqual(new Set(conversations).size, conversations.length)
  })

  it.prop(
    "passes over a job only because of its account or its conversation, and fills the room",
    [World],
    ([world]) => {
      const { capacity, perAccount, queue, running } = world
      const room = { capacity, perAccount }
      const held = leasesOf(candidates(running, 100), room)
      const jobs = candidates(queue, 0).toSorted(Admission.byQueueOrder)
      const promoted = new Set(Admission.promote(jobs, held, room))
      let leases = held
      for (const job of jobs) {
        const key = job.conversation === null ? null : Admission.conversationKey(job.site, job.conversation)
        const before = jobs.slice(0, jobs.indexOf(job))
        const blocked = count(leases) >= capacity || count(leases, Admission.runtimeKey(job)) >= perAccount ||
          (key !== null && (leases.some((lease) => lease.key === key && lease.kind === "conversation") ||
            before.some((other) =>
              other.conversation !== null && Admission.conversationKey(other.site, other.conversation) === key
            )))
        assert.strictEqual(promoted.has(job.id), !blocked, job.id)
        if (promoted.has(job.id)) leases = leases.concat(Admission.leasesOf(job))
      }
    }
  )

  it.prop("does not depend on the order in which the queue is given", [World], ([world]) => {
    const { capacity, perAccount, queue, running } = world
    const jobs = candidates([...queue, ...running], 0)
    const room = { capacity, perAccount }
    assert.deepStrictEqual(Admission.promote(jobs.toReversed(), [], room), Admission.promote(jobs, [], room))
  })

  it.prop(
    "starves nobody: as running jobs end, every queued job gets its turn, each conversation in order",
    [World],
    ([world]) => {
      const { capacity, perAccount, queue, running } = world
      const room = { capacity, perAccount }
      const jobs = candidates(queue, 0)
      let leases: ReadonlyArray<Admission.HeldLease> = leasesOf(candidates(running, 100), room)
      let waiting = jobs
      const turns: Array<JobId> = []
      for (let round = 0; round < 40 && waiting.length > 0; round++) {
        const promoted = Admission.promote(waiting, leases, room)
        turns.push(...promoted)
        leases = leases.concat(waiting.filter((job) => promoted.includes(job.id)).flatMap(Admission.leasesOf))
        waiting = waiting.filter((job) => !promoted.includes(job.id))
        const ending = leases[0]?.job
        leases = leases.filter((lease) => lease.job !== ending)
      }
      assert.strictEqual(turns.length, jobs.length)
      for (const conversation of ["x", "y"]) {
        for (const site of SiteName.literals) {
          const thread = jobs.filter((job) => job.conversation === conversation && job.site === site)
          const inOrder = thread.toSorted(Admission.byQueueOrder).map((job) => job.id)
          assert.deepStrictEqual(turns.filter((id) => inOrder.includes(id)), inOrder)
        }
      }
    }
  )
})

describe("Admission.admit", () => {
  const candidate = (n: number): Admission.Candidate => ({
    id: jobId(n),
    site: "practice",
    account: AccountName.make("a"),
    queuedAt: 0,
    createdAt: n,
    conversation: null,
    archiveBytes: 10
  })
  const [first, second, third] = [candidate(0), candidate(1), candidate(2)] as const
  const room = { capacity: 1, perAccount: 5 }

  it.prop("submits only what promotion would seat after the older ones", [Queue, Capacity], ([queue, capacity]) => {
    const jobs = candidates(queue, 0)
    const newest = { ...first, id: jobId(500), queuedAt: 9 }
    const space = { capacity, perAccount: 5 }
    const decision = Admission.admit(newest, jobs, [], space, limits, options)
    const seated = Admission.promote([...jobs, newest], [], space)
    assert.deepStrictEqual(
      decision.outcome._tag === "Submitted" ? [...decision.promoted, newest.id] : decision.promoted,
      seated
    )
  })

  it("names the queued job that will write to the conversation before", () => {
    const held: ReadonlyArray<Admission.HeldLease> = Admission.leasesOf(third)
    const older = { ...first, conversation: "x" }
    const newer = { ...second, conversation: "x" }
    const decision = Admission.admit(newer, [older], held, room, limits, options)
    assert.deepStrictEqual(decision.outcome, { _tag: "ConversationBusy", holder: older.id })
    const patient = Admission.admit(newer, [older], held, room, limits, { ...options, wait: true })
    assert.deepStrictEqual(patient.outcome, { _tag: "Queued" })
  })

  it("still promotes the older ones when it refuses the new one", () => {
    const decision = Admission.admit(third, [first, second], [], room, { maxJobs: 1, maxBytes: 1e9 }, options)
    assert.deepStrictEqual(decision, {
      promoted: [first.id],
      outcome: { _tag: "QueueFull", blocking: [second.id] }
    })
  })

  it("lets a job go on in the conversation that it holds itself", () => {
    const returning = { ...first, conversation: "x" }
    const own = Admission.leasesOf(returning).filter((lease) => lease.kind === "conversation")
    assert.deepStrictEqual(Admission.promote([returning], own, room), [returning.id])
  })

  it("counts the bytes that left the queue but are still on disk", () => {
    const held = Admission.leasesOf(first)
    const tight = { maxJobs: 9, maxBytes: 25 }
    const outcome = (retainedBytes: number) =>
      Admission.admit(third, [second], held, room, tight, { wait: false, retainedBytes }).outcome._tag
    assert.deepStrictEqual([outcome(0), outcome(5), outcome(6)], ["Queued", "Queued", "QueueFull"])
  })
})
