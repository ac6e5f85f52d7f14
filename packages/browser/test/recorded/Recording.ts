/** A recorded observation with the verdict that it must get; one JSON file each. */
import { PageObservation } from "@effect-oracle/core/page/PageObservation"
import { PageState } from "@effect-oracle/core/page/PageState"
import { Schema } from "effect"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"

const folder = join(import.meta.dirname, "../fixtures/pages")

export const Recording = Schema.Struct({
  /** Where the page came from. */
  source: Schema.String,
  expected: PageState,
  observation: PageObservation
})
export type Recording = typeof Recording.Type

const decode = Schema.decodeUnknownSync(Recording)

export const write = (name: string, recording: Recording): void =>
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(recording, null, 2)}\n`)

export const read = (name: string): Recording => decode(JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")))

export const all = (): ReadonlyArray<Recording & { readonly name: string }> => {
  const names = readdirSync(folder).filter((file) => file.endsWith(".json")).map((file) => basename(file, ".json"))
  return names.toSorted().map((name) => {
    const { expected, observation, source } = read(name)
    return { name, source, expected, observation }
  })
}
