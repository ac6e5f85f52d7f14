// @effect-diagnostics nodeBuiltinImport:off
/**
 * A file with the cookies of a signed-in browser: a Playwright storage state or a plain array of cookies, as cookie
 * extensions export them. Failures name the file and the key, never a value.
 */
import { type JsonDocument, type KeyPath, parse } from "@effect-oracle/core/config/JsonText"
import { OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { readFileSync, statSync } from "node:fs"
import { errnoOf } from "../profile/FsFailure.ts"

/** A cookie as a file may spell it. */
const FileCookie = Schema.Struct({
  name: Schema.NonEmptyString,
  value: Schema.String,
  domain: Schema.NonEmptyString,
  path: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^\//))),
  /** Seconds since 1970; absent, -1 or 0 for a session cookie. */
  expires: Schema.optionalKey(Schema.NullOr(Schema.Finite)),
  expirationDate: Schema.optionalKey(Schema.NullOr(Schema.Finite)),
  httpOnly: Schema.optionalKey(Schema.Boolean),
  secure: Schema.optionalKey(Schema.Boolean),
  sameSite: Schema.optionalKey(Schema.NullOr(Schema.String))
})
export type FileCookie = typeof FileCookie.Type

const StorageState = Schema.Struct({
  cookies: Schema.Array(FileCookie),
  origins: Schema.Array(Schema.Struct({
    origin: Schema.NonEmptyString,
    localStorage: Schema.Array(Schema.Struct({ name: Schema.String, value: Schema.String }))
  })).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

export type StateFile = typeof StorageState.Type

const largest = 16 * 1024 ** 2

const refuse = (file: string, why: string): OracleError => oracleError("state_file_invalid", `${file}: ${why}`)

const readText = (file: string): string => {
  const stats = statSync(file)
  if (!stats.isFile()) throw refuse(file, "this is not a file")
  if (stats.size > largest) throw refuse(file, "it is larger than 16 MiB, which no storage state is")
  return readFileSync(file, "utf8")
}

const readFailure = (file: string) => (cause: unknown): OracleError => {
  if (cause instanceof OracleError) return cause
  const errno = errnoOf(cause)
  return refuse(
    file,
    errno === "ENOENT" ? "there is no such file" : `it cannot be read (${errno ?? "unexpected failure"})`
  )
}

const decodeState = Schema.decodeUnknownResult(StorageState, { errors: "first" })
const issuesOf = SchemaIssue.makeFormatterStandardSchemaV1()

const keyOf = (path: KeyPath): string =>
  path.map((step) => typeof step === "number" ? `[${step}]` : `.${step}`).join("").replace(/^\./, "")

/** Where the first mistake is. Only the path is used: a message could quote a value. */
const mistake = (file: string, document: JsonDocument, error: Schema.SchemaError, plain: boolean): OracleError => {
  const [first] = issuesOf(error.issue).issues
  const path = (first?.path ?? []).flatMap((step) => typeof step === "string" || typeof step === "number" ? [step] : [])
  const shown = plain ? path.slice(1) : path
  const { column, line } = document.positionOf(shown)
  const key = keyOf(shown)
  return refuse(
    file,
    key === ""
      ? "it is neither a Playwright storage state nor an array of cookies"
      : `line ${line}, column ${column}: ${key} is missing or not of the expected type`
  )
}

const decodeText = (file: string, text: string): Result.Result<StateFile, OracleError> => {
  const parsed = parse(text)
  if (Result.isFailure(parsed)) {
    const { column, line } = parsed.failure
    return Result.fail(refuse(file, `line ${line}, column ${column}: this is not JSON`))
  }
  const plain = Array.isArray(parsed.success.value)
  return Result.mapError(
    decodeState(plain ? { cookies: parsed.success.value } : parsed.success.value),
    (error) => mistake(file, parsed.success, error, plain)
  )
}

/** Reads and decodes the file; fails as `state_file_invalid`. */
export const readStateFile = Effect.fn("StateFile.readStateFile")(function*(file: string) {
  const text = yield* Effect.try({ try: () => readText(file), catch: readFailure(file) })
  return yield* Effect.fromResult(decodeText(file, text))
})
