import type { Page } from "playwright-core"
import { assert, describe, it } from "vitest"
import { ask, composer, finishBar, hurried, sendButton, visits } from "./support/visits.ts"

const options = (page: Page) => page.getByTestId("conversation-options-button")

describe("what stands around a conversation", () => {
  const here = visits(hurried)
  const { visit } = here

  const sent = async (n = 1) => (await here.site.admin.waitFor("send", { n, timeoutMs: 5_000 }))[n - 1]?.detail

  it("asks which known account it is, and then lets the session count", async () => {
    here.site.admin.setScenario("account-chooser")
    await visit(async (page) => {
      const dialog = page.getByRole("dialog", { name: "Welcome back" })
      assert.strictEqual(await page.getByTestId("accounts-profile-button").count(), 0)
      await dialog.getByRole("button", { name: here.site.user.email }).click()
      await page.getByTestId("accounts-profile-button").waitFor()
      assert.deepStrictEqual(here.site.admin.log("account-chosen").map(({ detail }) => detail["email"]), [
        here.site.user.email
      ])
    })
  })

  it("shows nothing but the lock of an account that is locked for its safety", async () => {
    here.site.admin.setScenario("account-blocked")
    await visit(async (page) => {
      await page.getByRole("heading", { name: "Suspicious activity detected" }).waitFor()
      await page.getByText("Secure your account to regain access").waitFor()
      assert.strictEqual(await page.getByRole("textbox").count(), 0)
    })
  })

  it("covers the composer with a banner about cookies until somebody decides", async () => {
    here.site.admin.setScenario("consent-banner")
    await visit(async (page) => {
      await composer(page).fill("Covered")
      const covered = await sendButton(page).evaluate((button) => {
        const box = button.getBoundingClientRect()
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
        return top?.closest("[data-testid=cookie-banner]") !== null
      })
      assert.isTrue(covered)
      await page.getByRole("button", { name: "Reject non-essential" }).click()
      await sendButton(page).click()
      await finishBar(page).waitFor()
      assert.deepStrictEqual(here.site.admin.log("consent").map(({ detail }) => detail["allow"]), [false])
      await page.reload()
      await finishBar(page).waitFor()
      assert.strictEqual(await page.getByTestId("cookie-banner").count(), 0)
    })
  })

  it("goes to Work by its radio, where no address lasts and the history says so", async () => {
    here.site.admin.setScenario("work-mode")
    await visit(async (page) => {
      const work = page.getByRole("radio", { name: "Work" })
      assert.strictEqual(await work.getAttribute("aria-checked"), "false")
      await work.click()
      assert.strictEqual(await work.getAttribute("data-state"), "on")
      await page.locator("[data-placeholder='Work on anything']").waitFor()
      await ask(page, "Work on this")
      await finishBar(page).waitFor()
      assert.match(new URL(page.url()).pathname, /^\/c\/WEB:/)
      assert.strictEqual((await sent())?.["mode"], "work")
      const item = page.getByTestId("history-item-0")
      assert.strictEqual(await item.getAttribute("aria-label"), "Work on this, Work")
      assert.strictEqual(await item.locator("span.shrink-0").innerText(), "Work")
    })
  })

  it("goes to Work from the rim of \"+\" and opens the menu from its middle", async () => {
    here.site.admin.setScenario("work-mode")
    await visit(async (page) => {
      const plus = page.getByTestId("composer-plus-btn")
      await plus.click()
      await page.getByRole("menuitem", { name: "Add photos & files" }).waitFor()
      await page.keyboard.press("Escape")
      const box = await plus.boundingBox()
      await page.mouse.click((box?.x ?? 0) - 4, (box?.y ?? 0) + 4)
      await page.waitForURL("**/work")
      assert.strictEqual((await here.site.admin.waitFor("mode"))[0]?.detail["by"], "plus")
      await page.getByRole("radio", { name: "Chat" }).click()
      await page.waitForURL(`${here.site.url}/`)
    })
  })

  it("turns a long pasted text into a file", async () => {
    here.site.admin.setScenario("paste-becomes-file")
    await visit(
      async (page) => {
        await composer(page).click()
        await page.keyboard.insertText("a short one, ")
        await page.keyboard.insertText("x".repeat(6_000))
        await page.getByRole("group", { name: "Pasted text.txt" }).waitFor()
        assert.strictEqual(await composer(page).innerText(), "a short one, ")
        await page.evaluate(() => navigator.clipboard.writeText("y\n".repeat(3_000)))
        await composer(page).press("ControlOrMeta+V")
        await page.getByRole("group", { name: "Pasted text.txt" }).nth(1).waitFor()
        await sendButton(page).click()
        assert.deepStrictEqual((await sent())?.["attachmentNames"], ["Pasted text.txt", "Pasted text.txt"])
      },
      "/",
      { permissions: ["clipboard-read", "clipboard-write"] }
    )
  })

  it("keeps a temporary chat out of the history and without an address", () =>
    visit(async (page) => {
      await page.getByTestId("temporary-chat-label").waitFor()
      await ask(page, "Forget this")
      await finishBar(page).waitFor()
      assert.strictEqual(new URL(page.url()).search, "?temporary-chat=true")
      await ask(page, "And this")
      const second = await sent(2)
      assert.strictEqual(second?.["temporary"], true)
      assert.strictEqual(second?.["conversationId"], (await sent())?.["conversationId"])
      assert.strictEqual(await page.locator("nav").getByText("Forget this").count(), 0)
      await page.goto(`${here.site.url}/c/${String(second?.["conversationId"])}`)
      await page.getByText("Unable to load conversation").waitFor()
    }, "/?temporary-chat=true"))

  it("archives a conversation through the header, after asking, and brings it back", () => {
    const id = here.site.admin.addConversation("Old matters", [["Why?", "Because."]])
    return visit(async (page) => {
      const item = page.locator(`nav a[href='/c/${id}']`)
      await item.waitFor()
      await options(page).click()
      await page.getByRole("menuitem", { name: "Archive", exact: true }).click()
      const dialog = page.getByRole("dialog", { name: "Archive?" })
      await dialog.getByRole("button", { name: "Cancel" }).click()
      assert.strictEqual(here.site.admin.log("archive").length, 0)
      await options(page).click()
      await page.getByRole("menuitem", { name: "Archive", exact: true }).click()
      await dialog.getByRole("button", { name: "Archive" }).click()
      await page.getByText("Chat archived").waitFor()
      await item.waitFor({ state: "detached" })
      await page.waitForURL(`${here.site.url}/`)
      assert.isTrue(here.site.admin.conversation(id)?.archived)
      await page.goto(`${here.site.url}/c/${id}`)
      await options(page).click()
      await page.getByRole("menuitem", { name: "Unarchive" }).click()
      await item.waitFor()
      assert.isFalse(here.site.admin.conversation(id)?.archived)
    }, `/c/${id}`)
  })

  it("deletes a conversation through the header, after asking", () => {
    const id = here.site.admin.addConversation("Gone soon", [["Why?", "Because."]])
    return visit(async (page) => {
      await options(page).click()
      await page.getByTestId("delete-chat-menu-item").click()
      await page.getByTestId("delete-conversation-confirm-button").click()
      await page.locator(`nav a[href='/c/${id}']`).waitFor({ state: "detached" })
      assert.strictEqual((await here.site.admin.waitFor("delete"))[0]?.detail["conversationId"], id)
      assert.isUndefined(here.site.admin.conversation(id))
      await page.waitForURL(`${here.site.url}/`)
      assert.isFalse(await options(page).isVisible())
    }, `/c/${id}`)
  })

  it("deletes the conversation of a line in the history and leaves the open one alone", () => {
    const open = here.site.admin.addConversation("Stays open", [["Why?", "Because."]])
    const other = here.site.admin.addConversation("Goes", [["Why?", "Because."]])
    return visit(async (page) => {
      await page.locator(`nav a[href='/c/${other}']`).hover()
      await page.getByRole("button", { name: "Open conversation options: Goes" }).click()
      await page.getByTestId("delete-chat-menu-item").click()
      await page.getByTestId("delete-conversation-confirm-button").click()
      await here.site.admin.waitFor("delete")
      assert.isUndefined(here.site.admin.conversation(other))
      assert.strictEqual(new URL(page.url()).pathname, `/c/${open}`)
      assert.isTrue(await options(page).isVisible())
    }, `/c/${open}`)
  })
})
