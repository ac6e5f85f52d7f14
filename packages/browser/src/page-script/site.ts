/** What the page script is told about a site: plain data out of its definition, sent as JSON. */
import type { LabelName, SelectorName, TopicName } from "./names.ts"

/** The parts of a page; each is a list of CSS selectors, the best first. */
export type PageSelectors = Readonly<Record<SelectorName, ReadonlyArray<string>>>

/** Words of a page; each entry is the source of a case-insensitive regular expression over an accessible name. */
export type PageLabels = Readonly<Record<LabelName, ReadonlyArray<string>>>

export interface PagePaths {
  /** Source of a regular expression over the path; group 1 is the conversation id. */
  readonly conversation: string
  /** Source of a regular expression over the path of an address that will still change. */
  readonly transient: string
  /** Path prefixes of sign-in pages. */
  readonly auth: ReadonlyArray<string>
  /** Sources of regular expressions over paths that serve files of an answer. */
  readonly files: ReadonlyArray<string>
  readonly session: string | null
  readonly me: string | null
  /** Prefix of an id that stands for an anonymous visitor. */
  readonly anonymousIdPrefix: string
  readonly history: string | null
  /** `{id}` is replaced. */
  readonly conversationApi: string | null
  /** `{conversation}`, `{message}` and `{path}` are replaced. */
  readonly sandboxDownload: ReadonlyArray<string>
}

/** What the page script knows of a site. */
export interface PageSite {
  readonly origins: ReadonlyArray<string>
  readonly authOrigins: ReadonlyArray<string>
  /** Hosts that serve files; `*.` stands for any sub-domain. */
  readonly fileHosts: ReadonlyArray<string>
  readonly paths: PagePaths
  readonly selectors: PageSelectors
  readonly labels: PageLabels
  /** Words that say what a notice or a bare page is about. */
  readonly topics: Readonly<Record<TopicName, ReadonlyArray<string>>>
  /** Attributes that identify a turn, the most stable first. */
  readonly turnIdAttributes: ReadonlyArray<string>
}
