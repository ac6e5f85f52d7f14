/** What a visitor sees: a composer that looks ready, and the invitations to sign in. */
import * as api from "./api.ts"
import { bootstrap } from "./bootstrap.ts"
import { Composer } from "./composer.ts"
import { showDialog } from "./dialogs.ts"
import { button, h } from "./dom.ts"

/** Known accounts, of which one has to be chosen before its session counts. */
const showAccountChooser = (): void =>
  showDialog({
    title: "Welcome back",
    text: "Choose an account to continue.",
    content: [
      h(
        "div",
        { class: "accounts" },
        ...bootstrap.accounts.map(({ email, name }) =>
          button({}, h("span", {}, `${name} ${email}`), () => {
            api.chooseAccount(email).then(() => location.reload(), () => location.assign("/auth/login"))
          })
        )
      )
    ],
    action: "Log in to another account",
    testId: "modal-account-chooser",
    onAction: () => location.assign("/auth/login")
  })

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
    onStop: () => undefined,
    onWork: () => undefined
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
  if (bootstrap.accounts.length > 0) showAccountChooser()
}
