/** What programs see of a check: one line of doctor, or of the preflight of a tool. */
import * as Schema from "effect/Schema"

export const CheckView = Schema.Struct({
  name: Schema.String,
  level: Schema.Literals(["ok", "warn", "fail"]),
  message: Schema.String,
  nextStep: Schema.NullOr(Schema.String)
}).annotate({ identifier: "Check", description: "One thing that a job needs" })
