import { assert, describe, it } from "vitest"
import { archiveOf } from "./support/client.ts"
import { ask, composer, finishBar, hurried, sendButton, visits } from "./support/visits.ts"

describe("the page in a real browser", () => {
  const here = visits(hurried)
  const { visit } = here

  it("signs a visitor in by form and out again", async () => {
    const page = await here.browser.newPage()
    await page.goto(here.site.url)
    await composer(page).waitFor()
    await page.getByTestId("login-button").click()
    await page.getByLabel("Email address").fill(here.site.user.email)
    await page.getByLabel("Password").fill(here.site.user.password)
    await page.getByRole("button", { name: "Log in" }).click()
    await page.getByRole("button", { name: "Open profile menu" }).click()
    await page.getByRole("menuitem", { name: "Log out" }).click()
    await page.getByText("Sign up for free").waitFor()
    assert.deepStrictEqual(here.site.admin.log("sign-out").map((event) => event.detail["email"]), [
      here.site.user.email
    ])
    await page.close()
  })

  it("takes an archive and a prompt and proves both in the answer", () =>
    visit(async (page) => {
      const prompt = "First line\n\n  indented  line\tand tab\n$& `code` <b>"
      const bytes = await archiveOf({ "README.md": "# Seen\n" }, "zst")
      await composer(page).click()
      await page.keyboard.insertText(prompt)
      await page.getByRole("button", { name: "Add files and more" }).click()
      const chooser = page.waitForEvent("filechooser")
      await page.getByRole("menuitem", { name: "Add photos & files" }).click()
      await (await chooser).setFiles({ name: "context.tar.zst", mimeType: "application/zstd", buffer: bytes })
      await page.locator("[role=group][aria-label='context.tar.zst'][data-state=ready]").waitFor()
      await sendButton(page).click()
      await finishBar(page).waitFor()
      const [upload] = here.site.admin.log("upload")
      const [send] = here.site.admin.log("send")
      assert.strictEqual(send?.detail["prompt"], prompt)
      const answer = await page.locator("[data-message-author-role=assistant] .markdown").innerText()
      assert.include(answer, String(upload?.detail["sha256"]))
      assert.include(answer, String(send?.detail["promptSha256"]))
      assert.strictEqual(new URL(page.url()).pathname, `/c/${String(send?.detail["conversationId"])}`)
      assert.strictEqual(
        await page.locator("[data-testid=conversation-turn-1] .whitespace-pre-wrap").textContent(),
        prompt
      )
      assert.strictEqual(await page.getByTestId("history-item-0").getAttribute("aria-current"), "page")
    }))

  it("copies the answer as its Markdown source", () =>
    visit(
      async (page) => {
        await ask(page, "Copy me")
        await finishBar(page).waitFor()
        await page.getByRole("group", { name: "Response actions" }).getByRole("button", { name: "Copy" }).click()
        await here.site.admin.waitFor("copy")
        const [send] = here.site.admin.log("send")
        const source = here.site.admin.conversation(String(send?.detail["conversationId"]))?.turns[0]?.answers[0]
        assert.strictEqual(await page.evaluate(() => navigator.clipboard.readText()), source)
      },
      "/",
      { permissions: ["clipboard-read", "clipboard-write"] }
    ))

  it("withholds the durable address and shows a transient one meanwhile", () =>
    visit(async (page) => {
      here.site.admin.setScenario("late-url", { behaviour: { urlDelayMs: 1_000 } })
      await ask(page, "Where am I?")
      await page.waitForURL(/\/c\/WEB:/)
      await page.waitForURL(/\/c\/[0-9a-f]{8}-/)
      assert.isTrue(page.url().endsWith(String(here.site.admin.log("send")[0]?.detail["conversationId"])))
    }))

  it("streams to whoever opens the conversation while it is being answered", async () => {
    here.site.admin.setScenario("fast", { behaviour: { thinkingMs: 2_000 } })
    await visit(async (page) => {
      await ask(page, "Go on")
      await page.waitForURL(/\/c\/[0-9a-f]{8}-/)
    })
    const [send] = await here.site.admin.waitFor("send")
    await visit(async (page) => {
      await page.locator(".loading-shimmer").waitFor()
      assert.isTrue(await page.getByTestId("stop-button").isVisible())
      await finishBar(page).waitFor()
      assert.isTrue(await page.getByRole("button", { name: /^Thought for/ }).isVisible())
    }, `/c/${String(send?.detail["conversationId"])}`)
  })

  it("ignores clicks that no hand made", () =>
    visit(async (page) => {
      await composer(page).fill("Synthetic")
      await sendButton(page).evaluate((element: HTMLElement) => element.click())
      await page.locator("#composer-plus-btn").evaluate((element: HTMLElement) => element.click())
      assert.strictEqual(await page.getByRole("menu").count(), 0)
      await sendButton(page).click()
      await finishBar(page).waitFor()
      assert.strictEqual(here.site.admin.log("send").length, 1)
    }))

  it("sends the chosen tier with the message and remembers it", () =>
    visit(async (page) => {
      await page.locator(".__composer-pill").click()
      await page.getByTestId("composer-intelligence-pro-thinking-effort-trigger").click()
      await page.getByRole("menuitemradio", { name: "Pro Extended" }).click()
      await page.locator(".__composer-pill", { hasText: "Pro" }).waitFor()
      await ask(page, "Think hard")
      const [send] = await here.site.admin.waitFor("send")
      assert.deepStrictEqual(send?.detail["selection"], {
        version: "latest",
        family: "Pro",
        effort: "extended",
        tier: "Pro",
        autoSwitch: false
      })
      assert.strictEqual(send?.detail["model"], "gpt-5-5-pro")
      assert.strictEqual(here.site.admin.log("model-default").length, 1)
    }))

  it("gives a refused draft back", () =>
    visit(async (page) => {
      here.site.admin.setScenario("send-refused-once")
      await ask(page, "Again\nand again")
      await page.getByTestId("toast").waitFor()
      assert.strictEqual(await page.locator("[data-message-author-role]").count(), 0)
      assert.strictEqual(await page.locator("#prompt-textarea p").count(), 2)
      assert.strictEqual(new URL(page.url()).pathname, "/")
      await sendButton(page).click()
      await finishBar(page).waitFor()
    }))

  it("marks a failed upload and takes it again", () =>
    visit(async (page) => {
      here.site.admin.setScenario("upload-failure-once")
      await page.locator("#upload-files").setInputFiles({
        name: "a.txt",
        mimeType: "text/plain",
        buffer: Buffer.from("a")
      })
      await page.getByText("Failed upload to files.oaiusercontent.com").waitFor()
      await composer(page).fill("With a file")
      assert.isTrue(await sendButton(page).isDisabled())
      await page.getByRole("button", { name: "Retry upload" }).click()
      await sendButton(page).click()
      const [send] = await here.site.admin.waitFor("send")
      assert.deepStrictEqual(send?.detail["attachmentNames"], ["a.txt"])
    }))

  it("shows a failed turn with Retry inside it", () =>
    visit(async (page) => {
      here.site.admin.setScenario("failed-turn-once")
      await ask(page, "Fail")
      const turn = page.locator("[data-turn=assistant]")
      await turn.getByText("Something went wrong while generating the response").waitFor()
      await turn.getByRole("button", { name: "Retry" }).click()
      await finishBar(page).waitFor()
      assert.strictEqual(here.site.admin.log("retry").length, 1)
    }))

  it("keeps roles and loses ids and test ids after a drift", async () => {
    here.site.admin.setScenario("drift")
    await visit(async (page) => {
      await page.getByRole("textbox", { name: "Ask ChatGPT" }).click()
      await page.keyboard.insertText("Drifted")
      await page.getByRole("button", { name: "Send message" }).click()
      await page.getByRole("button", { name: "Helpful", exact: true }).waitFor()
      assert.strictEqual(await page.locator("[data-testid]:not(.markdown *)").count(), 0)
      assert.strictEqual(await page.locator("[data-message-author-role=assistant]").count(), 1)
    })
  })

  it("shows only the newest turns of a huge conversation and older ones on demand", async () => {
    here.site.admin.setScenario("huge-conversation")
    await visit(async (page) => {
      await page.getByText("A talk of 2000 turns").click()
      await page.getByTestId("conversation-turn-2000").waitFor()
      assert.strictEqual(await page.locator("[data-turn]").count(), 40)
      await page.getByTestId("chat-thread").evaluate((element) => {
        element.scrollTop = 0
      })
      await page.getByTestId("conversation-turn-1921").waitFor({ state: "attached" })
    })
  })

  it("downloads a file that an answer offers", () =>
    visit(async (page) => {
      await ask(page, "practice:files")
      const download = page.waitForEvent("download")
      await page.getByRole("button", { name: "Download the file" }).click()
      assert.strictEqual((await download).suggestedFilename(), "sales_summary.xlsx")
    }))

  it("shows a picture as the whole answer", () =>
    visit(async (page) => {
      await ask(page, "practice:image")
      const image = page.getByAltText("Generated image", { exact: false })
      await image.waitFor()
      await finishBar(page).waitFor()
      assert.strictEqual(await image.evaluate((element: HTMLImageElement) => element.naturalWidth), 96)
    }))

  it("says in its own dialogs and notices what is wrong", async () => {
    const expectations = [
      ["rate-limit", "Too many requests"],
      ["usage-limit", "You've hit your plan's limit"],
      ["outage", "Something went wrong"],
      ["announcement", "Introducing a new way to work"],
      ["challenge", "Verify you are human by completing the action below."],
      ["outage-document", "upstream connect error"]
    ] as const
    for (const [scenario, text] of expectations) {
      here.site.admin.setScenario(scenario)
      await visit((page) => page.getByText(text).filter({ visible: true }).last().waitFor())
      assert.strictEqual(here.site.admin.log("scenario").at(-1)?.detail["names"]?.toString(), scenario)
    }
  })

  it("asks to sign in again when the session has died under it", () =>
    visit(async (page) => {
      await composer(page).fill("Too late")
      here.site.admin.setScenario("logout")
      await sendButton(page).click()
      const dialog = page.getByRole("alertdialog", { name: "Your session has expired" })
      await dialog.waitFor()
      assert.strictEqual(here.site.admin.log("send").length, 0)
    }))
})
