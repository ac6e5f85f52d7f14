/** The extension as a person sees it: the real pi in a terminal. Skipped, and counted, where there is no tmux. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { has } from "./support/Sandbox.ts"
import { Tui } from "./support/Tui.ts"
import { say, World } from "./support/World.ts"

const here = has("tmux")
let world: World

beforeAll(async () => {
  if (!here) return
  world = await World.start()
  await world.signIn()
})
afterAll(() => here ? world.close() : undefined)

const count = (screen: string, text: string) => screen.split(text).length - 1

describe("pi in a terminal", () => {
  it.skipIf(!here)(
    "asks the person before anything leaves, shows the job while it runs, and reminds once, also after a reload",
    { timeout: 120_000 },
    async () => {
      const { sandbox, site } = world
      site.admin.setScenario("slow", { promptIncludes: "for a while", behaviour: { thinkingMs: 6000 } })
      const tui = new Tui(sandbox)
      try {
        await tui.until(/mock-model/)
        await tui.enter(say("oracle_submit", { prompt: "not this one", files: ["src"], preset: "current" }))
        const asked = await tui.until(/Send this to practice, account default\?[^]*Yes/)
        assert.include(asked, "largest: src/main.ts (25 B)")
        tui.press("Escape")
        await tui.until(/submission_declined: nothing was sent/)
        assert.strictEqual(world.sends("not this one"), 0)
        await tui.enter(say("oracle_submit", { prompt: "think for a while", files: ["src"], preset: "current" }))
        await tui.until(/Send this to/)
        tui.press("Enter")
        await tui.until(/oracle: 1 job runs/)
        const running = await tui.until(/started [0-9a-f-]{36} on practice[^]*\n +done/)
        assert.match(running, /oracle submit · “think for a while” · src/)
        assert.match(running, /oracle · practice [0-9a-f]{12} · .* · \d+s/)
        tui.type("half a thought")
        await tui.until(/has ended: complete/)
        const woken = await tui.until(/oracle read · [0-9a-f-]{36}\s+\S+: complete, [\d,]+ characters[^]*\n +done/)
        assert.strictEqual(count(woken, "has ended: complete"), 1)
        assert.notInclude(woken, "oracle: 1 job runs")
        assert.notInclude(woken, "untrusted")
        assert.include(woken, "half a thought")
        tui.press("C-o")
        await tui.until(/answer [0-9a-f]{12}>>>/)
        tui.press("C-o")
        for (let key = 0; key < "half a thought".length; key++) tui.press("BSpace")
        await tui.enter("/reload")
        await tui.until(/Reloaded/)
        await tui.enter("/oracle-status")
        await tui.until(/\(this session\) +complete/)
        assert.strictEqual(count(tui.screen(), "has ended: complete"), 1)
      } finally {
        tui.close()
      }
    }
  )
})
