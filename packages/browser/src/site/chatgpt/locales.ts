/** Joins what is known of ChatGPT's page in other languages to its English words. */
import { keysOf, recordOf } from "../recordOf.ts"
import type { SiteDefinition } from "../Site.ts"
import { asian } from "./locale/asian.ts"
import { european } from "./locale/european.ts"

const locales = [...european, ...asian]

const withWords = <K extends string>(
  english: Readonly<Record<K, ReadonlyArray<string>>>,
  others: ReadonlyArray<Partial<Record<K, string | ReadonlyArray<string>>>>
): { readonly [P in K]: ReadonlyArray<string> } =>
  recordOf(keysOf(english), (key) => [
    ...english[key],
    ...others.flatMap((words): ReadonlyArray<string> => {
      const found = words[key]
      return found === undefined ? [] : typeof found === "string" ? [found] : found
    })
  ])

/** A button that carries nothing but the name of a level may open the picker. */
const levels = `^(\\d+(\\.\\d+)? ?)?(${
  locales.flatMap(({ tiers }) => Object.values(tiers).flat()).join("|")
})( ?\\d+(\\.\\d+)?)?$`

/** The English words with those of all other languages behind them. */
export const labelsInAllLanguages = (english: SiteDefinition["labels"]): SiteDefinition["labels"] => {
  const labels = withWords(english, locales.map((locale) => locale.labels))
  const effortTrigger = [...labels.effortTrigger, ...locales.map(({ effort }) => effort)]
  return { ...labels, modelTrigger: [...labels.modelTrigger, levels], effortTrigger }
}

export const topicsInAllLanguages = (english: SiteDefinition["topics"]): SiteDefinition["topics"] =>
  withWords(english, locales.map(({ topics }) => topics))

export const pickerInAllLanguages = (english: SiteDefinition["picker"]): SiteDefinition["picker"] => ({
  ...english,
  tiers: withWords(english.tiers, locales.map(({ tiers }) => tiers)),
  efforts: withWords(english.efforts, locales.map(({ efforts }) => efforts)),
  configure: [...english.configure, ...locales.map(({ configure }) => configure)],
  advanced: [...english.advanced, ...locales.map(({ advanced }) => advanced)],
  effort: [...english.effort, ...locales.map(({ effort }) => effort)],
  model: [...english.model, ...locales.map(({ model }) => model)]
})
