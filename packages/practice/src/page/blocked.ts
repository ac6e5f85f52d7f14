/** The page that stands for the whole product while the account is locked for its safety. */
import { button, h } from "./dom.ts"

export const showBlocked = (root: HTMLElement): void =>
  root.replaceChildren(
    h(
      "main",
      { class: "welcome", id: "main" },
      h("h1", {}, "Suspicious activity detected"),
      h("p", {}, "We noticed unusual behavior and logged out other devices. Secure your account to regain access."),
      button({ class: "btn btn-primary" }, "Secure your account", () => undefined),
      h("a", { href: "/auth/logout" }, "Log out")
    )
  )
