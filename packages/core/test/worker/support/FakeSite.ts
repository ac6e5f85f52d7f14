/** A chat site and its browsers in memory: counts what arrives, fails where a test says so. */
import { Clock, Deferred, Effect, Layer } from "effect"
import type { Artifact } from "../../../src/domain/Artifact.ts"
import { presets } from "../../../src/domain/ModelSelection.ts"
import type { ProcessRecord } from "../../../src/domain/ProcessRecord.ts"
import { type OracleError, oracleError } from "../../../src/error/OracleError.ts"
import type { PageObservation } from "../../../src/page/PageObservation.ts"
import type { TurnAnchor, TurnProbe } from "../../../src/page/TurnProbe.ts"
import {
  ChatBrowser,
  type ChatPage,
  type ExtractedAnswer,
  type FileCandidate,
  type SendOutcome,
  type SiteFacts,
  type Target
} from "../../../src/port/ChatBrowser.ts"

export type Action =
  | "open"
  | "goto"
  | "observe"
  | "reload"
  | "selectModel"
  | "attach"
  | "compose"
  | "baseline"
  | "send"
  | "thread"
  | "findThread"
  | "holdsPrompt"
  | "probe"
  | "continueGenerating"
  | "extract"
  | "download"
  | "deleteConversation"
  | "saveCookies"

interface Conversation {
  readonly id: string
  readonly url: string
  readonly prompts: Array<{ readonly sha256: string; readonly at: number; continued: number }>
}

/** What happens instead of the action; `undefined` lets it run. */
export type Fault = Effect.Effect<void, OracleError>

const observation: PageObservation = {
  url: "https://site.test/",
  ownOrigin: true,
  authUrl: false,
  title: "Chat",
  readyState: "complete",
  ageMs: 10_000,
  httpStatus: 200,
  bodyChars: 2000,
  composer: { present: true, enabled: true, name: "Message", attachControl: true },
  controls: [],
  loginControls: [],
  accountControls: ["Profile"],
  plainText: "",
  titleTopics: [],
  plainTopics: [],
  challenge: { elements: [], script: false },
  overlays: [],
  login: { asked: true, status: 200, identified: true, anonymous: false, email: null },
  sidebar: { present: true, conversationIds: [] },
  turns: 0
}

const bare = {
  composer: { present: false, enabled: false, name: "", attachControl: false },
  sidebar: { present: false, conversationIds: [] },
  accountControls: []
}

/** Pages of a site in trouble. */
export const pages = {
  login: {
    ...observation,
    ...bare,
    authUrl: true,
    login: { asked: true, status: 401, identified: false, anonymous: true, email: null }
  },
  challenge: { ...observation, ...bare, challenge: { elements: ["frame"], script: true } },
  outage: { ...observation, ...bare, httpStatus: 503 },
  limited: { ...observation, ...bare, httpStatus: 429 },
  strange: { ...observation, ...bare, login: { ...observation.login, identified: true } }
} satisfies Record<string, PageObservation>

export const crash = (): OracleError => oracleError("browser_crashed", "the browser is gone")

export class FakeSite {
  /** Prompts that arrived at the site, as text. */
  readonly sends: Array<string> = []
  readonly uploads: Array<string> = []
  readonly log: Array<Action> = []
  readonly conversations = new Map<string, Conversation>()
  readonly diagnosed: Array<string> = []
  openBrowsers = 0
  mostBrowsers = 0
  opened = 0
  /** How long a complete answer takes. */
  answerMs = 5000
  answer: ExtractedAnswer = { markdown: "# The answer", text: "The answer", alternative: null, files: [] }
  page: PageObservation = observation
  facts: Partial<SiteFacts> = {}
  /** Whether the turns of a conversation can be read. */
  readable = true
  /** Asked before each action with the number of times that it ran before. */
  fault: (action: Action, nth: number) => Fault | undefined = () => undefined
  /** Replaces the outcome of the nth send; the prompt arrives or not as it says. */
  outcome: (nth: number) => { readonly arrives: boolean; readonly outcome: SendOutcome } | undefined = () => undefined
  downloadError: (file: FileCandidate) => OracleError | undefined = () => undefined
  probePart: (nth: number) => Partial<TurnProbe> = () => ({})
  closing: Effect.Effect<void> = Effect.void
  private readonly pages = new Set<Deferred.Deferred<never, OracleError>>()

