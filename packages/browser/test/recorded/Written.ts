/** A page written by hand from what is known about the sites, with the state in which it must be seen. */
import type { PageStateName } from "@effect-oracle/core/page/PageState"

export interface Written {
  readonly name: string
  readonly state: PageStateName
  readonly body: string
  /** Defaults: `ChatGPT`, 200, `/`, a signed-in member, an old page. */
  readonly title?: string
  readonly status?: number
  readonly path?: string
  readonly me?: Me
  /** Answer of the session end point; absent where the site has none. */
  readonly session?: unknown
  readonly ageMs?: number
  readonly lang?: string
  /** The page is served under a host that is not the site's. */
  readonly foreign?: boolean
}

export type Me = "member" | "anonymous" | 0 | 401 | 403 | 404

export const turn = (role: "user" | "assistant", html: string): string =>
  `<article data-testid="conversation-turn-1" data-turn="${role}"><div data-message-author-role="${role}">${
    role === "assistant" ? `<div class="markdown">${html}</div>` : `<div class="whitespace-pre-wrap">${html}</div>`
  }</div></article>`

export const history = (...titles: ReadonlyArray<string>): string =>
  `<nav aria-label="Chat history">${
    titles.map((title, index) =>
      `<a class="__menu-item" data-testid="history-item-${index}" href="/c/00000000-${index}">${title}</a>`
    ).join("")
  }</nav>`

export const account = `<button data-testid="accounts-profile-button" aria-label="Open profile menu">JD</button>`

export const composer = (label = "Ask anything", attributes = ""): string =>
  `<form data-type="unified-composer"><button type="button" id="composer-plus-btn" aria-label="Add files and more">+</button>
  <div id="prompt-textarea" class="ProseMirror" contenteditable="true" role="textbox" aria-label="${label}" ${attributes}><p></p></div>
  <button type="submit" data-testid="send-button" aria-label="Send prompt" disabled>↑</button></form>`

const usual = ["Rust lifetimes", "Holiday plans"]

/** A member's page: history, account, thread, composer, and what else stands on it. */
export const member = (more = "", titles: ReadonlyArray<string> = usual, thread = ""): string =>
  `${history(...titles)}<main><header>${account}</header><div id="thread">${thread}</div>${composer()}</main>${more}`

/** The shell that a visitor gets: it has a composer too. */
export const guest = (controls: string, more = ""): string =>
  `<main><header><span>ChatGPT</span>${controls}</header><h1>What can I help with?</h1>${
    composer("Chat with ChatGPT")
  }${more}</main>`

export const dialog = (text: string, buttons: ReadonlyArray<string> = ["Got it"], attributes = ""): string =>
  `<div role="dialog" aria-modal="true" ${attributes} style="position:fixed;top:80px;left:200px;width:400px;background:#fff"><h2>${text}</h2>${
    buttons.map((name) => `<button>${name}</button>`).join("")
  }</div>`
