/** What the page script answers: plain data, sent as JSON. */
import type { SelectorName, TopicName } from "./names.ts"
import type { PageSite } from "./site.ts"

export type Role = "button" | "link" | "textbox" | "heading" | "dialog" | "alert" | "menu" | "menuitem" | "other"

export interface ControlView {
  readonly role: Role
  readonly name: string
  readonly enabled: boolean
}

export interface OverlayView {
  readonly kind: "dialog" | "alert" | "toast"
  readonly text: string
  readonly topics: ReadonlyArray<TopicName>
  readonly controls: ReadonlyArray<ControlView>
}

export interface LoginView {
  readonly asked: boolean
  readonly status: number
  readonly identified: boolean
  readonly anonymous: boolean
  readonly email: string | null
}

/** What the page itself was told about its session, so that it need not be asked for again. */
export interface SessionHint {
  readonly identified: boolean
  readonly anonymous: boolean
  readonly email: string | null
  readonly token: string | null
  readonly ageMs: number
}

export interface ObservationView {
  readonly url: string
  readonly ownOrigin: boolean
  readonly authUrl: boolean
  readonly title: string
  readonly readyState: "loading" | "interactive" | "complete"
  readonly ageMs: number
  readonly httpStatus: number
  readonly bodyChars: number
  readonly composer: {
    readonly present: boolean
    readonly enabled: boolean
    readonly name: string
    readonly attachControl: boolean
  }
  readonly controls: ReadonlyArray<ControlView>
  readonly loginControls: ReadonlyArray<string>
  readonly accountControls: ReadonlyArray<string>
  readonly plainText: string
  readonly titleTopics: ReadonlyArray<TopicName>
  readonly plainTopics: ReadonlyArray<TopicName>
  readonly challenge: { readonly elements: ReadonlyArray<string>; readonly script: boolean }
  readonly overlays: ReadonlyArray<OverlayView>
  readonly login: LoginView
  readonly sidebar: { readonly present: boolean; readonly conversationIds: ReadonlyArray<string> }
  readonly turns: number
}

export interface AnchorView {
  readonly userTurnId: string | null
  readonly turnsBefore: number
  readonly lastTurnIdBefore: string | null
}

export interface ProbeView {
  readonly userTurnFound: boolean
  /** Our turn was not found, and the turn that stood last before it is not in the page either. */
  readonly turnBeforeGone: boolean
  readonly userTurnId: string | null
  readonly answerFound: boolean
  readonly answerTurnId: string | null
  readonly generating: boolean
  readonly thinking: boolean
  readonly finishControls: boolean
  readonly chars: number
  readonly placeholder: boolean
  readonly contentKey: string
  readonly files: number
  readonly failed: boolean
  readonly continueOffered: boolean
  readonly alternatives: number
  readonly composerKey: string
  readonly trailing: number
  readonly url: string
}

export interface ThreadView {
  readonly url: string
  readonly turns: number
  readonly lastTurnId: string | null
  /** Text of the first and of the last user turn, as shown. */
  readonly firstUserText: string | null
  readonly lastUserText: string | null
  readonly lastUserId: string | null
}

export interface CandidateView {
  readonly key: string
  readonly label: string
  readonly kind: "file" | "image"
  /** How it is fetched: an address, or a control that is pressed. */
  readonly how: "address" | "press"
  readonly address: string | null
  /** Name that the page suggests; untrusted. */
  readonly suggested: string | null
  readonly messageId: string | null
}

export interface AnswerView {
  readonly html: string
  readonly alternativeHtml: string | null
  readonly files: ReadonlyArray<CandidateView>
}

export interface AttachmentView {
  readonly key: string
  readonly label: string
  readonly removable: boolean
}

export interface ComposerView {
  readonly present: boolean
  readonly kind: "textarea" | "editable" | "none"
  readonly enabled: boolean
  readonly text: string
  /** True where the browser's own ways to read the input give `text`, or where its page has an editor for that. */
  readonly readsAlike: boolean
  readonly sendPresent: boolean
  readonly sendEnabled: boolean
  readonly attachments: ReadonlyArray<AttachmentView>
  /** Names of files that stand in the composer's file inputs. */
  readonly inputFiles: ReadonlyArray<string>
  readonly uploading: boolean
  /** How far the page says that the upload is, in percent; null where it says nothing. */
  readonly uploadPercent: number | null
  /** Text of a visible upload error. */
  readonly uploadError: string | null
}

