/** Branded identifiers that travel between packages. */
import * as Schema from "effect/Schema"

/** A time-ordered UUID (version 7), lower case: a listing of jobs by id is a history. */
export const JobId = Schema.String.check(
  Schema.isPattern(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
).pipe(Schema.brand("@effect-oracle/core/domain/Ids/JobId"))
export type JobId = typeof JobId.Type

/** The absolute path of the project root (PRODUCT, section 2). */
export const ProjectId = Schema.NonEmptyString.pipe(Schema.brand("@effect-oracle/core/domain/Ids/ProjectId"))
export type ProjectId = typeof ProjectId.Type

/** A chat product that Oracle knows. */
export const SiteName = Schema.Literals(["chatgpt", "grok", "practice"])
export type SiteName = typeof SiteName.Type

/** The name of a signed-in account of a site; one seed profile exists per site and account. */
export const AccountName = Schema.String.check(Schema.isPattern(/^[a-z0-9][a-z0-9_-]{0,39}$/)).pipe(
  Schema.brand("@effect-oracle/core/domain/Ids/AccountName")
)
export type AccountName = typeof AccountName.Type