  /** The page of a site that works. */
  ready(): void {
    this.page = observation
  }

  /** All browsers die. */
  crash(): Effect.Effect<void> {
    return Effect.forEach([...this.pages], (lost) => Deferred.fail(lost, crash()), { discard: true })
  }

  private count(action: Action): number {
    return this.log.filter((one) => one === action).length
  }

  private step<A>(action: Action, lost: Deferred.Deferred<never, OracleError>, run: Effect.Effect<A, OracleError>) {
    return Effect.suspend(() => {
      const nth = this.count(action)
      this.log.push(action)
      const fault = this.fault(action, nth)
      return Effect.flatMap(
        Deferred.isDone(lost),
        (gone) => gone ? Effect.fail(crash()) : fault === undefined ? run : Effect.andThen(fault, run)
      )
    })
  }

  private makePage(lost: Deferred.Deferred<never, OracleError>, onSend: (sha256: string) => void): ChatPage {
    let at: Target = { _tag: "NewChat" }
    let draft = ""
    let attached: ReadonlyArray<string> = []
    const step = <A>(action: Action, run: Effect.Effect<A, OracleError>) => this.step(action, lost, run)
    const here = () => (at._tag === "Conversation" ? this.conversations.get(at.url) : undefined)
    const threadOf = (conversation: Conversation | undefined) =>
      conversation === undefined ? null : { url: conversation.url, conversationId: conversation.id }

    const arrive = (anchor: TurnAnchor, now: number) => {
      this.sends.push(draft)
      this.uploads.push(...attached)
      onSend(anchor.promptSha256)
      const id = `c${this.conversations.size + 1}`
      const conversation = here() ?? { id, url: `https://site.test/c/${id}`, prompts: [] }
      conversation.prompts.push({ sha256: anchor.promptSha256, at: now, continued: 0 })
      this.conversations.set(conversation.url, conversation)
      at = { _tag: "Conversation", url: conversation.url }
      return conversation
    }

    const click = (anchor: TurnAnchor) =>
      Effect.map(Clock.currentTimeMillis, (now): SendOutcome => {
        const scripted = this.outcome(this.count("send") - 1)
        if (scripted !== undefined) {
          if (scripted.arrives) arrive(anchor, now)
          return scripted.outcome
        }
        const conversation = arrive(anchor, now)
        return { _tag: "Confirmed", evidence: "conversation URL", thread: threadOf(conversation), userTurnId: "u1" }
      })

    const read = (anchor: TurnAnchor) =>
      Effect.map(Clock.currentTimeMillis, (now): TurnProbe => {
        const turn = here()?.prompts.findLast((one) => one.sha256 === anchor.promptSha256)
        const elapsed = turn === undefined ? 0 : now - turn.at
        const done = turn !== undefined && elapsed >= this.answerMs
        const chars = turn === undefined ? 0 : Math.floor(Math.min(1, elapsed / this.answerMs) * 100)
        return {
          userTurnFound: turn !== undefined,
          userTurnId: turn === undefined ? null : "u1",
          answerFound: turn !== undefined && elapsed > 0,
          answerTurnId: turn === undefined ? null : "a1",
          generating: turn !== undefined && !done,
          thinking: false,
          finishControls: done,
          chars,
          contentKey: `${chars}`,
          files: this.answer.files.length,
          failed: false,
          continueOffered: false,
          alternatives: this.answer.alternative === null ? 0 : 2,
          url: at._tag === "Conversation" ? at.url : "https://site.test/",
          ...this.probePart(this.count("probe") - 1)
        }
      })

    return {
      goto: (target) => step("goto", Effect.sync(() => void (at = target))),
      observe: step("observe", Effect.sync(() => this.page)),
      reload: step("reload", Effect.void),
      dismissOverlays: Effect.void,
      selectModel: () => step("selectModel", Effect.succeed({ shown: "Pro", changed: true })),
      attach: (files) =>
        step(
          "attach",
          Effect.sync(() => {
            attached = files.map((file) => file.name)
            return { files: attached.map((name) => ({ name, evidence: "chip" })) }
          })
        ),
      compose: (prompt) => step("compose", Effect.sync(() => void (draft = prompt))),
      baseline: step(
        "baseline",
        Effect.sync(() => ({
          conversationIds: [...this.conversations.values()].map((one) => one.id),
          historyRead: true,
          lastTurnId: null,
          turnCount: here()?.prompts.length ?? 0
        }))
      ),
      send: (anchor) => step("send", click(anchor)),
      thread: step("thread", Effect.sync(() => threadOf(here()))),
      findThread: (baseline, sha256) =>
        step(
          "findThread",
          Effect.sync(() => ({
            historyRead: true,
            threads: [...this.conversations.values()].filter((one) =>
              !baseline.conversationIds.includes(one.id) && one.prompts[0]?.sha256 === sha256
            ).map(({ id, url }) => ({ conversationId: id, url }))
          }))
        ),
      holdsPrompt: (sha256) =>
        step(
          "holdsPrompt",
          Effect.sync(() => this.readable ? here()?.prompts.some((one) => one.sha256 === sha256) ?? false : null)
        ),
      probe: (anchor) => step("probe", read(anchor)),
      continueGenerating: () => step("continueGenerating", Effect.void),
      extract: () => step("extract", Effect.sync(() => this.answer)),
      download: ({ file, taken }) =>
        step(
          "download",
          Effect.suspend(() => {
            const error = this.downloadError(file)
            const name = taken.has(file.label) ? `${file.label}-2` : file.label
            const artifact: Artifact = {
              name,
              label: file.label,
              bytes: 3,
              sha256: "a".repeat(64),
              type: "text/plain",
              kind: file.kind,
              key: file.key,
              error: null
            }
            return error === undefined ? Effect.succeed(artifact) : Effect.fail(error)
          })
        ),
      deleteConversation: ({ url }) =>
        step("deleteConversation", Effect.sync(() => void this.conversations.delete(url))),
      diagnose: (directory) => Effect.sync(() => void this.diagnosed.push(directory)),
      saveCookies: Effect.sync(() => void this.log.push("saveCookies")),
      lost: Deferred.await(lost)
    }
  }

