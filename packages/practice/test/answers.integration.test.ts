import { assert, describe, it } from "vitest"
import { ask, composer, finishBar, hurried, sendButton, visits } from "./support/visits.ts"

describe("answers that come in unusual ways", () => {
  const here = visits(hurried)
  const { visit } = here

  it("shows a preamble, then thinks, then answers", () =>
    visit(async (page) => {
      here.site.admin.setScenario("preamble", { behaviour: { thinkingMs: 500 } })
      await ask(page, "With a preamble")
      await page.getByText("I'll look through the files first").waitFor()
      await page.locator(".loading-shimmer", { hasText: "Thinking" }).waitFor()
      assert.strictEqual(await page.locator("[data-message-author-role=assistant]").count(), 1)
      await finishBar(page).waitFor()
      assert.strictEqual(await page.locator("[data-message-author-role=assistant]").count(), 2)
    }))

  it("flashes the finish bar in the middle of the answer", () =>
    visit(async (page) => {
      here.site.admin.setScenario("flashing-bar")
      await ask(page, "Flash")
      await finishBar(page).waitFor()
      assert.strictEqual(here.site.admin.log("answer-finished").length, 0)
      await finishBar(page).waitFor({ state: "detached" })
      await finishBar(page).waitFor()
      assert.strictEqual(here.site.admin.log("answer-finished").length, 1)
    }))

  it("goes on when told to continue", () =>
    visit(async (page) => {
      here.site.admin.setScenario("continue-generating")
      await ask(page, "Go on and on")
      for (const times of [1, 2]) {
        await here.site.admin.waitFor("answer-paused", { n: times })
        await page.getByRole("button", { name: "Continue generating" }).click()
      }
      await finishBar(page).waitFor()
      assert.strictEqual(here.site.admin.log("continue").length, 2)
    }))

  it("asks which of two answers is better", () =>
    visit(async (page) => {
      here.site.admin.setScenario("two-answers")
      await ask(page, "Twice")
      await page.getByRole("button", { name: "I prefer this response" }).nth(1).waitFor()
      assert.strictEqual(await page.locator("[data-message-author-role=assistant]").count(), 2)
      assert.strictEqual(await finishBar(page).count(), 0)
    }))

  it("shows an answer of a megabyte", () =>
    visit(async (page) => {
      here.site.admin.setScenario("long-answer", { behaviour: { chunkCharacters: 20_000 } })
      await ask(page, "At length")
      await finishBar(page).waitFor()
      const length = await page.locator(".markdown").evaluate((element) => element.textContent.length)
      assert.isAbove(length, 950_000)
    }))

  it("has a stop button for reading aloud on a finished answer", async () => {
    here.site.admin.setScenario("read-aloud")
    await visit(async (page) => {
      await ask(page, "Aloud")
      await finishBar(page).waitFor()
      assert.isTrue(await page.getByRole("button", { name: "Stop reading aloud" }).isVisible())
      assert.strictEqual(await page.getByTestId("stop-button").count(), 0)
    })
  })

  it("stops an answer when a hand presses stop and keeps what is there", () =>
    visit(async (page) => {
      here.site.admin.setScenario("slow", { behaviour: { thinkingMs: 50, tokenDelayMs: 60, chunkCharacters: 24 } })
      await ask(page, "Stop me")
      await page.locator("[data-message-author-role=assistant] h1").waitFor()
      await page.getByTestId("stop-button").click()
      await finishBar(page).waitFor()
      const [finished] = here.site.admin.log("answer-finished")
      assert.strictEqual(finished?.detail["outcome"], "stopped")
    }))

  it("puts a dialog in front while the answer goes on behind it", () =>
    visit(async (page) => {
      here.site.admin.setScenario("rate-limit-after-send")
      await ask(page, "Too fast")
      await page.getByRole("dialog", { name: "Too many requests" }).getByRole("button", { name: "Got it" }).click()
      await here.site.admin.waitFor("answer-finished")
      assert.strictEqual(await finishBar(page).count(), 0)
      here.site.admin.setScenario("fast")
      await page.reload()
      await finishBar(page).waitFor()
    }))

  it("swallows the first click on send and keeps the draft", async () => {
    here.site.admin.setScenario("swallowed-click")
    await visit(async (page) => {
      await ask(page, "Twice to send")
      assert.strictEqual(await composer(page).innerText(), "Twice to send")
      await sendButton(page).click()
      await finishBar(page).waitFor()
      assert.strictEqual(here.site.admin.log("send").length, 1)
    })
  })

  it("moves the slider by arrow keys", async () => {
    here.site.admin.setScenario("slider-picker")
    await visit(async (page) => {
      await page.locator(".__composer-pill").click()
      await page.getByRole("menuitem", { name: "Power" }).focus()
      await page.keyboard.press("ArrowRight")
      await page.getByText("High, 3 of 5.").waitFor()
      await page.keyboard.press("Escape")
      await page.locator(".__composer-pill", { hasText: "High" }).waitFor()
      await ask(page, "Slide")
      const [send] = await here.site.admin.waitFor("send")
      assert.deepStrictEqual(send?.detail["selection"], {
        version: "latest",
        family: "Thinking",
        effort: "extended",
        tier: "High",
        autoSwitch: false
      })
    })
  })

  it("keeps a prompt of 400,000 characters and refuses a longer one", () =>
    visit(async (page) => {
      const prompt = Array.from({ length: 8_000 }, (_, index) => `${index} `.padEnd(49, "x")).join("\n")
      await ask(page, prompt)
      await finishBar(page).waitFor()
      assert.strictEqual(here.site.admin.log("send")[0]?.detail["prompt"], prompt)
      await ask(page, `${prompt}\n${"y".repeat(100)}`)
      await page.getByText("The message you submitted was too long").waitFor()
    }))
})
