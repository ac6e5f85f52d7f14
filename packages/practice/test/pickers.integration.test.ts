import type { ModelSelection } from "@effect-oracle/practice/wire"
import type { Locator, Page } from "playwright-core"
import { assert, describe, it } from "vitest"
import { ask, hurried, visits } from "./support/visits.ts"

const chosen = (change: Partial<ModelSelection>): ModelSelection => ({
  version: "latest",
  family: "Thinking",
  effort: "standard",
  tier: "Medium",
  autoSwitch: false,
  ...change
})

const pill = (page: Page): Locator => page.locator("button.__composer-pill")

const radio = (page: Page, name: string): Locator => page.getByRole("menuitemradio", { name, exact: true })

describe("the model picker in all its forms", () => {
  const here = visits(hurried)
  const { visit } = here

  const lastDefault = async (n: number): Promise<unknown> =>
    (await here.site.admin.waitFor("model-default", { n, timeoutMs: 5_000 })).at(-1)?.detail["selection"]

  const sent = async (page: Page): Promise<Readonly<Record<string, unknown>> | undefined> => {
    await ask(page, "Which model is this?")
    return (await here.site.admin.waitFor("send", { timeoutMs: 5_000 }))[0]?.detail
  }

  it("is a dropdown in the header with test ids and a submenu of old models", async () => {
    here.site.admin.setScenario("picker-header")
    await visit(async (page) => {
      const trigger = page.getByTestId("model-switcher-dropdown-button")
      await trigger.click()
      await page.getByTestId("model-switcher-gpt-5-5-pro").click()
      assert.strictEqual(await trigger.innerText(), "ChatGPT 5.5 Pro")
      await trigger.click()
      await page.getByRole("menuitem", { name: "Legacy models" }).click()
      await page.getByTestId("model-switcher-gpt-5-4-thinking").click()
      const detail = await sent(page)
      assert.deepStrictEqual(detail?.["selection"], chosen({ version: "5.4" }))
      assert.strictEqual(detail?.["model"], "gpt-5-4-thinking")
      assert.strictEqual(await pill(page).count(), 0)
    })
  })

  it("may leave the thinking to the model itself", async () => {
    here.site.admin.setScenario("picker-header")
    await visit(async (page) => {
      await page.getByTestId("model-switcher-dropdown-button").click()
      await page.getByTestId("model-switcher-gpt-5-5").click()
      const detail = await sent(page)
      assert.deepStrictEqual(
        detail?.["selection"],
        chosen({ family: "Instant", effort: "none", tier: "Instant", autoSwitch: true })
      )
      assert.strictEqual(detail?.["model"], "gpt-5-5")
    })
  })

  it("has its versions in a submenu", async () => {
    here.site.admin.setScenario("picker-version-submenu")
    await visit(async (page) => {
      await pill(page).click()
      await page.locator("[role=menuitem][aria-haspopup=menu]", { hasText: "GPT-5.5" }).click()
      await radio(page, "GPT-5.3").click()
      assert.deepStrictEqual(await lastDefault(1), chosen({ version: "5.3" }))
    })
  })

  it("has an effort button in a row, which does not choose the row by itself", async () => {
    here.site.admin.setScenario("picker-row-effort")
    await visit(async (page) => {
      await pill(page).click()
      await page.getByTestId("model-switcher-gpt-5-5-pro-thinking-effort").click()
      const items = page.locator("[data-model-picker-thinking-effort-menu-item=true]")
      assert.deepStrictEqual(await items.allInnerTexts(), ["Standard", "Extended"])
      assert.strictEqual(here.site.admin.log("model-default").length, 0)
      await items.getByText("Extended").click()
      assert.deepStrictEqual(await lastDefault(1), chosen({ family: "Pro", effort: "extended", tier: "Pro" }))
      await pill(page).click()
      await page.getByTestId("model-switcher-gpt-5-5-thinking-thinking-effort").click()
      await items.getByText("Heavy").click()
      assert.deepStrictEqual(await lastDefault(2), chosen({ effort: "heavy", tier: "Extra High" }))
    })
  })

  it("configures model, family and effort in a dialog and shows a chip that is no picker", async () => {
    here.site.admin.setScenario("picker-configure")
    await visit(async (page) => {
      await pill(page).first().click()
      await page.getByTestId("model-configure-modal").click()
      const dialog = page.getByRole("dialog")
      await dialog.locator("[role=combobox][aria-labelledby=model-selection-label]").click()
      assert.deepStrictEqual(await page.getByRole("option").allInnerTexts(), ["5.6 Sol", "5.5", "5.4", "5.3", "5.2"])
      await page.getByRole("option", { name: "5.4" }).click()
      await dialog.getByRole("radio", { name: "Pro Research-grade intelligence" }).click()
      await dialog.getByRole("combobox", { name: "Pro thinking effort" }).click()
      await page.getByRole("option", { name: "Extended" }).click()
      await dialog.getByTestId("close-button").click()
      const detail = await sent(page)
      assert.deepStrictEqual(
        detail?.["selection"],
        chosen({ version: "5.4", family: "Pro", effort: "extended", tier: "Pro" })
      )
      await page.getByRole("button", { name: "Extended Pro, click to remove" }).click()
      assert.deepInclude(await lastDefault(4), { family: "Instant", tier: "Instant" })
      assert.strictEqual(await pill(page).count(), 1)
    })
  })

  it("closes the list of a dialog by the first Escape and the dialog by the second", async () => {
    here.site.admin.setScenario("picker-configure")
    await visit(async (page) => {
      await pill(page).first().click()
      await page.getByTestId("model-configure-modal").click()
      await page.getByRole("combobox", { name: "Model" }).click()
      await page.keyboard.press("Escape")
      assert.strictEqual(await page.getByRole("listbox").count(), 0)
      assert.strictEqual(await page.getByRole("dialog").count(), 1)
      await page.keyboard.press("Escape")
      assert.strictEqual(await page.getByRole("dialog").count(), 0)
    })
  })

  it("is opened by the chip itself, and its dialog has a switch for Instant", async () => {
    here.site.admin.setScenario("picker-chips")
    await visit(async (page) => {
      await page.locator("button.__composer-pill:not([aria-haspopup])", { hasText: "Thinking" }).click()
      await page.getByRole("menuitem", { name: "Configure..." }).click()
      const dialog = page.getByRole("dialog")
      assert.strictEqual(await dialog.getByRole("combobox", { name: "Model" }).innerText(), "Latest")
      await dialog.getByRole("combobox", { name: "Thinking effort" }).click()
      await page.getByRole("option", { name: "Extended" }).click()
      assert.strictEqual(await pill(page).innerText(), "Extended thinking")
      await dialog.getByRole("radio", { name: "Instant For everyday chats" }).click()
      await dialog.getByRole("switch", { name: "Auto-switch to Thinking" }).click()
      assert.deepStrictEqual(
        await lastDefault(3),
        chosen({ family: "Instant", effort: "none", tier: "Instant", autoSwitch: true })
      )
    })
  })

  it("unites a slider with an advanced view whose names and values run together", async () => {
    here.site.admin.setScenario("picker-unified")
    await visit(async (page) => {
      await pill(page).click()
      await page.getByText("Medium, 2 of 5.").waitFor()
      await page.getByRole("menuitem", { name: "Show advanced options" }).click()
      const view = page.getByTestId("composer-model-picker-slider-advanced-view")
      assert.deepStrictEqual(
        await view.getByRole("menuitem").evaluateAll((all) => all.map((item) => item.textContent)),
        [
          "ModelLatest",
          "EffortMedium"
        ]
      )
      const model = view.locator("[role=menuitem][aria-haspopup=menu]").first()
      await model.click()
      const submenu = page.locator(`#${await model.getAttribute("aria-controls") ?? ""}`)
      await submenu.getByRole("menuitemradio", { name: "GPT-5.6 Sol" }).click()
      assert.strictEqual(await pill(page).innerText(), "5.6 Medium")
      await pill(page).click()
      await page.getByRole("menuitem", { name: "Show advanced options" }).click()
      await view.locator("[role=menuitem]").nth(1).click()
      await radio(page, "Pro").click()
      assert.strictEqual(await pill(page).innerText(), "5.6 Pro")
      const detail = await sent(page)
      assert.deepStrictEqual(detail?.["selection"], chosen({ version: "5.6 Sol", family: "Pro", tier: "Pro" }))
      assert.strictEqual(detail?.["model"], "gpt-5-6-sol-pro")
    })
  })

  it("writes the newest model's number before Pro on the pill of the slider", async () => {
    here.site.admin.setScenario("slider-picker")
    await visit(async (page) => {
      await pill(page).click()
      await page.getByRole("menuitem", { name: "Power" }).focus()
      for (const _ of [1, 2, 3]) await page.keyboard.press("ArrowRight")
      assert.strictEqual(await page.getByRole("slider").getAttribute("aria-valuenow"), "4")
      await pill(page).click()
      assert.strictEqual(await pill(page).innerText(), "6 Pro")
      assert.strictEqual(await page.getByRole("menu").count(), 0)
    })
  })

  it("has a menu of thinking effort, into which the slider comes a moment later", async () => {
    here.site.admin.setScenario("picker-power-menu")
    await visit(async (page) => {
      await page.getByRole("button", { name: "Thinking effort" }).click()
      const menu = page.getByRole("menu", { name: "Thinking effort" })
      assert.strictEqual(await menu.getByRole("slider").count(), 0)
      await menu.getByRole("menuitem", { name: "Power" }).focus()
      await page.keyboard.press("ArrowLeft")
      await menu.getByText("Instant, 1 of 5.").waitFor()
      await menu.getByRole("menuitem", { name: "Select model" }).click()
      await radio(page, "GPT-5.5").click()
      assert.deepStrictEqual(
        await lastDefault(2),
        chosen({ version: "5.5", family: "Instant", effort: "none", tier: "Instant" })
      )
    })
  })

  it("has a slider that stays where it is, and one without Pro", async () => {
    here.site.admin.setScenario(["stuck-slider", "pro-unavailable"])
    await visit(async (page) => {
      await pill(page).click()
      assert.strictEqual(await page.getByRole("slider").getAttribute("aria-valuemax"), "3")
      await page.getByRole("menuitem", { name: "Power" }).focus()
      await page.keyboard.press("ArrowRight")
      assert.strictEqual(await page.getByRole("slider").getAttribute("aria-valuenow"), "1")
      assert.strictEqual(here.site.admin.log("model-default").length, 0)
    })
  })

  it("mounts late, fills its menu late, and is another node after a change", async () => {
    here.site.admin.setScenario(["late-picker", "late-menu"], {
      behaviour: { pickerDelayMs: 1_000, pickerMenuMs: 500 }
    })
    await visit(async (page) => {
      await page.getByRole("textbox").waitFor()
      assert.strictEqual(await pill(page).count(), 0)
      await pill(page).click()
      assert.strictEqual(await page.getByRole("menu").count(), 1)
      assert.strictEqual(await page.getByRole("menuitemradio").count(), 0)
      const before = await pill(page).elementHandle()
      await radio(page, "High 15–60s").click()
      await pill(page).filter({ hasText: "High" }).waitFor()
      assert.isFalse(await before?.evaluate((node) => node.isConnected))
    })
  })

  it("keeps the choice for the next visit", async () => {
    await visit(async (page) => {
      await pill(page).click()
      await radio(page, "Extra High 1–3 min").click()
      assert.deepStrictEqual(await lastDefault(1), chosen({ effort: "heavy", tier: "Extra High" }))
    })
    await visit((page) => pill(page).filter({ hasText: "Extra High" }).waitFor())
    here.site.admin.reset()
    await visit((page) => pill(page).filter({ hasText: "Medium" }).waitFor())
  })

  it("locks Pro until its reset, and the notice takes the first Escape", async () => {
    here.site.admin.setScenario("pro-unavailable")
    await visit(async (page) => {
      await pill(page).click()
      const row = page.locator("[role=menuitemradio][aria-disabled=true]", { hasText: "Pro" })
      const notice = page.locator(`#${await row.getAttribute("aria-describedby") ?? ""}[role=tooltip]`)
      assert.include(await notice.textContent(), "available again tomorrow")
      await row.click({ force: true })
      await page.keyboard.press("Escape")
      assert.strictEqual(await page.getByRole("menu").count(), 1)
      await page.keyboard.press("Escape")
      assert.strictEqual(await page.getByRole("menu").count(), 0)
      assert.strictEqual(here.site.admin.log("model-default").length, 0)
    })
  })

  it("stands among menus in the sidebar and the search that only look like it", async () => {
    here.site.admin.setScenario("menu-traps")
    await visit(async (page) => {
      const trap = page.locator("nav [role=menuitemradio]:visible", { hasText: "Pro tips" })
      await trap.click()
      await page.getByRole("button", { name: "Search chats" }).click()
      await page.getByRole("dialog").getByRole("menuitemradio", { name: "High" }).click()
      await page.keyboard.press("Escape")
      await pill(page).click()
      assert.strictEqual(await page.locator("[role=menu]:visible").count(), 2)
      assert.strictEqual(here.site.admin.log("model-default").length, 0)
    })
  })

  it("has no picker and sends with the account's default", async () => {
    here.site.admin.setScenario("no-picker")
    await visit(async (page) => {
      assert.deepStrictEqual((await sent(page))?.["selection"], chosen({}))
      assert.strictEqual(await pill(page).count(), 0)
    })
  })

  it.each(
    [
      ["de", "Mit ChatGPT chatten", "Prompt senden", "Hoch", "Sehr hoch"],
      ["fr", "Discuter avec ChatGPT", "Envoyer l’invite", "Élevé", "Très élevé"],
      ["es", "Chatear con ChatGPT", "Enviar mensaje", "Alto", "Muy alto"],
      ["ja", "ChatGPT とチャットする", "プロンプトを送信する", "高い", "非常に高い"],
      ["zh", "与 ChatGPT 聊天", "发送提示", "高", "极高"],
      ["ko", "ChatGPT와 채팅", "프롬프트 보내기", "높음", "매우 높음"]
    ] as const
  )("speaks %s, where a short level is the end of a longer one", async (locale, composer, send, high, extraHigh) => {
    here.site.admin.setScenario(`locale-${locale}`)
    await visit(async (page) => {
      await pill(page).click()
      await page.getByRole("menuitemradio", { name: new RegExp(`^${extraHigh} `) }).click()
      assert.deepStrictEqual(await lastDefault(1), chosen({ effort: "heavy", tier: "Extra High" }))
      assert.strictEqual(await pill(page).innerText(), extraHigh)
      assert.isTrue(extraHigh.toLowerCase().endsWith(high.toLowerCase()))
      await page.getByRole("textbox", { name: composer }).fill("?")
      assert.isTrue(await page.getByRole("button", { name: send }).isEnabled())
      assert.strictEqual(await page.locator("html").getAttribute("lang"), locale)
    })
  })

  it("uses one German word for advanced and for extended", async () => {
    here.site.admin.setScenario(["picker-unified", "locale-de"])
    await visit(async (page) => {
      await pill(page).click()
      const toggle = page.getByRole("menuitem", { name: "Erweiterte Optionen anzeigen" })
      assert.strictEqual(await toggle.innerText().then((text) => text.split("\n")[0]), "Erweitert")
      await toggle.click()
      const view = page.getByTestId("composer-model-picker-slider-advanced-view")
      assert.deepStrictEqual(
        await view.getByRole("menuitem").evaluateAll((all) => all.map((item) => item.textContent)),
        [
          "ModellNeueste",
          "AufwandMittel"
        ]
      )
    })
    here.site.admin.setScenario(["picker-configure", "locale-de"])
    await visit(async (page) => {
      await pill(page).first().click()
      await page.getByTestId("model-configure-modal").click()
      await page.getByRole("combobox", { name: "Thinking effort" }).click()
      await page.getByRole("option", { name: "Erweitert" }).click()
      assert.deepStrictEqual(await lastDefault(1), chosen({ effort: "extended", tier: "High" }))
    })
  })
})
