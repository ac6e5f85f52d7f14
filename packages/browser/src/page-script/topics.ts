/** What a text is about, by the words of the site definition. Pure. */
import { pageTopics } from "@effect-oracle/core/page/PageTopics"
import type { TopicName } from "./names.ts"
import type { PageSite } from "./site.ts"
import { says } from "./words.ts"

export const topicsOf = (site: Pick<PageSite, "topics">, text: string): ReadonlyArray<TopicName> =>
  text === "" ? [] : pageTopics.filter((topic) => says(text, site.topics[topic]))
