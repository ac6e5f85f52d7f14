/** Reads what the contenders of a storm said, in the order in which it was written, and finds every broken promise. */

/** One line is `time kind pid detail...` with the time in microseconds of the machine's one steady clock. */
export type Said =
  | "held"
  | "epoch"
  | "try"
  | "wrote"
  | "saw"
  | "fenced"
  | "released"
  | "refused"
  | "broken"
  | "kill"
  | "stop"
  | "continue"
  | "replace"

/** The job whose events number every accepted write of every host. */
export const ledgerNumber = 1

export interface Line {
  readonly atUs: number
  readonly kind: string
  readonly pid: number
  readonly detail: ReadonlyArray<string>
}

export const parse = (text: string): ReadonlyArray<Line> =>
  text.split("\n").filter((line) => line !== "").map((line) => {
    const [atUs = "", kind = "", pid = "", ...detail] = line.split(" ")
    return { atUs: Number(atUs), kind, pid: Number(pid), detail }
  })

export interface Verdict {
  readonly violations: ReadonlyArray<string>
  readonly counts: Readonly<Record<string, number>>
  /** Operations that failed, by the code of the error. */
  readonly refusals: Readonly<Record<string, number>>
  readonly mostPlaces: number
  /** Milliseconds from the kill of a holder until the next one held the lock. */
  readonly takeOverMs: ReadonlyArray<number>
}

interface Holder {
  readonly pid: number
  killedAt: number | null
  /** True once its lock file was replaced: another may hold the new one. */
  deposed: boolean
}

/** `accepted`: the epochs of all accepted writes in the order in which the database took them. */
export const judge = (lines: ReadonlyArray<Line>, accepted: ReadonlyArray<number>): Verdict => {
  const violations: Array<string> = []
  const counts: Record<string, number> = {}
  const refusals: Record<string, number> = {}
  const takeOverMs: Array<number> = []
  const tries = new Map<string, boolean>()
  let holders: ReadonlyArray<Holder> = []
  const epochs = new Set<number>()
  let epoch = 0
  let mostPlaces = 0
  for (const { atUs, detail, kind, pid } of lines) {
    counts[kind] = (counts[kind] ?? 0) + 1
    switch (kind) {
      case "held": {
        for (const other of holders) {
          if (other.killedAt !== null) takeOverMs.push((atUs - other.killedAt) / 1000)
          else if (!other.deposed) violations.push(`${pid} took the lock while ${other.pid} held it`)
        }
        holders = [...holders.filter((other) => other.deposed && other.killedAt === null), {
          pid,
          killedAt: null,
          deposed: false
        }]
        break
      }
      case "released":
        holders = holders.filter((other) => other.pid !== pid)
        break
      case "kill":
        for (const other of holders) if (other.pid === pid) other.killedAt = atUs
        break
      case "replace":
        for (const other of holders) other.deposed = true
        break
      case "epoch": {
        const next = Number(detail[0])
        if (epochs.has(next)) violations.push(`epoch ${next} was given to two hosts`)
        epochs.add(next)
        epoch = Math.max(epoch, next)
        break
      }
      case "try":
        tries.set(`${pid} ${detail[1]}`, Number(detail[0]) < epoch)
        break
      case "wrote":
        if (tries.get(`${pid} ${detail[1]}`)) {
          violations.push(`${pid} wrote in epoch ${detail[0]} after ${epoch} had begun`)
        }
        break
      case "refused":
        refusals[detail[0] ?? ""] = (refusals[detail[0] ?? ""] ?? 0) + 1
        break
      case "saw":
        mostPlaces = Math.max(mostPlaces, Number(detail[0]))
        break
      case "broken":
        violations.push(`${pid} saw ${detail.join(" ")}`)
        break
    }
  }
  for (const [index, one] of accepted.entries()) {
    const before = accepted[index - 1] ?? 0
    if (one < before) violations.push(`a write of epoch ${one} was accepted after one of ${before}`)
  }
  return { violations, counts, refusals, mostPlaces, takeOverMs }
}

/** The smallest value that this share of all values does not exceed; not a number for none. */
export const percentile = (values: ReadonlyArray<number>, share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN
