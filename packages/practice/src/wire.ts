/** What page and server say to each other. */
import type { Behaviour } from "./Behaviour.ts"

export type TurnStatus = "thinking" | "answering" | "paused" | "complete" | "failed" | "stopped"

export interface Reference {
  readonly matched_text: string
  readonly title: string
  readonly url: string
  /** What the copy button writes in its place. */
  readonly alt: string
}

export interface AnswerMessage {
  readonly id: string
  readonly text: string
  readonly references: ReadonlyArray<Reference>
  readonly imageFileIds: ReadonlyArray<string>
}

export interface TurnState {
  readonly id: string
  readonly status: TurnStatus
  readonly label: string
  readonly thoughtSeconds: number | null
  readonly preamble: string
  readonly error: string | null
  readonly barFlash: boolean
  readonly modelSlug: string
  readonly messages: ReadonlyArray<AnswerMessage>
}

export interface Attachment {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly mimeType: string
}

export type Family = "Instant" | "Thinking" | "Pro"
export type Effort = "none" | "light" | "standard" | "extended" | "heavy"
export type Tier = "Instant" | "Medium" | "High" | "Extra High" | "Pro"

/** What was chosen, in the same words whatever the picker looked like. */
export interface ModelSelection {
  /** `latest`, or the number of an older model such as `5.4`. */
  readonly version: string
  readonly family: Family
  readonly effort: Effort
  /** The same as family and effort, in the words of the later pickers. */
  readonly tier: Tier
  /** Instant may think when it sees fit. */
  readonly autoSwitch: boolean
}

export type ConversationMode = "chat" | "work"

export type StreamEvent =
  | { readonly type: "conversation"; readonly conversation_id: string; readonly title: string }
  | { readonly type: "turn"; readonly turn: TurnState }
  | { readonly type: "delta"; readonly message: number; readonly v: string }
  | { readonly type: "throttled" }

export interface SendRequest {
  readonly action: "next"
  readonly conversation_id: string | null
  readonly parent_message_id: string | null
  readonly message: { readonly id: string; readonly text: string; readonly attachments: ReadonlyArray<Attachment> }
  readonly model: string
  readonly thinking_effort: string
  readonly selection: ModelSelection
  readonly mode?: ConversationMode
  /** A temporary chat: it has no address and never stands in the history. */
  readonly history_and_training_disabled?: boolean
}

export interface HistoryItem {
  readonly id: string
  readonly title: string
  readonly mode: ConversationMode
  readonly update_time: string
}

export interface MappingMessage {
  readonly id: string
  readonly author: { readonly role: string }
  readonly create_time: number
  readonly status: string
  readonly end_turn: boolean | null
  readonly content: {
    readonly content_type: string
    readonly parts?: ReadonlyArray<unknown>
    readonly [key: string]: unknown
  }
  readonly metadata: {
    readonly attachments?: ReadonlyArray<Attachment>
    readonly turn?: TurnState
    readonly model_slug?: string
    readonly [key: string]: unknown
  }
}

export interface MappingNode {
  readonly id: string
  readonly parent: string | null
  readonly children: ReadonlyArray<string>
  readonly message: MappingMessage | null
}

export interface ConversationJson {
  readonly conversation_id: string
  readonly title: string
  readonly create_time: number
  readonly update_time: number
  readonly current_node: string
  readonly async_status: number | null
  readonly is_archived: boolean
  readonly mapping: Readonly<Record<string, MappingNode>>
}

/** The part of the behaviour that the page itself acts out. */
export type PageBehaviour = Pick<
  Behaviour,
  | "accountBlocked"
  | "announcement"
  | "chips"
  | "composerLimit"
  | "consentBanner"
  | "feedbackDialog"
  | "hydrationMs"
  | "ignoredSendClicks"
  | "labels"
  | "locale"
  | "menuTraps"
  | "pasteLimit"
  | "picker"
  | "pickerDelayMs"
  | "pickerMenuMs"
  | "projectThreads"
  | "proUnavailable"
  | "readAloud"
  | "searchPill"
  | "sliderStuck"
  | "staleDraft"
  | "thinkingPanel"
  | "usageLimit"
  | "workMode"
>

export interface Bootstrap {
  readonly authStatus: "logged_in" | "logged_out"
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null
  /** Accounts that this browser knows and of which one has to be chosen. */
  readonly accounts: ReadonlyArray<{ readonly name: string; readonly email: string }>
  readonly page: PageBehaviour
  readonly modelSelection: ModelSelection
}
