/** Names what was attempted in the failure of a file operation. */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import { fileFailure } from "@effect-oracle/core/node/fileFailure"

export { errnoOf } from "@effect-oracle/core/node/fileFailure"

/** `doing` completes "could not ..." and names the path: "copy the seed to /x". */
export const fsFailure = (doing: string): (cause: unknown) => OracleError => fileFailure(`could not ${doing}`)