  readonly sentBy = new Map<string, number>()

  readonly layer: Layer.Layer<ChatBrowser> = Layer.sync(ChatBrowser, () =>
    ChatBrowser.of({
      site: (name) =>
        Effect.sync(() => ({
          name,
          label: "the site",
          baseUrl: "https://site.test",
          archiveFormat: "tar.zst",
          archiveMaxBytes: 1_000_000,
          promptMaxChars: 1000,
          presets,
          maxFiles: 3,
          temporaryChats: true,
          historyAuthoritative: false,
          maxJobsPerAccount: 5,
          ...this.facts
        })),
      parseThread: (_, __, value) =>
        value.startsWith("https://site.test/c/")
          ? Effect.succeed({ url: value, conversationId: value.slice("https://site.test/c/".length) })
          : Effect.fail(oracleError("invalid_option", `${value} is not a conversation`)),
      executable: () => Effect.succeed({ path: "/usr/bin/browser", source: "test" }),
      open: ({ onBrowser }) =>
        Effect.gen({ self: this }, function*() {
          const lost = yield* Deferred.make<never, OracleError>()
          const process: ProcessRecord = { pid: 5000 + this.opened, startTime: "1", bootId: "b", nonce: null }
          yield* this.step("open", lost, Effect.void)
          yield* Effect.acquireRelease(
            Effect.sync(() => {
              this.opened += 1
              this.openBrowsers += 1
              this.mostBrowsers = Math.max(this.mostBrowsers, this.openBrowsers)
              this.pages.add(lost)
            }),
            () =>
              Effect.andThen(
                this.closing,
                Effect.sync(() => {
                  this.openBrowsers -= 1
                  this.pages.delete(lost)
                })
              )
          )
          yield* onBrowser(process)
          return this.makePage(lost, (sha256) => this.sentBy.set(sha256, (this.sentBy.get(sha256) ?? 0) + 1))
        })
    }))
}
