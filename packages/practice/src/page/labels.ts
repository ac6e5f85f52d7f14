/** The words of the interface, in the language and the wording of this page. */
import type { Locale } from "../Behaviour.ts"
import { bootstrap } from "./bootstrap.ts"
import { chinese, japanese, korean } from "./locale/asian.ts"
import { drifted, english } from "./locale/english.ts"
import { french, german, spanish } from "./locale/european.ts"
import { dutch, italian, polish, portuguese } from "./locale/furtherEuropean.ts"
import type { Words } from "./locale/Words.ts"

const languages: Readonly<Record<Locale, Words>> = {
  en: english,
  de: german,
  ja: japanese,
  zh: chinese,
  ko: korean,
  fr: french,
  es: spanish,
  pt: portuguese,
  it: italian,
  nl: dutch,
  pl: polish
}

export const labels = bootstrap.page.labels === "drift" ? drifted : languages[bootstrap.page.locale]
