/**
 * What the tools take. The JSON Schemas that pi and the model's provider see are generated from here
 * (`build/pi-tools.ts`), so that the extension itself loads no schema library.
 */
import { ArchiveFormat } from "@effect-oracle/core/config/OracleConfig"
import { SiteName } from "@effect-oracle/core/domain/Ids"
import { Preset } from "@effect-oracle/core/domain/ModelSelection"
import * as Schema from "effect/Schema"

const described = <S extends Schema.Top>(schema: S, description: string) => schema.annotate({ description })

const optional = <S extends Schema.Top>(schema: S, description: string) =>
  Schema.optionalKey(described(schema, description))

const site = optional(SiteName, "Chat site. Leave it out for the configured one.")
const account = optional(
  Schema.NonEmptyString,
  "Signed-in account of the site. Leave it out unless the person named one."
)
const preset = optional(Preset, "Model and effort. Leave it out unless the person asked for one.")
const job = described(Schema.NonEmptyString, "Id of the job, as oracle_submit gave it.")
const files = Schema.Array(Schema.NonEmptyString)
const filesWords =
  "Files, folders and globs, relative to the project; '!path' leaves out, '.' is the whole project. Ignored files, build "
  + "output and credentials are left out by themselves. Empty only where 'attach' names a file."
const followUpJobId = optional(
  Schema.NonEmptyString,
  "Continue the conversation of this complete job of the same project."
)
const conversation = optional(
  Schema.NonEmptyString,
  "Continue this conversation of the site: its id or URL. Not together with followUpJobId."
)

const attach = optional(
  files,
  "Images and documents of the project that the site gets as they are, beside the archive: single files, no folders or globs."
)
const temporary = optional(
  Schema.Boolean,
  "Ask in a chat that the site keeps no copy of: no follow-up, and no answer once the job's browser is gone. Leave it out "
    + "unless the person asked for it."
)

const target = { site, account, preset, followUpJobId, conversation, attach, temporary }

export const Preflight = Schema.Struct({ ...target, files: optional(files, filesWords) })
export type Preflight = typeof Preflight.Type

export const Submit = Schema.Struct({
  prompt: described(
    Schema.NonEmptyString,
    "The whole question: goal, what is known, what was tried, constraints, and what the answer must hold. The oracle sees "
      + "this text and the files, nothing else."
  ),
  files: described(files, filesWords),
  ...target,
  format: optional(ArchiveFormat, "Format of the archive. Leave it out for what the site takes best."),
  queue: optional(Schema.Boolean, "Wait for a conversation that another job holds, instead of being refused.")
})
export type Submit = typeof Submit.Type

export const Read = Schema.Struct({
  jobId: job,
  offset: optional(
    Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100_000_000 })),
    "Character of the answer to begin at, to read on where an earlier call ended."
  )
})
export type Read = typeof Read.Type

export const Cancel = Schema.Struct({ jobId: job })
export type Cancel = typeof Cancel.Type

export const Auth = Schema.Struct({
  site,
  account,
  action: optional(
    Schema.Literals(["status", "sign_in"]),
    "status (the default) says whether the site is signed in; sign_in opens a window in which the person signs in."
  )
})
export type Auth = typeof Auth.Type

export const parameters = {
  oracle_preflight: Preflight,
  oracle_submit: Submit,
  oracle_read: Read,
  oracle_cancel: Cancel,
  oracle_auth: Auth
} as const

/** Self-contained JSON Schemas: no references, closed objects, enumerations as `{type, enum}`. */
export const jsonSchemas = (): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, schema]) => [
      name,
      Schema.toJsonSchemaDocument(schema, { onExcessProperty: "error", referencePolicy: () => undefined }).schema
    ])
  )
