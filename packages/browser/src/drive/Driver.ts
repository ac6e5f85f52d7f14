/** What every page action needs: the page, the site's definition, and the limits of this job. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { SendBaseline } from "@effect-oracle/core/domain/SendLedger"
import type * as Ref from "effect/Ref"
import type { Page } from "playwright-core"
import type { SiteDefinition } from "../site/Site.ts"
import type { Network } from "./Network.ts"
import type { Place } from "./Place.ts"

export interface Driver {
  readonly page: Page
  readonly site: SiteDefinition
  readonly config: OracleConfig
  readonly profileDir: string
  readonly downloadsDir: string
  /** What the page asked of its servers, as far as sends and uploads are concerned. */
  readonly network: Network
  /** Prompt that was composed last, with `\n` line ends; null before. */
  readonly prompt: Ref.Ref<string | null>
  /** What the site held when it was last asked before a send. */
  readonly baseline: Ref.Ref<SendBaseline | null>
  /** What the composer held of files after the last upload was proven: attachments shown, files in inputs. */
  readonly attached: Ref.Ref<{ readonly shown: number; readonly inInputs: number }>
  /** What was opened last, and has to stay open while a draft is made. */
  readonly place: Ref.Ref<Place>
  /** A download that was asked for has not begun and may come late. */
  readonly lateDownload: Ref.Ref<boolean>
}
