/** What ChatGPT's page says in one language. Labels and topics are regular expressions, the rest plain words. */
import type { SiteDefinition, Tier } from "../../Site.ts"

export interface Locale {
  readonly labels: Partial<Record<keyof SiteDefinition["labels"], string>>
  readonly topics: Partial<Record<keyof SiteDefinition["topics"], string>>
  readonly tiers: Partial<Record<Tier, ReadonlyArray<string>>>
  readonly efforts: Partial<Record<keyof SiteDefinition["picker"]["efforts"], ReadonlyArray<string>>>
  readonly configure: string
  readonly advanced: string
  readonly effort: string
  readonly model: string
}
