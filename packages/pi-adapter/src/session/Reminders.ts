/** Which reminders stand in a session: in its entries here, and in its file, which another process may have written. */
// @effect-diagnostics nodeBuiltinImport:off
import { readFileSync, statSync } from "node:fs"

export const reminderType = "oracle-reminder"

/** What is read of a session file at most; of a larger one only the entries here count. */
const maxFileBytes = 128 * 1024 * 1024

const keyOf = (job: string, attempt: number): string => `${job}/${attempt}`

/** Key and entry id of a reminder; null for every other entry. */
const reminderOf = (entry: unknown): readonly [key: string, id: string] | null => {
  if (!isRecord(entry) || entry["type"] !== "custom_message" || entry["customType"] !== reminderType) return null
  const { details, id } = entry
  if (typeof id !== "string" || !isRecord(details)) return null
  const { attempt, job } = details
  return typeof job === "string" && typeof attempt === "number" ? [keyOf(job, attempt), id] : null
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

export class Reminders {
  private readonly found = new Map<string, string>()
  private seen = 0

  /** Id of the entry that reminds of this job and attempt. Entries are only ever added, so each is looked at once. */
  among(entries: ReadonlyArray<unknown>, job: string, attempt: number): string | null {
    if (entries.length < this.seen) this.seen = 0
    for (const entry of entries.slice(this.seen)) {
      const reminder = reminderOf(entry)
      if (reminder !== null) this.found.set(reminder[0], reminder[1])
    }
    this.seen = entries.length
    return this.found.get(keyOf(job, attempt)) ?? null
  }
}

/** The same, in the file of a session; null also when it cannot be read. */
export const inFile = (file: string, job: string, attempt: number): string | null => {
  try {
    if (statSync(file).size > maxFileBytes) return null
    for (const line of readFileSync(file, "utf8").split("\n")) {
      if (!line.includes(reminderType) || !line.includes(job)) continue
      const reminder = reminderOf(JSON.parse(line))
      if (reminder?.[0] === keyOf(job, attempt)) return reminder[1]
    }
  } catch {
    return null
  }
  return null
}
