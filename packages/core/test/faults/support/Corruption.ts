/** Damage to the files of a state directory, case by case, with what came of it. */
import { Effect } from "effect"
import { join } from "node:path"
import { jobId } from "../../store/fixtures.ts"
import { examine, type Findings, numbers } from "./ruins.ts"
import { build, type Template } from "./Template.ts"

/** One damaged copy: which files read how, and the jobs of which no sound copy is left. */
export interface Case {
  readonly name: string
  readonly damaged: ReadonlyMap<string, Buffer | null>
  readonly hit: ReadonlySet<string>
}

export interface Report {
  readonly cases: number
  readonly same: number
  readonly counted: number
  readonly quarantined: number
  readonly violations: ReadonlyArray<string>
}

/** Lives through every case in turn, in a directory below `parent`. */
export const survive = Effect.fnUntraced(function*(
  parent: string,
  template: Template,
  cases: Iterable<Case>
) {
  const report = { cases: 0, same: 0, counted: 0, quarantined: 0 }
  const violations: Array<string> = []
  const directory = join(parent, "ruin")
  for (const { damaged, hit, name } of cases) {
    build(directory, template, damaged)
    const visitor = report.cases % 2 === 0 ? "reading client" : "writing client"
    const findings: Findings = yield* examine(directory, template.truth, hit, visitor)
    report.cases += 1
    report.same += findings.same
    report.counted += findings.counted
    report.quarantined += findings.quarantined
    violations.push(...findings.violations.map((violation) => `${name}: ${violation}`))
  }
  return { ...report, violations } satisfies Report
})

const mirrorOf = (n: number) => `jobs/oracle-${jobId(n)}/job.json`
const none: ReadonlySet<string> = new Set()
const noDatabase = [["oracle.db", null], ["oracle.db-wal", null]] as const

/**
 * Every mirror cut at every `step`-th byte, all mirrors but one at once, once beside a sound database (nothing may be lost)
 * and once without any (only the cut ones may be).
 */
export function* tornMirrors(template: Template, step: number): Generator<Case> {
  const sizes = numbers.map((n) => template.files.get(mirrorOf(n))!.length)
  for (let cut = 0; cut < Math.max(...sizes); cut += step) {
    const torn = numbers.filter((n) => n % numbers.length !== Math.floor(cut / step) % numbers.length)
      .filter((n) => cut < sizes[n - 1]!)
    const damaged = torn.map((n) => [mirrorOf(n), template.files.get(mirrorOf(n))!.subarray(0, cut)] as const)
    yield { name: `mirrors cut at ${cut}`, damaged: new Map(damaged), hit: none }
    // Without its last line feed a mirror is as good as whole.
    const lost = torn.filter((n) => cut < sizes[n - 1]! - 1)
    yield {
      name: `mirrors cut at ${cut}, no database`,
      damaged: new Map([...damaged, ...noDatabase]),
      hit: new Set(lost.map(jobId))
    }
  }
}

const manners = {
  cut: (bytes: Buffer, at: number) => bytes.subarray(0, at),
  zeroed: (bytes: Buffer, at: number) => patched(bytes, at, Buffer.alloc(sector)),
  garbled: (bytes: Buffer, at: number) =>
    patched(bytes, at, Buffer.from(Array.from({ length: sector }, (_, n) => (n * 167 + at) & 255)))
} as const

const sector = 512

const patched = (bytes: Buffer, at: number, patch: Buffer): Buffer => {
  const copy = Buffer.from(bytes)
  patch.copy(copy, at)
  return copy
}

/** The file cut, zeroed and garbled at every `step`-th boundary of 512 bytes; the mirrors are sound, so nothing may be lost. */
export function* brokenSectors(template: Template, file: string, step: number): Generator<Case> {
  const bytes = template.files.get(file)!
  for (let at = 0; at < bytes.length; at += sector * step) {
    for (const [manner, damage] of Object.entries(manners)) {
      yield { name: `${file} ${manner} at ${at}`, damaged: new Map([[file, damage(bytes, at)]]), hit: none }
    }
  }
}

/** Every `step`-th bit of the database's header turned over: what says of which kind and version the file is. */
export function* flippedHeader(template: Template, step: number): Generator<Case> {
  const bytes = template.files.get("oracle.db")!
  for (let bit = 0; bit < headerBytes * 8; bit += step) {
    const at = bit >> 3
    const flipped = patched(bytes, at, Buffer.from([bytes[at]! ^ (1 << (bit & 7))]))
    yield { name: `header bit ${bit & 7} of byte ${at}`, damaged: new Map([["oracle.db", flipped]]), hit: none }
  }
}

const headerBytes = 100

/** Single bits turned over in one file each: the database, its log, or a mirror with and without a database beside it. */
export function* flippedBits(template: Template, count: number, seed: number): Generator<Case> {
  const random = numbersFrom(seed)
  const targets = [...template.files.keys()].filter((name) => /\.db$|-wal$|job\.json$/.test(name))
  for (let index = 0; index < count; index += 1) {
    const name = index % 2 === 0
      ? targets.find((target) => target === "oracle.db")!
      : targets[random() % targets.length]!
    const bytes = template.files.get(name)!
    const at = random() % bytes.length
    const bit = random() % 8
    const flipped = patched(bytes, at, Buffer.from([bytes[at]! ^ (1 << bit)]))
    const alone = name.endsWith("job.json") && random() % 2 === 0
    yield {
      name: `${name} bit ${bit} of byte ${at}${alone ? ", no database" : ""}`,
      damaged: new Map([[name, flipped], ...(alone ? noDatabase : [])]),
      hit: new Set(alone ? [name.slice("jobs/oracle-".length, -"/job.json".length)] : [])
    }
  }
}

/** The same numbers for the same seed. */
const numbersFrom = (seed: number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state ^ (state >>> 15)) >>> 0
  }
}
