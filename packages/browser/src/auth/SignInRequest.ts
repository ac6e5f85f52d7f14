/** What a sign-in is asked for, and what it tells meanwhile. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import type * as Effect from "effect/Effect"

export type SignInStage =
  /** A window with the site is open; the person signs in and closes it. */
  | { readonly _tag: "WindowOpen"; readonly address: string; readonly limitMs: number }
  /** The profile is looked at in a browser of its own. */
  | { readonly _tag: "Verifying" }
  /** A window is open in which the person solves the site's check; the sign-in goes on by itself then. */
  | { readonly _tag: "ChallengeOpen"; readonly limitMs: number }
  /** Something that a person should know. */
  | { readonly _tag: "Remark"; readonly text: string }

export interface SignInRequest {
  readonly site: SiteName
  readonly account: AccountName
  readonly config: OracleConfig
  readonly onStage?: (stage: SignInStage) => Effect.Effect<void>
}

export interface StateFileRequest extends SignInRequest {
  /** Path of the Playwright storage state or cookie array. */
  readonly file: string
}

export const importBrowsers = ["chrome", "chromium", "brave", "edge"] as const
export type ImportBrowser = (typeof importBrowsers)[number]

export interface ImportRequest extends SignInRequest {
  readonly browser: ImportBrowser
  /** Name or path of the profile; the configuration's, else the browser's default when absent. */
  readonly profile?: string
}
