/** The navigation on the left: new chat, search, the history, the profile. */
import type { HistoryItem } from "../wire.ts"
import { bootstrap } from "./bootstrap.ts"
import { button, h, icon, set } from "./dom.ts"
import { labels } from "./labels.ts"
import { menuItem, type OpenMenu, openMenu } from "./menu.ts"

export class Sidebar {
  readonly element: HTMLElement
  private readonly list = h("div", { id: "history", class: "history" })
  private items: ReadonlyArray<HistoryItem> = []
  private active: string | null = null
  private menu: OpenMenu | null = null

  constructor() {
    const profile = button(
      {
        class: "profile",
        "data-testid": "accounts-profile-button",
        "aria-label": labels.profile,
        "aria-haspopup": "menu",
        "aria-expanded": "false"
      },
      h("span", { class: "truncate" }, bootstrap.user?.name ?? ""),
      () => this.toggleProfile(profile)
    )
    this.element = h(
      "nav",
      { class: "sidebar", "aria-label": "Chat history" },
      h("a", { href: "/", class: "__menu-item", "data-testid": "create-new-chat-button" }, icon("pencil"), " New chat"),
      button({ class: "__menu-item" }, "Search chats", () => undefined),
      h("a", { href: "/library", class: "__menu-item" }, "Library"),
      h(
        "div",
        { "data-radix-collection-root": true, role: "menu", class: "hidden" },
        h("div", { role: "menuitemradio" }, "Pro tips")
      ),
      h("h2", {}, "Chats"),
      this.list,
      h("span", { class: "grow" }),
      profile
    )
  }

  setItems(items: ReadonlyArray<HistoryItem>): void {
    this.items = items
    this.paint()
  }

  /** Puts the item on top. */
  touch(item: HistoryItem): void {
    this.setItems([item, ...this.items.filter((other) => other.id !== item.id)])
  }

  setActive(id: string | null): void {
    this.active = id
    this.paint()
  }

  private paint(): void {
    this.list.replaceChildren(...this.items.map((item, index) => {
      const link = h(
        "a",
        {
          href: `/c/${item.id}`,
          class: "__menu-item group",
          draggable: "true",
          "data-testid": `history-item-${index}`
        },
        h("div", { class: "truncate" }, h("span", { dir: "auto", title: item.title }, item.title))
      )
      set(link, "data-active", item.id === this.active)
      set(link, "aria-current", item.id === this.active ? "page" : null)
      return link
    }))
  }

  private toggleProfile(anchor: HTMLElement): void {
    if (this.menu !== null) {
      this.menu.close()
      return
    }
    const rows = [
      h("div", { class: "secondary" }, bootstrap.user?.email ?? ""),
      menuItem({}, ["Settings"], () => this.menu?.close()),
      menuItem({ "data-testid": "log-out-menu-item" }, ["Log out"], () => location.assign("/auth/logout"))
    ]
    this.menu = openMenu(anchor, rows, labels.profile, () => {
      this.menu = null
    })
  }
}
