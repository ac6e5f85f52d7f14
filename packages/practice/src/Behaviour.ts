/** How the site behaves at one moment: pace, page, sessions, trouble and the kind of answer. Scenarios are partial behaviours. */

/** Stands for "every time" in a countdown. */
export const ALWAYS = 1_000_000_000

export type AnswerKind = "proof" | "files" | "hostile-files" | "image" | "files-only" | "long" | "trap-words" | "short"

/** The forms that the model picker has had, from the header's dropdown to the slider. */
export type PickerGeneration =
  | "header"
  | "versions"
  | "row-effort"
  | "configure"
  | "chips"
  | "intelligence"
  | "unified"
  | "slider"
  | "power-menu"
  | "none"

export type Locale = "en" | "de" | "fr" | "es" | "pt" | "it" | "nl" | "pl" | "ja" | "zh" | "ko"

export interface Behaviour {
  readonly thinkingMs: number
  readonly thinkingLabel: string
  readonly tokenDelayMs: number
  readonly chunkCharacters: number
  /** Silence in the middle of the answer. */
  readonly stallMs: number
  readonly uploadMs: number
  readonly processingMs: number
  /** How long the durable conversation address is withheld after a send. */
  readonly urlDelayMs: number
  readonly pickerDelayMs: number
  readonly hydrationMs: number
  readonly conversationDelayMs: number
  /** A new thread is missing from the history list for so long. */
  readonly historyLagMs: number

  readonly labels: "current" | "drift"
  readonly locale: Locale
  readonly picker: PickerGeneration
  /** How long an opened model menu stays empty. */
  readonly pickerMenuMs: number
  /** The level of the slider cannot be moved. */
  readonly sliderStuck: boolean
  /** Menus that look like the model menu stand in the sidebar and in the search. */
  readonly menuTraps: boolean
  readonly proUnavailable: boolean
  readonly chips: "named" | "ellipsized" | "renamed" | "stem" | "none"
  readonly announcement: boolean
  readonly consentBanner: boolean
  /** Chat and Work stand side by side, and the rim of "+" leads to Work. */
  readonly workMode: boolean
  /** Text of more characters, inserted at once, becomes a file. */
  readonly pasteLimit: number
  readonly feedbackDialog: boolean
  /** What is thought stands in a panel beside the thread; the turn itself only says that it goes on. */
  readonly thinkingPanel: boolean
  /** The composer of a new page holds a draft of last time, with a file. */
  readonly staleDraft: boolean
  /** Web search is still chosen, as a pill inside the text. */
  readonly searchPill: boolean
  /** Every thread lies in a project, and its address says so. */
  readonly projectThreads: boolean
  readonly ignoredSendClicks: number
  readonly readAloud: boolean
  /** The composer silently keeps only this many characters. */
  readonly composerLimit: number
  readonly maxPromptCharacters: number
  readonly maxUploadBytes: number

  readonly anonymousMe: boolean
  readonly rotation: "none" | "lenient" | "strict"
  /** The session counts only once its account was chosen on the page. */
  readonly accountChooser: boolean
  readonly accountBlocked: boolean
  readonly revokeSessions: "no" | "now" | "after-send"

  readonly outage: "none" | "document" | "api" | "cookies"
  readonly outageRequests: number
  readonly challenge: boolean
  readonly rateLimit: "none" | "load" | "upload" | "send" | "answer"
  readonly usageLimit: boolean
  readonly refusedStatus: number
  readonly refusedSends: number
  /** The refused send is kept by the server although the page is told otherwise. */
  readonly keepsRefused: boolean
  readonly uploadFailures: number
  readonly processingFailures: number

  readonly answer: AnswerKind
  readonly answerCharacters: number
  readonly preamble: string
  readonly flashBar: boolean
  readonly failTurn: "no" | "thinking" | "answering"
  readonly failedTurns: number
  readonly continueParts: number
  readonly twoAnswers: boolean
  /** Turns of a prepared conversation that is put on top of the history. */
  readonly preparedTurns: number
}

export const defaults: Behaviour = {
  thinkingMs: 120,
  thinkingLabel: "Thinking",
  tokenDelayMs: 8,
  chunkCharacters: 160,
  stallMs: 0,
  uploadMs: 30,
  processingMs: 30,
  urlDelayMs: 60,
  pickerDelayMs: 350,
  hydrationMs: 0,
  conversationDelayMs: 0,
  historyLagMs: 0,
  labels: "current",
  locale: "en",
  picker: "intelligence",
  pickerMenuMs: 0,
  sliderStuck: false,
  menuTraps: false,
  proUnavailable: false,
  chips: "named",
  announcement: false,
  consentBanner: false,
  workMode: false,
  pasteLimit: ALWAYS,
  feedbackDialog: false,
  thinkingPanel: false,
  staleDraft: false,
  searchPill: false,
  projectThreads: false,
  ignoredSendClicks: 0,
  readAloud: false,
  composerLimit: ALWAYS,
  maxPromptCharacters: 400_000,
  maxUploadBytes: 512 * 1024 * 1024,
  anonymousMe: false,
  rotation: "none",
  accountChooser: false,
  accountBlocked: false,
  revokeSessions: "no",
  outage: "none",
  outageRequests: ALWAYS,
  challenge: false,
  rateLimit: "none",
  usageLimit: false,
  refusedStatus: 500,
  refusedSends: 0,
  keepsRefused: false,
  uploadFailures: 0,
  processingFailures: 0,
  answer: "proof",
  answerCharacters: 1_000_000,
  preamble: "",
  flashBar: false,
  failTurn: "no",
  failedTurns: ALWAYS,
  continueParts: 1,
  twoAnswers: false,
  preparedTurns: 0
}
