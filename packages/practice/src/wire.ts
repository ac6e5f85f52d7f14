/** What page and server say to each other. */

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

export interface ModelSelection {
  readonly tier: "Instant" | "Medium" | "High" | "Extra High" | "Pro"
  readonly proEffort: "Standard" | "Extended"
}

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
}

export interface HistoryItem {
  readonly id: string
  readonly title: string
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
  readonly mapping: Readonly<Record<string, MappingNode>>
}

/** The part of the behaviour that the page itself acts out. */
export interface PageBehaviour {
  readonly labels: "current" | "drift"
  readonly picker: "intelligence" | "slider" | "none"
  readonly proUnavailable: boolean
  readonly chips: "named" | "ellipsized" | "renamed" | "stem" | "none"
  readonly announcement: boolean
  readonly feedbackDialog: boolean
  readonly ignoredSendClicks: number
  readonly readAloud: boolean
  readonly composerLimit: number
  readonly pickerDelayMs: number
  readonly hydrationMs: number
  readonly usageLimit: boolean
}

export interface Bootstrap {
  readonly authStatus: "logged_in" | "logged_out"
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null
  readonly page: PageBehaviour
  readonly modelSelection: ModelSelection
}
