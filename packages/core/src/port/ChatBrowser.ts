/** Port to the browser: opens one isolated runtime browser on a site and performs single, verified page actions. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { OracleConfig } from "../config/OracleConfig.ts"
import type { Artifact } from "../domain/Artifact.ts"
import type { SiteName } from "../domain/Ids.ts"
import type { ModelSelection, Preset } from "../domain/ModelSelection.ts"
import type { ProcessRecord } from "../domain/ProcessRecord.ts"
import type { SendBaseline } from "../domain/SendLedger.ts"
import type { OracleError } from "../error/OracleError.ts"
import type { PageObservation } from "../page/PageObservation.ts"
import type { TurnAnchor, TurnProbe } from "../page/TurnProbe.ts"

/** What a runtime browser is opened with. */
export interface OpenRequest {
  readonly site: SiteName
  /** Prepared runtime profile; nobody else uses it. */
  readonly profileDir: string
  /** Directory of this job for the browser's temporary files and downloads. */
  readonly tempDir: string
  readonly config: OracleConfig
  /** Called with the identity of the browser process before its first use, so that a crash can be cleaned up. */
  readonly onBrowser: (browser: ProcessRecord) => Effect.Effect<void, OracleError>
}

/** The page to load. */
export type Target =
  /** `temporary`: a chat that the site keeps no copy of; nothing is handed over while the page is another one. */
  | { readonly _tag: "NewChat"; readonly temporary?: boolean }
  | { readonly _tag: "Conversation"; readonly url: string }

/** A durable conversation of a site. */
export interface ThreadRef {
  readonly url: string
  readonly conversationId: string
}

/** A file to upload, under the name that the site shall see. */
export interface AttachFile {
  readonly path: string
  readonly name: string
  readonly bytes: number
}

/** How far an upload is; `file` counts from 1. */
export interface UploadProgress {
  readonly file: number
  readonly files: number
  /** What the page shows, where it shows anything. */
  readonly percent: number | null
}

/** What proves each upload: the new attachment that appeared in this composer. */
export interface UploadProof {
  readonly files: ReadonlyArray<{ readonly name: string; readonly evidence: string }>
}

/** What the page shows after the model was chosen. */
export interface ModelReport {
  /** The page's own words for what is selected, or null when it has no picker (`current`). */
  readonly shown: string | null
  readonly changed: boolean
}

/**
 * Outcome of the one click. `Confirmed` has a conversation URL, an assistant turn, or a successful response to the
 * send request. `Refused` was observed as an error response or as the draft still standing with no new turn.
 * `Unproven` is neither: the caller must not send again.
 */
export type SendOutcome =
  | {
    readonly _tag: "Confirmed"
    readonly evidence: string
    readonly thread: ThreadRef | null
    readonly userTurnId: string | null
    /** The thread was found by the prompt in the site's history: another job that asked the same may have made it. */
    readonly searched?: true
  }
  | { readonly _tag: "Refused"; readonly evidence: string; readonly httpStatus: number | null }
  | { readonly _tag: "Unproven"; readonly evidence: string }

/** A file or image that the turn offers; `key` is stable over reloads of the same turn. */
export interface FileCandidate {
  readonly key: string
  readonly label: string
  readonly kind: Artifact["kind"]
}

/** The answer of one turn. */
export interface ExtractedAnswer {
  readonly markdown: string
  readonly text: string
  /** Second of two offered answers. */
  readonly alternative: { readonly markdown: string; readonly text: string } | null
  readonly files: ReadonlyArray<FileCandidate>
}

/** One file of a turn, and where it goes. */
export interface DownloadRequest {
  readonly file: FileCandidate
  readonly anchor: TurnAnchor
  /** Absolute path of `artifacts/`. */
  readonly directory: string
  readonly maxBytes: number
  /** Names already used in `directory` (lower case). */
  readonly taken: ReadonlySet<string>
}