export interface HistoryView {
  readonly read: boolean
  readonly source: "api" | "sidebar" | "none"
  readonly ids: ReadonlyArray<string>
}

export interface FetchedView {
  readonly ok: boolean
  readonly status: number
  /** Final address after redirects. */
  readonly url: string
  readonly contentType: string
  readonly disposition: string
  readonly bytes: number
  /** Base64; null where the content was saved as a download or the fetch failed. */
  readonly base64: string | null
  /** The content goes its way as a download of the browser. */
  readonly saved: boolean
  readonly problem: string | null
}

export interface PickerRow {
  readonly index: number
  readonly name: string
  /** The name alone, without the explanation that some rows carry. */
  readonly title: string
  readonly description: string
  readonly testId: string
  readonly checked: boolean
  readonly disabled: boolean
  readonly expandable: boolean
  readonly expanded: boolean
  readonly kind: "row" | "option" | "combobox" | "switch" | "close"
  /** The row stands in a dialog rather than in a menu. */
  readonly dialog: boolean
}

export interface PickerView {
  readonly trigger: string | null
  /** Accessible name and text of the trigger, each by itself. */
  readonly triggerNames: ReadonlyArray<string>
  /** What a control of its own for the effort shows, beside that of the model; null where there is none. */
  readonly effort: string | null
  readonly open: boolean
  readonly chips: ReadonlyArray<string>
  readonly rows: ReadonlyArray<PickerRow>
  readonly slider: {
    readonly min: number
    readonly max: number
    readonly now: number
    readonly text: string
    readonly disabled: boolean
  } | null
}

/** How one part of the site definition is found on a page. */
export interface PartSurvey {
  readonly part: SelectorName
  readonly found: boolean
  /** Which alternative of the definition found it, from 1; null where only its words or its place did. */
  readonly alternative: number | null
  readonly alternatives: number
  readonly selector: string | null
  readonly name: string
  readonly count: number
}

/** Named elements that node takes a handle of. */
export type PartName =
  | "composerInput"
  | "sendButton"
  | "attachButton"
  | "attachMenuItem"
  | "fileInput"
  | "conversationMenu"
  | "deleteItem"
  | "deleteConfirm"
  | "modelTrigger"
  | "effortTrigger"
  | "modelSlider"

/** The functions that the page script offers under its global name; `E` is an element of the page. */
export interface PageApi<E = unknown> {
  readonly observe: (site: PageSite, hint: SessionHint | null) => Promise<ObservationView>
  readonly probeTurn: (site: PageSite, anchor: AnchorView) => ProbeView
  readonly thread: (site: PageSite) => ThreadView
  readonly answer: (site: PageSite, anchor: AnchorView) => AnswerView | null
  readonly composer: (site: PageSite) => ComposerView
  readonly part: (site: PageSite, name: PartName) => E | null
  readonly continueControl: (site: PageSite, anchor: AnchorView) => E | null
  readonly selectComposer: (site: PageSite) => boolean
  readonly preserveSpace: (site: PageSite) => boolean
  readonly enterLines: (site: PageSite, text: string) => boolean
  readonly enterText: (site: PageSite, text: string) => boolean
  readonly enterPaste: (site: PageSite, text: string) => boolean
  readonly history: (site: PageSite, limit: number, token: string | null) => Promise<HistoryView>
  readonly prompts: (
    site: PageSite,
    conversationId: string,
    token: string | null
  ) => Promise<ReadonlyArray<string> | null>
  readonly conversationExists: (
    site: PageSite,
    conversationId: string,
    token: string | null
  ) => Promise<boolean | null>
  readonly removeControl: (site: PageSite, key: string) => E | null
  readonly overlayControl: (site: PageSite) => E | null
  readonly candidateElement: (site: PageSite, anchor: AnchorView, key: string) => E | null
  readonly fetchFile: (
    site: PageSite,
    address: string,
    limits: { readonly maxBytes: number; readonly inlineBytes: number },
    name: string,
    token: string | null
  ) => Promise<FetchedView>
  readonly saveAddress: (site: PageSite, address: string, name: string) => boolean
  readonly picker: (site: PageSite) => PickerView
  readonly pickerRow: (site: PageSite, index: number, name: string) => E | null
  readonly survey: (site: PageSite) => ReadonlyArray<PartSurvey>
  readonly pageText: (limit: number) => string
  readonly stablePoint: (element: E) => Promise<{ readonly x: number; readonly y: number } | null>
}
