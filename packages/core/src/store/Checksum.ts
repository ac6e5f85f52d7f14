/** Port to a digest that is computed at once, so that it can be taken inside a transaction. */
import * as Context from "effect/Context"

export class Checksum extends Context.Service<Checksum, {
  /** Lower-case hexadecimal SHA-256 of the text's UTF-8 bytes. */
  readonly sha256: (text: string) => string
}>()("@effect-oracle/core/store/Checksum") {}
