/** The one click: everything that may happen between it and the proof that the prompt arrived. */
import { Effect } from "effect"
import type { OracleError } from "../../../src/error/OracleError.ts"
import type { TurnAnchor } from "../../../src/page/TurnProbe.ts"
import type { SendOutcome } from "../../../src/port/ChatBrowser.ts"
import { conversationKey } from "../../../src/queue/Admission.ts"
import { type Browser, lostBrowser, type Machine, type SendTrouble, sendTroubles } from "./Machine.ts"
import type { Act } from "./SimBrowser.ts"
import type { PageAt } from "./SimPage.ts"
import { never } from "./World.ts"

const unproven = (evidence: string): SendOutcome => ({ _tag: "Unproven", evidence })

export const clickOf = (
  machine: Machine,
  browser: Browser,
  act: Act,
  at: PageAt,
  anchor: TurnAnchor,
  signedOut: () => boolean
): Effect.Effect<SendOutcome, OracleError> =>
  act("send", (): SendOutcome | Effect.Effect<SendOutcome, OracleError> => {
    const { prng, settings, site, world } = machine
    const { job } = browser
    if (job === null) throw new Error("a send from a browser of no job")
    if (at.draft === "") return unproven("the composer is empty")
    checkWriter(machine, browser, at.conversation)
    const arrive = () => {
      machine.count("sends", `the prompt of ${job.slice(-4)} arrives`)
      return site.accept(job, anchor.promptSha256, at.conversation)
    }
    if (signedOut()) return { _tag: "Refused", evidence: "status 401", httpStatus: 401 }
    if (world.now < site.limitedUntil) return { _tag: "Refused", evidence: "status 429", httpStatus: 429 }
    if (world.now < site.outageUntil) return { _tag: "Refused", evidence: "status 503", httpStatus: 503 }
    const how: SendTrouble = machine.nextSends.shift() ??
      (machine.chaos && prng.chance(settings.sendTrouble) ? prng.weighted(sendTroubles) : "fine")
    if (how !== "fine") machine.log(`the send of ${job.slice(-4)}: ${how}`)
    switch (how) {
      case "fine": {
        const conversation = arrive()
        at.conversation = conversation.id
        const shown = prng.chance(0.5)
        return {
          _tag: "Confirmed",
          evidence: "the site took it",
          thread: shown ? { url: conversation.url, conversationId: conversation.id } : null,
          userTurnId: prng.chance(0.5) ? conversation.turns.at(-1)?.id ?? null : null
        }
      }
      case "swallowed":
        machine.count("refusals")
        return { _tag: "Refused", evidence: "the draft still stands", httpStatus: null }
      case "refused":
        machine.count("refusals")
        return { _tag: "Refused", evidence: "status", httpStatus: prng.pick([429, 500]) }
      case "lost":
        return unproven("no response")
      case "noResponse":
        machine.count("lostResponses")
        arrive()
        return unproven("no response")
      case "late":
        machine.count("lostResponses")
        world.after(null, prng.between(settings.flightMs[0], settings.flightMs[1]), arrive)
        return unproven("no response")
      case "crash":
        machine.endBrowser(browser)
        return Effect.fail(lostBrowser())
      case "crashAfter":
        machine.count("lostResponses")
        arrive()
        machine.endBrowser(browser)
        return Effect.fail(lostBrowser())
      case "hangs":
        if (prng.chance(0.5)) arrive()
        return never
    }
  })

/** Who writes into a conversation that exists holds its lease. */
const checkWriter = (machine: Machine, browser: Browser, conversation: string | null): void => {
  if (conversation === null) return
  const key = conversationKey("practice", conversation)
  const holder = machine.read(machine.store.leases).find((lease) => lease.kind === "conversation" && lease.key === key)
  if (holder?.job === browser.job) return
  machine.violate("one writer for a conversation", `${browser.job} writes into ${key}, held by ${holder?.job}`)
}
