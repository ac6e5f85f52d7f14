/** A page of the simulated site, as the driver sees it. */
import { Deferred, Effect } from "effect"
import { type OracleError, oracleError } from "../../../src/error/OracleError.ts"
import type { TurnAnchor, TurnProbe } from "../../../src/page/TurnProbe.ts"
import type { ChatPage, ExtractedAnswer, FileCandidate } from "../../../src/port/ChatBrowser.ts"
import { FakeSite, pages } from "../../worker/support/FakeSite.ts"
import type { Browser, Machine } from "./Machine.ts"
import type { Act } from "./SimBrowser.ts"
import { clickOf } from "./SimSend.ts"
import type { Conversation, Turn } from "./SimSite.ts"

const readyPage = new FakeSite().page

/** What a page is on; a new chat becomes its conversation with the send. */
export interface PageAt {
  conversation: string | null
  draft: string
}

export const answerText = (turn: Turn): string => `answer to ${turn.job} in ${turn.id}`

export const pageOf = (machine: Machine, browser: Browser, act: Act): ChatPage => {
  const { site, world } = machine
  const at: PageAt = { conversation: null, draft: "" }
  const here = (): Conversation | undefined =>
    at.conversation === null ? undefined : site.conversations.get(at.conversation)
  const threadOf = (conversation: Conversation) => ({ url: conversation.url, conversationId: conversation.id })

  const turnOf = (anchor: TurnAnchor): Turn | undefined => {
    const turns = here()?.turns ?? []
    const byId = turns.find((turn) => turn.id === anchor.userTurnId)
    if (byId !== undefined) return byId
    const from = turns.findIndex((turn) => turn.id === anchor.lastTurnIdBefore) + 1
    return turns.slice(from).find((turn) => turn.sha256 === anchor.promptSha256)
  }

  const signedOut = () => browser.generation < site.sessionGeneration

  const load = (conversation: string | null): Effect.Effect<void, OracleError> => {
    if (world.now < site.outageUntil && machine.prng.chance(0.5)) {
      return Effect.fail(oracleError("outage", "the site does not answer"))
    }
    if (conversation !== null && !site.conversations.has(conversation)) {
      return Effect.fail(oracleError("conversation_mismatch", "there is no such conversation"))
    }
    at.conversation = conversation
    at.draft = ""
    return Effect.void
  }

  const observed = () => {
    if (world.now < site.challengeUntil) return pages.challenge
    if (world.now < site.limitedUntil) return pages.limited
    if (world.now < site.outageUntil) return pages.outage
    return signedOut() ? pages.login : readyPage
  }

  return {
    goto: (target) => act("goto", () => load(target._tag === "NewChat" ? null : target.url.split("/").at(-1) ?? "")),
    observe: act("observe", observed),
    reload: act("reload", () => load(at.conversation)),
    dismissOverlays: Effect.void,
    selectModel: () => act("selectModel", () => ({ shown: "Pro", changed: true })),
    attach: (files) => act("attach", () => ({ files: files.map(({ name }) => ({ name, evidence: "chip" })) })),
    compose: (prompt) =>
      act("compose", () => {
        at.draft = prompt
      }),
    baseline: act("baseline", () => ({
      conversationIds: site.historyReadable() ? site.history().slice(0, 30).map(({ id }) => id) : [],
      historyRead: site.historyReadable(),
      lastTurnId: here()?.turns.at(-1)?.id ?? null,
      turnCount: here()?.turns.length ?? 0
    })),
    send: (anchor) => clickOf(machine, browser, act, at, anchor, signedOut),
    thread: act("thread", () => {
      const conversation = here()
      return conversation === undefined || conversation.namedAt > world.now ? null : threadOf(conversation)
    }),
    findThread: (baseline, sha256) =>
      act("findThread", () => {
        if (!site.historyReadable()) return { threads: [], historyRead: false }
        const found = site.history().filter((one) =>
          !baseline.conversationIds.includes(one.id) && one.turns[0]?.sha256 === sha256
        )
        return { threads: found.map(threadOf), historyRead: true }
      }),
    holdsPrompt: (sha256) => act("holdsPrompt", () => here()?.turns.some((turn) => turn.sha256 === sha256) ?? false),
    probe: (anchor) => act("probe", () => probeOf(turnOf(anchor), world.now, here()?.url)),
    continueGenerating: (anchor) =>
      act("continueGenerating", () => {
        const turn = turnOf(anchor)
        if (turn === undefined || !turn.cut) return
        turn.cut = false
        turn.finishAt = world.now + machine.prng.between(500, 5000)
      }),
    extract: (anchor) => act("extract", () => answerOf(turnOf(anchor), world.now)),
    download: ({ file, taken }) =>
      act("download", () => {
        if (machine.chaos && machine.prng.chance(machine.settings.actionTrouble)) {
          return Effect.fail(oracleError("artifact_failed", "the file cannot be fetched"))
        }
        const name = taken.has(file.label) ? `${file.label}-2` : file.label
        return Effect.succeed({
          name,
          label: file.label,
          bytes: 3,
          sha256: "a".repeat(64),
          type: "text/plain",
          kind: file.kind,
          key: file.key,
          error: null
        })
      }),
    deleteConversation: () => Effect.void,
    diagnose: () => Effect.sleep(10),
    saveCookies: Effect.void,
    lost: Deferred.await(browser.lost)
  }
}

const probeOf = (turn: Turn | undefined, now: number, url: string | undefined): TurnProbe => {
  const total = turn === undefined ? 1 : turn.finishAt - turn.acceptedAt
  const part = turn === undefined ? 0 : Math.min(1, (now - turn.acceptedAt) / total)
  const chars = turn === undefined ? 0 : part >= 1 ? answerText(turn).length : Math.floor(part * 20)
  const over = turn !== undefined && part >= 1
  return {
    userTurnFound: turn !== undefined,
    userTurnId: turn?.id ?? null,
    answerFound: part > 0,
    answerTurnId: turn === undefined ? null : `${turn.id}a`,
    generating: turn !== undefined && !over,
    thinking: turn !== undefined && part < 0.3,
    finishControls: over && !turn.failed && !turn.cut,
    chars,
    contentKey: `${chars}`,
    files: over ? turn.files : 0,
    failed: over && turn.failed,
    continueOffered: over && !turn.failed && turn.cut,
    alternatives: 0,
    url: url ?? "https://site.test/"
  }
}

const answerOf = (turn: Turn | undefined, now: number): ExtractedAnswer => {
  const over = turn !== undefined && now >= turn.finishAt && !turn.cut && !turn.failed
  const text = turn === undefined || now === turn.acceptedAt ? "" : over ? answerText(turn) : "so far"
  const files: ReadonlyArray<FileCandidate> = over
    ? Array.from({ length: turn.files }, (_, index) => ({ key: `f${index}`, label: `file${index}`, kind: "file" }))
    : []
  return { markdown: text, text, alternative: null, files }
}
