/**
 * Records the fixtures of the classifier in a real browser: the hand-written pages and the scenarios of the practice
 * site. `node --conditions=oracle-source packages/browser/test/recorded/record.ts [name]`; look at what git says changed.
 */
import { classify } from "@effect-oracle/core/page/PageClassifier"
import type { PageStateName } from "@effect-oracle/core/page/PageState"
import { Effect } from "effect"
import { stateOf, visit } from "../drive/practice.ts"
import { blockedPages } from "./blocked.ts"
import { readyPages } from "./ready.ts"
import { write } from "./Recording.ts"
import { visitor } from "./visit.ts"

const only = process.argv[2] ?? ""

const scenarios: ReadonlyArray<readonly [scenario: string, state: PageStateName]> = [
  ["fast", "authenticated_and_ready"],
  ["drift", "authenticated_and_ready"],
  ["anonymous-me", "authenticated_and_ready"],
  ["announcement", "authenticated_and_ready"],
  ["consent-banner", "authenticated_and_ready"],
  ["menu-traps", "authenticated_and_ready"],
  ["work-mode", "authenticated_and_ready"],
  ["locale-ja", "authenticated_and_ready"],
  ["logout", "login_required"],
  ["account-chooser", "login_required"],
  ["challenge", "challenge_blocking"],
  ["account-blocked", "challenge_blocking"],
  ["rate-limit", "rate_limited"],
  ["usage-limit", "usage_limit_reached"],
  ["outage", "transient_outage_error"],
  ["outage-document", "transient_outage_error"]
]

let wrong = 0
const judge = (name: string, wanted: PageStateName, got: { readonly name: string }) => {
  if (got.name === wanted) return
  wrong += 1
  process.stderr.write(`${name}: wanted ${wanted}, got ${JSON.stringify(got)}\n`)
}

const pages = Effect.gen(function*() {
  const read = yield* visitor
  for (const written of [...readyPages, ...blockedPages].filter(({ name }) => name.includes(only))) {
    const observation = yield* read(written)
    const expected = classify(observation)
    judge(written.name, written.state, expected)
    write(written.name, { source: "written", expected, observation })
  }
})

const practice = Effect.forEach(
  scenarios.filter(([scenario]) => `practice-${scenario}`.includes(only)),
  ([scenario, state]) =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page, url } = yield* visit(scenario)
      if (scenario === "logout") {
        admin.revokeSessions()
        yield* page.reload
      }
      yield* stateOf(page, [state])
      const seen = yield* page.observe
      const observation = { ...seen, url: seen.url.replace(url, "https://chatgpt.com"), ageMs: 10_000 }
      const expected = classify(observation)
      judge(scenario, state, expected)
      write(`practice-${scenario}`, { source: `practice site, scenario ${scenario}`, expected, observation })
    })),
  { discard: true }
)

await Effect.runPromise(Effect.scoped(Effect.andThen(pages, practice)))
process.exitCode = wrong > 0 ? 1 : 0
