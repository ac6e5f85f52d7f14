import type { Page } from "playwright-core"
import { assert, describe, it } from "vitest"
import { ask, composer, finishBar, hurried, sendButton, visits } from "./support/visits.ts"

const fileInput = (page: Page) => page.locator("form input[type=file]:not([accept])")

const file = (name: string, bytes = 3) => ({ name, mimeType: "application/zstd", buffer: Buffer.alloc(bytes, 7) })

const chip = (page: Page) => page.getByTestId("composer-attachments").getByRole("group")

describe("a page that resists", () => {
  const here = visits(hurried)
  const { visit } = here

  it.each(
    [
      ["ellipsized-chips", "attachme…tar.zst"],
      ["renamed-chips", "attachments-bundle (1).tar.zst"],
      ["stem-chips", "attachments-bundle"]
    ] as const
  )("shows a file under another name: %s", async (scenario, shown) => {
    here.site.admin.setScenario(scenario)
    await visit(async (page) => {
      await fileInput(page).setInputFiles(file("attachments-bundle.tar.zst"))
      assert.strictEqual(await chip(page).getAttribute("aria-label"), shown)
      await page.getByRole("button", { name: `Remove file 1: ${shown}` }).waitFor()
      await sendButton(page).click()
      const [send] = await here.site.admin.waitFor("send", { timeoutMs: 5_000 })
      assert.deepStrictEqual(send?.detail["attachmentNames"], ["attachments-bundle.tar.zst"])
      await page.locator("[data-turn=user]").getByRole("group", { name: shown }).waitFor()
    })
  })

  it("shows no chip at all and sends the file", async () => {
    here.site.admin.setScenario("no-chips")
    await visit(async (page) => {
      await fileInput(page).setInputFiles(file("unseen.tar.zst"))
      await here.site.admin.waitFor("upload")
      assert.strictEqual(await chip(page).count(), 0)
      await sendButton(page).click()
      const [send] = await here.site.admin.waitFor("send", { timeoutMs: 5_000 })
      assert.deepStrictEqual(send?.detail["attachmentNames"], ["unseen.tar.zst"])
    })
  })

  it("is visible before it listens, and loses a file that came too early", async () => {
    here.site.admin.setScenario("late-hydration", { behaviour: { hydrationMs: 1_200, conversationDelayMs: 800 } })
    await visit(async (page) => {
      await composer(page).fill("Early")
      await fileInput(page).setInputFiles(file("early.tar.zst"))
      assert.isTrue(await sendButton(page).isDisabled())
      await sendButton(page).click()
      const [send] = await here.site.admin.waitFor("send", { timeoutMs: 5_000 })
      assert.strictEqual(send?.detail["prompt"], "Early")
      assert.deepStrictEqual(send?.detail["attachmentNames"], [])
      await finishBar(page).waitFor()
      await page.reload()
      await composer(page).waitFor()
      assert.strictEqual(await page.locator("[data-turn]").count(), 0)
      await finishBar(page).waitFor()
    })
  })

  it("falls silent in the middle of an answer and goes on", async () => {
    here.site.admin.setScenario("stall", { behaviour: { stallMs: 1_200, chunkCharacters: 160 } })
    await visit(async (page) => {
      await ask(page, "Silence")
      const answer = page.locator("[data-message-author-role=assistant]")
      await answer.getByRole("heading", { name: "What arrived" }).waitFor()
      assert.isTrue(await page.getByTestId("stop-button").isVisible())
      const before = await answer.innerText()
      await finishBar(page).waitFor()
      assert.isAbove((await answer.innerText()).length, before.length)
      const [started] = here.site.admin.log("answer-started")
      const [finished] = here.site.admin.log("answer-finished")
      assert.isAtLeast(Date.parse(finished?.at ?? "") - Date.parse(started?.at ?? ""), 1_100)
    })
  })

  it("keeps only the beginning of a long prompt, without a word", async () => {
    here.site.admin.setScenario("truncating-composer")
    await visit(async (page) => {
      await ask(page, "z".repeat(60_000))
      const [send] = await here.site.admin.waitFor("send", { timeoutMs: 5_000 })
      assert.strictEqual(send?.detail["promptCharacters"], 50_000)
    })
  })

  it("asks for feedback in a dialog once the answer is there", async () => {
    here.site.admin.setScenario("feedback-dialog")
    await visit(async (page) => {
      await ask(page, "And then?")
      const dialog = page.getByRole("dialog", { name: "Pro feedback" })
      await dialog.getByRole("button", { name: "Close" }).click()
      assert.strictEqual(await dialog.count(), 0)
      assert.isTrue(await finishBar(page).isVisible())
    })
  })

  it("marks a file that it could not process and cannot be sent with it", async () => {
    here.site.admin.setScenario("processing-failure")
    await visit(async (page) => {
      await composer(page).fill("With a broken file")
      await fileInput(page).setInputFiles(file("broken.tar.zst"))
      await page.getByText("Failed upload to files.oaiusercontent.com").waitFor()
      assert.strictEqual(await chip(page).getAttribute("data-state"), "error")
      assert.isTrue(await sendButton(page).isDisabled())
      assert.strictEqual(here.site.admin.log("upload-failed")[0]?.detail["reason"], "processing")
      await page.getByRole("button", { name: /^Remove file/ }).click()
      assert.isTrue(await sendButton(page).isEnabled())
    })
  })

  it("says that a file is too large", async () => {
    here.site.admin.setScenario("upload-too-large")
    await visit(async (page) => {
      await fileInput(page).setInputFiles(file("big.tar.zst", 1_000_001))
      await page.getByText("big.tar.zst is too large. The maximum size is 512 MB.").waitFor()
      assert.strictEqual(here.site.admin.log("upload-failed")[0]?.detail["reason"], "too_large")
      assert.isTrue(await sendButton(page).isDisabled())
    })
  })
})