/** An open page of a runtime browser. Every method is one action; a lost page fails as `browser_crashed`. */
export interface ChatPage {
  /** Loads the new-chat page or the conversation, and checks that the page is the one asked for. */
  readonly goto: (target: Target) => Effect.Effect<void, OracleError>
  /** One pass over the page; retried as a whole when a navigation interrupts it. */
  readonly observe: Effect.Effect<PageObservation, OracleError>
  readonly reload: Effect.Effect<void, OracleError>
  /** Closes announcements, cookie banners and feedback dialogs that lie over a ready page; never presses a choice. */
  readonly dismissOverlays: Effect.Effect<void, OracleError>
  /** Selects and strictly verifies; fails as `model_unavailable` naming what is there, or `model_unverified`. */
  readonly selectModel: (selection: ModelSelection) => Effect.Effect<ModelReport, OracleError>
  /** Removes stale attachments, attaches the files and proves each; fails as `upload_failed`. */
  readonly attach: (
    files: ReadonlyArray<AttachFile>,
    onProgress?: (progress: UploadProgress) => Effect.Effect<void>
  ) => Effect.Effect<UploadProof, OracleError>
  /** Fills the composer; afterwards its text equals the prompt, or this fails as `prompt_not_faithful` or `prompt_too_large`. */
  readonly compose: (prompt: string) => Effect.Effect<void, OracleError>
  /** What the site holds before the send. */
  readonly baseline: Effect.Effect<SendBaseline, OracleError>
  /** Clicks send once with a trusted click and waits for proof. Never clicks twice unless the full draft still stands and no request left. */
  readonly send: (anchor: TurnAnchor) => Effect.Effect<SendOutcome, OracleError>
  /** The durable conversation of the page; null while the URL is transient or a new chat. */
  readonly thread: Effect.Effect<ThreadRef | null, OracleError>
  /**
   * Every conversation of the site's history that is not in the baseline and whose first user turn is the prompt, newest
   * first. `historyRead` is false when the history, or one of its new conversations, could not be looked at.
   */
  readonly findThread: (
    baseline: SendBaseline,
    promptSha256: string
  ) => Effect.Effect<{ readonly threads: ReadonlyArray<ThreadRef>; readonly historyRead: boolean }, OracleError>
  /** Whether a user turn of the open conversation is the prompt; null when its turns cannot all be read. */
  readonly holdsPrompt: (promptSha256: string) => Effect.Effect<boolean | null, OracleError>
  readonly probe: (anchor: TurnAnchor) => Effect.Effect<TurnProbe, OracleError>
  /** Presses "Continue generating" of this turn once. */
  readonly continueGenerating: (anchor: TurnAnchor) => Effect.Effect<void, OracleError>
  /** Reads the answer of the anchored turn, whatever it holds so far. */
  readonly extract: (anchor: TurnAnchor) => Effect.Effect<ExtractedAnswer, OracleError>
  /** Saves one file of the turn under a safe unique name; a failure is `artifact_failed` and concerns this file only. */
  readonly download: (request: DownloadRequest) => Effect.Effect<Artifact, OracleError>
  /**
   * Deletes the conversation that is open, through the page's own menu, and proves that the site has it no more; fails as
   * `remote_delete_failed`, also when that cannot be proven.
   */
  readonly deleteConversation: (thread: ThreadRef) => Effect.Effect<void, OracleError>
  /** Saves observation, screenshot and page text into `directory`, as far as each still works. Never fails. */
  readonly diagnose: (directory: string) => Effect.Effect<void>
  /** Cookies of the site for the write-back into the seed or the runtime; opaque to the core. */
  readonly saveCookies: Effect.Effect<void, OracleError>
  /** Fails with `browser_crashed` once the page or the browser is gone; race work against it. */
  readonly lost: Effect.Effect<never, OracleError>
}

/** Facts about a site that the core needs before a page is open. */
export interface SiteFacts {
  readonly name: SiteName
  readonly label: string
  readonly baseUrl: string
  readonly archiveFormat: "tar.zst" | "tar.gz"
  readonly archiveMaxBytes: number
  readonly promptMaxChars: number
  /** Presets whose model the site has a name for; whether the account may use it shows on the page alone. */
  readonly presets: ReadonlyArray<Preset>
  /** Files that one prompt may carry. */
  readonly maxFiles: number
  /** The site has chats that it keeps no copy of. */
  readonly temporaryChats: boolean
  /** Absence of a conversation from the history proves that no send happened. */
  readonly historyAuthoritative: boolean
  readonly maxJobsPerAccount: number
}

/** Opens pages of chat products; another way to reach one implements this service. */
export class ChatBrowser extends Context.Service<ChatBrowser, {
  /** Facts of a site with the configuration's overrides applied; fails as `config_invalid` for a bad override. */
  readonly site: (site: SiteName, config: OracleConfig) => Effect.Effect<SiteFacts, OracleError>
  /** Conversation id and canonical URL of an id or URL that a user gave; fails as `invalid_option`. */
  readonly parseThread: (
    site: SiteName,
    config: OracleConfig,
    value: string
  ) => Effect.Effect<ThreadRef, OracleError>
  /** Finds the browser; fails as `browser_missing` with the one command that gets one. */
  readonly executable: (
    config: OracleConfig
  ) => Effect.Effect<{ readonly path: string; readonly source: string }, OracleError>
  /** Launches; closing the scope closes the browser within bounds and ends it by identity if it does not. */
  readonly open: (request: OpenRequest) => Effect.Effect<ChatPage, OracleError, Scope.Scope>
}>()("@effect-oracle/core/port/ChatBrowser") {}
