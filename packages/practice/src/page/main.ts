/** Starts the page: who is here, which address is open, and what stands where. */
import { threadIn } from "./address.ts"
import * as api from "./api.ts"
import { showBlocked } from "./blocked.ts"
import { bootstrap } from "./bootstrap.ts"
import { Composer } from "./composer.ts"
import { showConsentBanner } from "./consent.ts"
import { showDialog, showToast } from "./dialogs.ts"
import { button, h } from "./dom.ts"
import { showGuest } from "./guest.ts"
import { Header } from "./header.ts"
import { noticePlace, reportProblem, showNotice, usageLimitText } from "./problems.ts"
import { Sidebar } from "./sidebar.ts"
import { Thread } from "./thread.ts"

const root = document.querySelector<HTMLElement>("#app") ?? document.body

const showApp = async (): Promise<void> => {
  const go = (path: string) => {
    history.pushState({}, "", path)
    route()
  }
  const loadHistory = async () => {
    try {
      sidebar.setItems(await api.history())
    } catch (error) {
      reportProblem(error, showFailure)
    }
  }
  const onGone = (id: string) => {
    sidebar.remove(id)
    if (thread.conversationId === id) go("/")
  }
  const sidebar = new Sidebar(onGone)
  const greeting = h("h1", { class: "greeting" }, "What's on your mind today?")
  const thread = new Thread({
    onOpened: (conversation) =>
      header.setConversation({
        id: conversation.conversation_id,
        title: conversation.title,
        archived: conversation.is_archived
      }),
    onConversation: (item) => {
      sidebar.touch(item)
      sidebar.setActive(item.id)
      header.setConversation({ id: item.id, title: item.title, archived: false })
    },
    onChange: (empty) => {
      greeting.hidden = !empty
    }
  })
  const composer = new Composer({
    onSend: (draft) => void thread.send(draft),
    onStop: () => void thread.stop(),
    onWork: () => {
      api.note({ kind: "mode", mode: "work", by: "plus" })
      go("/work")
    }
  })
  const header = new Header(composer.picker.header, {
    onGone,
    onBack: () => void loadHistory(),
    onMode: (mode) => go(mode === "work" ? "/work" : "/")
  })
  thread.composer = composer
  thread.element.prepend(greeting)

  const route = () => {
    const id = threadIn(location.pathname)
    const temporary = location.pathname === "/" && location.search.includes("temporary-chat=true")
    const kind = temporary ? "temporary" : location.pathname === "/work" ? "work" : "chat"
    document.title = "ChatGPT"
    sidebar.setActive(id ?? null)
    composer.clear()
    composer.setMode(kind === "work" ? "work" : "chat")
    header.setMode(kind === "work" ? "work" : "chat")
    header.setTemporary(temporary)
    header.setConversation(null)
    if (id !== undefined) {
      void thread.open(id)
      return
    }
    if (location.pathname !== "/" && location.pathname !== "/work") {
      showToast(`Unable to load conversation ${location.pathname.slice(3)}`)
      history.replaceState({}, "", "/")
    }
    thread.reset(kind)
  }

  root.replaceChildren(
    h(
      "div",
      { class: "layout" },
      sidebar.element,
      h(
        "main",
        { class: "main", id: "main" },
        header.element,
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
    go(link.href)
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
  composer.bringDraftBack()
  composer.focus()
  await loadHistory()
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

document.documentElement.lang = bootstrap.page.locale
showConsentBanner()
if (bootstrap.authStatus === "logged_out") {
  showGuest(root)
  api.openSession().then(() => api.identify(), () => undefined)
} else if (bootstrap.page.accountBlocked) showBlocked(root)
else void showApp()
