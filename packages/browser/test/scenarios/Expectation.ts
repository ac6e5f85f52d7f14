/** What a whole job must come to under one scenario of the practice site. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { Blocked } from "@effect-oracle/core/domain/Job"
import type { Preset } from "@effect-oracle/core/domain/ModelSelection"
import type { ErrorCode } from "@effect-oracle/core/error/ErrorTable"
import type { Behaviour } from "@effect-oracle/practice/Behaviour"
import type { EventType } from "@effect-oracle/practice/state/EventLog"

export interface Expectation {
  /** One clause for the table in `docs/reliability.md`. */
  readonly outcome: string
  readonly preset?: Preset
  readonly prompt?: string
  /** Goes on in the newest thread that the site has, instead of beginning one. */
  readonly followsNewest?: true
  /** Settings of the site over the scenario: shorter waits where their length is not the point. */
  readonly behaviour?: Partial<Behaviour>
  readonly worker?: Partial<OracleConfig["worker"]>

  /** The code with which the job fails; without one it completes. */
  readonly fails?: ErrorCode
  /** What the job waits for on its way, until the trouble is over. */
  readonly blocked?: Blocked["reason"]
  /** The answer that a completed job holds; by default the proof of what arrived. */
  readonly answer?: "proof" | "nothing" | "Done"
  /** Text that was there when the turn failed is kept. */
  readonly partial?: true
  readonly alternative?: true
  /** Names of the saved files, or how many there are. */
  readonly files?: ReadonlyArray<string> | number
  /** Sends that the site accepted; 1 unless the job fails. */
  readonly sends?: number
  readonly selection?: { readonly family: string; readonly effort?: string; readonly tier?: string }
  /** How often an event is in the log of the site. */
  readonly events?: Partial<Record<EventType, number>>
}

export type Expectations = Readonly<Record<string, Expectation>>
