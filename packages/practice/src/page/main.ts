/** Starts the page: who is here, which address is open, and what stands where. */
import * as api from "./api.ts"
import { bootstrap } from "./bootstrap.ts"
import { Composer } from "./composer.ts"
import { showDialog, showToast } from "./dialogs.ts"
import { button, h } from "./dom.ts"
import { showGuest } from "./guest.ts"
import { noticePlace, reportProblem, showNotice, usageLimitText } from "./problems.ts"
import { Sidebar } from "./sidebar.ts"
import { Thread } from "./thread.ts"

const root = document.querySelector<HTMLElement>("#app") ?? document.body

const showApp = async (): Promise<void> => {
  const sidebar = new Sidebar()
  const greeting = h("h1", { class: "greeting" }, "What's on your mind today?")
  const thread = new Thread({
    onConversation: (item) => {
      sidebar.touch(item)
      sidebar.setActive(item.id)
    },
    onChange: (empty) => {
      greeting.hidden = !empty
    }
  })
  const composer = new Composer({ onSend: (draft) => void thread.send(draft), onStop: () => void thread.stop() })
  thread.composer = composer
  thread.element.prepend(greeting)

  const route = () => {
    const id = /^\/c\/([A-Za-z0-9-]+)$/.exec(location.pathname)?.[1]
    document.title = "ChatGPT"
    sidebar.setActive(id ?? null)
    composer.clear()
    if (id !== undefined) {
      void thread.open(id)
      return
    }
    if (location.pathname !== "/") {
      showToast(`Unable to load conversation ${location.pathname.slice(3)}`)
      history.replaceState({}, "", "/")
    }
    thread.reset()
  }

  root.replaceChildren(
    h(
      "div",
      { class: "layout" },
      sidebar.element,
      h(
        "main",
        { class: "main", id: "main" },
        h(
          "header",
          { class: "page-header", id: "page-header" },
          h("span", { class: "secondary" }, "ChatGPT"),
          button({ "aria-label": "Open conversation options" }, "…", () => undefined)
        ),
        thread.element,
        h(
          "div",
          { class: "composer-area", id: "thread-bottom" },
          noticePlace(),
          composer.element,
          h("div", { class: "disclaimer" }, "ChatGPT can make mistakes. Check important info.")
        )
      )
    )
  )
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element
      ? event.target.closest<HTMLAnchorElement>("a[href^='/c/'], a[href='/']")
      : null
    if (link === null || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    history.pushState({}, "", link.href)
    route()
  })
  addEventListener("popstate", route)
  if (bootstrap.page.usageLimit) showNotice(usageLimitText)
  if (bootstrap.page.announcement) {
    showDialog({
      title: "Introducing a new way to work",
      text: "Chats can now be grouped by project.",
      action: "Okay, let's go",
      closable: true,
      testId: "modal-announcement"
    })
  }
  if (!await signedIn()) return
  api.identify()
  route()
  composer.focus()
  try {
    sidebar.setItems(await api.history())
  } catch (error) {
    reportProblem(error, () => showFailure())
  }
}

const signedIn = async (): Promise<boolean> => {
  try {
    if (await api.openSession()) return true
    reportProblem(new api.ApiProblem(401, "token_invalidated", ""), () => undefined)
  } catch (error) {
    reportProblem(error, () => showFailure())
  }
  return false
}

const showFailure = (): void => {
  const retry = button({ class: "btn btn-primary" }, "Try again", () => location.reload())
  root.querySelector(".thread")?.replaceChildren(
    h(
      "div",
      { class: "greeting", role: "alert", "data-testid": "page-error" },
      h("p", {}, "Something went wrong"),
      retry
    )
  )
}

if (bootstrap.authStatus === "logged_in") void showApp()
else {
  showGuest(root)
  api.openSession().then(() => api.identify(), () => undefined)
}
