import { assert, describe, it } from "vitest"
import { ask, composer, finishBar, hurried, sendButton, visits } from "./support/visits.ts"

describe("what an earlier visit or another part of the product left", () => {
  const here = visits(hurried)
  const { visit } = here

  it("shows the thinking in a panel, which stays when the answer is there", async () => {
    here.site.admin.setScenario("thinking-panel", { behaviour: { thinkingMs: 600 } })
    await visit(async (page) => {
      await ask(page, "Think aside")
      const panel = page.getByRole("complementary", { name: "Activity" })
      await panel.locator(".loading-shimmer").waitFor()
      assert.strictEqual(await page.locator("[data-turn=assistant] .loading-shimmer").count(), 0)
      await finishBar(page).waitFor()
      assert.include(await panel.innerText(), "Thought for")
      assert.strictEqual(await panel.locator(".loading-shimmer").count(), 0)
    })
  })

  it("brings a draft back with its file, and sends what then stands there", async () => {
    here.site.admin.setScenario("stale-draft")
    await visit(async (page) => {
      await page.getByRole("group", { name: "old-notes.txt" }).waitFor()
      assert.include(await composer(page).innerText(), "an old draft")
      await sendButton(page).click()
      const [send] = await here.site.admin.waitFor("send", { timeoutMs: 5_000 })
      assert.strictEqual(send?.detail["prompt"], "an old draft\nof two lines")
      assert.deepStrictEqual(send?.detail["attachmentNames"], ["old-notes.txt"])
    })
  })

  it("holds the pill of a tool inside the text, which is no part of the message", async () => {
    here.site.admin.setScenario("search-pill")
    await visit(async (page) => {
      await page.locator("#prompt-textarea [data-inline-selection-pill][data-id=search]").waitFor()
      await ask(page, "With a pill")
      const [send] = await here.site.admin.waitFor("send", { timeoutMs: 5_000 })
      assert.strictEqual(send?.detail["prompt"], "With a pill")
    })
  })

  it("gives threads of a project an address that names it, and opens them by either address", async () => {
    here.site.admin.setScenario("project-threads")
    await visit(async (page) => {
      await ask(page, "In a project")
      await finishBar(page).waitFor()
      assert.match(new URL(page.url()).pathname, /^\/g\/g-p-[a-z0-9-]+\/c\/[0-9a-f-]{36}$/)
      await page.reload()
      await finishBar(page).waitFor()
      await page.goto(here.site.url + (/\/c\/.*/.exec(page.url())?.[0] ?? ""))
      await finishBar(page).waitFor()
      assert.include(page.url(), "/g/g-p-")
    })
  })

  it("refuses every page where the cookies are too large", async () => {
    here.site.admin.setScenario("cookies-too-large")
    await visit(async (page) => {
      assert.include(await page.locator("body").innerText(), "431")
    })
  })

  it("refuses an upload with the dialog about too many requests", async () => {
    here.site.admin.setScenario("rate-limit-on-upload")
    await visit(async (page) => {
      await page.locator("form input[type=file]:not([accept])").setInputFiles({
        name: "a.txt",
        mimeType: "text/plain",
        buffer: Buffer.from("a")
      })
      await page.getByRole("dialog", { name: "Too many requests" }).waitFor()
      assert.isTrue(await sendButton(page).isDisabled())
    })
  })

  it("offers all files of an answer at once beside its other actions", async () => {
    here.site.admin.setScenario("files")
    await visit(async (page) => {
      await ask(page, "Files, please")
      await finishBar(page).waitFor()
      assert.strictEqual(await page.getByTestId("download-files-turn-action-button").count(), 1)
    })
  })
})
