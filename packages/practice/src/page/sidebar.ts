/** The navigation on the left: new chat, search, the history, the profile. */
import type { HistoryItem } from "../wire.ts"
import { bootstrap } from "./bootstrap.ts"
import { openConversationMenu } from "./conversationMenu.ts"
import { showDialog } from "./dialogs.ts"
import { button, h, icon, set } from "./dom.ts"
import { labels } from "./labels.ts"
import { menuItem, type OpenMenu, openMenu } from "./menu.ts"

export class Sidebar {
  readonly element: HTMLElement
  private readonly list = h("div", { id: "history", class: "history", "data-radix-collection-root": true })
  private items: ReadonlyArray<HistoryItem> = []
  private active: string | null = null
  private menu: OpenMenu | null = null
  private readonly onGone: (id: string) => void

  constructor(onGone: (id: string) => void) {
    this.onGone = onGone
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
      button({ class: "__menu-item" }, "Search chats", showSearch),
      ...(bootstrap.page.menuTraps
        ? [trap("Pinned", ["Pro tips", "High priority", "Instant noodles", "Extra High"])]
        : []),
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

  remove(id: string): void {
    this.setItems(this.items.filter((item) => item.id !== id))
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
          "data-testid": `history-item-${index}`,
          "aria-label": item.mode === "work" ? `${item.title}, Work` : null
        },
        h("div", { class: "truncate" }, h("span", { dir: "auto", title: item.title }, item.title)),
        ...(item.mode === "work" ? [h("span", { class: "shrink-0" }, "Work")] : []),
        this.options(item, index)
      )
      set(link, "data-active", item.id === this.active)
      set(link, "aria-current", item.id === this.active ? "page" : null)
      return link
    }))
  }

  private options(item: HistoryItem, index: number): HTMLElement {
    const anchor = button(
      {
        class: "item-options",
        "data-testid": `history-item-${index}-options`,
        "aria-label": `${labels.options}: ${item.title}`,
        "aria-haspopup": "menu",
        "aria-expanded": "false"
      },
      icon("more"),
      (event) => {
        event.preventDefault()
        event.stopPropagation()
        openConversationMenu(anchor, { ...item, archived: false }, { onGone: () => this.onGone(item.id) })
      }
    )
    return anchor
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
    this.menu = openMenu(anchor, rows, labels.profile, { onClose: () => this.menu = null })
  }
}

/** Looks like an open model menu to whoever does not ask what it belongs to. */
const trap = (name: string, rows: ReadonlyArray<string>): HTMLElement =>
  h(
    "div",
    { role: "menu", "aria-label": name, "data-radix-collection-root": true },
    ...rows.map((row) => h("div", { role: "menuitemradio", "aria-checked": "false", class: "__menu-item" }, row))
  )

const showSearch = (): void =>
  showDialog({
    title: "Search chats",
    text: "Recent",
    content: bootstrap.page.menuTraps
      ? [h("input", { role: "textbox", "aria-label": "Search" }), trap("Results", ["Pro", "High", "Instant"])]
      : [h("input", { role: "textbox", "aria-label": "Search" })],
    action: "Close"
  })
