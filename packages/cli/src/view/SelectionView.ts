/** What programs see of a selection: entries, exclusions, secrets, totals. */
import * as Schema from "effect/Schema"

const Text = Schema.String
const Count = Schema.Natural

export const Entry = Schema.Struct({
  path: Text.annotate({ description: "Relative to the project" }),
  bytes: Count,
  executable: Schema.Boolean,
  sha256: Text
}).annotate({ identifier: "Entry", description: "A file that would be sent" })

export const Exclusion = Schema.Struct({ path: Text, rule: Text, directory: Schema.Boolean }).annotate({
  identifier: "Exclusion",
  description: "A path that is left out, and by which rule"
})

export const Secret = Schema.Struct({
  path: Text,
  line: Count,
  rule: Text,
  masked: Text,
  allowed: Schema.Boolean
}).annotate({ identifier: "Secret", description: "What the secret scan found; the value is masked" })

export const Totals = Schema.Struct({
  entries: Count,
  bytes: Count.annotate({ description: "Before compression" }),
  tokens: Count.annotate({ description: "Estimate for the text files" }),
  exclusions: Count,
  secrets: Count
}).annotate({ identifier: "Totals" })

export const SelectionView = Schema.Struct({
  root: Text.annotate({ description: "Absolute path of the project" }),
  entries: Schema.Array(Entry),
  exclusions: Schema.Array(Exclusion),
  secrets: Schema.Array(Secret),
  totals: Totals
})
