/** The short form of `faults/corruption.ts`: whatever is damaged, the store opens, lists, works and sends nothing twice. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as MirrorText from "../../src/store/MirrorText.ts"
import { jobId } from "../store/fixtures.ts"
import { brokenSectors, type Case, flippedBits, flippedHeader, survive, tornMirrors } from "./support/Corruption.ts"
import { numbers } from "./support/ruins.ts"
import { makeTemplate, type Template } from "./support/Template.ts"

const memory = "/dev/shm"
const patience = 60_000
let directory = ""
let quiet: Template
let killed: Template

beforeAll(async () => {
  directory = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), "oracle-corruption-"))
  quiet = await Effect.runPromise(makeTemplate(directory, false))
  killed = await Effect.runPromise(makeTemplate(directory, true))
}, patience)
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const survives = Effect.fnUntraced(function*(template: Template, cases: Iterable<Case>) {
  const report = yield* survive(directory, template, cases)
  assert.deepStrictEqual(report.violations, [])
  assert.isAbove(report.cases, 0)
  return report
})

describe("a state directory", () => {
  it.live(
    "names every job whose only copy is torn, and loses none of which another copy is left",
    () =>
      Effect.gen(function*() {
        const report = yield* survives(quiet, tornMirrors(quiet, 811))
        assert.isAbove(report.quarantined, 0)
        assert.isAbove(report.counted, 0)
      }),
    patience
  )

  it.live(
    "survives a database that is cut, zeroed or garbled",
    () => survives(quiet, brokenSectors(quiet, "oracle.db", 79)),
    patience
  )

  it.live("survives rows that stand twice since an index was zeroed", () => {
    const found = [89_088, 99_328, 100_352].map((offset) => `zeroed at ${offset}`)
    const cases = [...brokenSectors(quiet, "oracle.db", 1)].filter(({ name }) =>
      found.some((end) => name.endsWith(end))
    )
    return survives(quiet, cases)
  }, patience)

  it.live(
    "survives a log that is cut, zeroed or garbled",
    () => survives(killed, brokenSectors(killed, "oracle.db-wal", 461)),
    patience
  )

  it.live("survives turned bits in the header, the database, its log and the mirrors", () =>
    Effect.gen(function*() {
      yield* survives(quiet, [...flippedHeader(quiet, 193), ...flippedBits(quiet, 12, 7)])
      yield* survives(killed, flippedBits(killed, 12, 8))
    }), patience)
})

describe("a mirror", () => {
  it("that is cut anywhere or has one bit turned is never taken for a whole one", () => {
    for (const n of numbers.filter((n) => n % 4 === 0)) {
      const bytes = quiet.files.get(`jobs/oracle-${jobId(n)}/job.json`)!
      const recordEnds = bytes.indexOf("\"events\"")
      const truth = quiet.truth.jobs.get(jobId(n))
      for (let at = 0; at < bytes.length - 1; at += 7) {
        assert.strictEqual(MirrorText.read(jobId(n), bytes.toString("utf8", 0, at)).row._tag, "Damaged", `cut at ${at}`)
      }
      for (let at = 0; at < recordEnds; at += 7) {
        const flipped = Buffer.from(bytes)
        flipped[at]! ^= 1 << (at % 8)
        const { row } = MirrorText.read(jobId(n), flipped.toString("utf8"))
        // A turned bit in white space between values changes nothing that is read.
        if (row._tag === "Stored") assert.deepStrictEqual(row.job, truth, `bit of byte ${at}`)
      }
    }
  }, patience)
})

describe("the examination of a damaged directory", () => {
  it.live("sees a job that is gone and an epoch that went back", () =>
    Effect.gen(function*() {
      const lost = [...quiet.files.keys()].filter((name) => name.includes(jobId(4)))
      const gone: Case = {
        name: "lost",
        damaged: new Map([...lost, "oracle.db"].map((name) => [name, null] as const)),
        hit: new Set()
      }
      assert.isAbove((yield* survive(directory, quiet, [gone])).violations.length, 0)
      const later = { ...quiet, truth: { ...quiet.truth, epoch: 99 } }
      const untouched: Case = { name: "as it was", damaged: new Map(), hit: new Set() }
      assert.isAbove((yield* survive(directory, later, [untouched])).violations.length, 0)
    }), patience)
})
