/** What a visitor sees: a composer that looks ready, and the invitations to sign in. */
import { Composer } from "./composer.ts"
import { showDialog } from "./dialogs.ts"
import { button, h } from "./dom.ts"

export const showGuest = (root: HTMLElement): void => {
  const toLogin = () => location.assign("/auth/login")
  const composer = new Composer({
    onSend: (draft) => {
      draft.restore()
      showDialog({
        title: "Thanks for trying ChatGPT",
        text: "Log in or sign up to get smarter responses, upload files and images, and more.",
        action: "Log in",
        onAction: toLogin
      })
    },
    onStop: () => undefined
  })
  root.replaceChildren(
    h(
      "div",
      { class: "layout" },
      h(
        "main",
        { class: "main", id: "main" },
        h(
          "header",
          { class: "page-header", id: "page-header" },
          h("span", {}, "ChatGPT"),
          h(
            "div",
            {},
            button({ "data-testid": "login-button", class: "btn btn-primary" }, "Log in", toLogin),
            button({ "data-testid": "signup-button", class: "btn btn-secondary" }, "Sign up for free", toLogin)
          )
        ),
        h("div", { class: "thread" }, h("h1", { class: "greeting" }, "What can I help with?")),
        h(
          "div",
          { class: "composer-area" },
          h(
            "p",
            { class: "secondary column" },
            "Get responses tailored to you. Log in to get answers based on saved chats, plus create images and upload files."
          ),
          composer.element,
          h(
            "div",
            { class: "disclaimer" },
            "By messaging ChatGPT, you agree to our Terms and have read our Privacy Policy."
          )
        )
      )
    )
  )
}
