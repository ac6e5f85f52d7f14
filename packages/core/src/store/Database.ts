/** Port to the database file itself, for what SQL cannot express: its health and its replacement. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { OracleError } from "../error/OracleError.ts"

export class Database extends Context.Service<Database, {
  /**
   * For a database that answered with damage: looks again, alone against other processes; if it is damaged indeed, moves
   * it aside (kept beside the new one) and opens an empty one. Never call it inside a transaction.
   */
  readonly heal: Effect.Effect<void, OracleError>
  /** Reads the whole file, and builds wrong indexes anew; true when its structure is sound then. */
  readonly sound: Effect.Effect<boolean, OracleError>
  /** Changes when another process has committed since the last look. */
  readonly version: Effect.Effect<number, OracleError>
}>()("@effect-oracle/core/store/Database") {}
