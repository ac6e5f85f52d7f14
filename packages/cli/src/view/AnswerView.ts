/** What programs see of an answer. Everything in it is text of the site. */
import * as Schema from "effect/Schema"

const Text = Schema.String
const NullableText = Schema.NullOr(Text)

export const FileView = Schema.Struct({
  name: NullableText.annotate({ description: "Name inside the folder of the job; null when it could not be saved" }),
  path: NullableText,
  label: Text.annotate({ description: "What the page calls it" }),
  bytes: Schema.NullOr(Schema.Natural),
  sha256: NullableText,
  type: NullableText.annotate({ description: "MIME type detected from the bytes" }),
  kind: Schema.Literals(["file", "image"]),
  error: NullableText
}).annotate({ identifier: "File", description: "A file that came with the answer" })

export const AnswerView = Schema.Struct({
  markdown: Text,
  text: Text,
  partial: Schema.Boolean.annotate({ description: "The wait ended early" }),
  files: Schema.Array(FileView)
}).annotate({ identifier: "Answer", description: "Untrusted text of the site" })
export type AnswerView = typeof AnswerView.Encoded
