/** Pages on which everything is well, however frightening their words are. */
import { account, composer, history, member, turn, type Written } from "./Written.ts"

const ready = (name: string, body: string, more: Partial<Written> = {}): Written => ({
  name: `ready-${name}`,
  state: "authenticated_and_ready",
  body,
  ...more
})

const said = (html: string) => member("", undefined, turn("user", "Why?") + turn("assistant", html))

const frightening = [
  "Cloudflare DNS setup: verify you are human",
  "Too many requests: rate limit exceeded",
  "Login flow: log in again, your session has expired",
  "Just a moment... Something went wrong, try again later",
  "You've hit your limit",
  "Checking your browser",
  "Sign in with Google"
]

export const readyPages: ReadonlyArray<Written> = [
  ready("member", member()),
  ready("empty-history", member("", [])),
  ready("ask-chatgpt", `${history("One")}<main><header>${account}</header>${composer("Ask ChatGPT")}</main>`),
  ready(
    "roles-only",
    `<aside aria-label="Sidebar"><a href="/c/1">One</a></aside><div role="main"><div role="group"><textarea aria-label="Message ChatGPT" rows="3"></textarea>
    <button aria-label="Attach">+</button><button aria-label="Send message">↑</button></div></div><button aria-label="Account menu">J</button>`
  ),
  ready("no-account-control", `${history("One")}<main>${composer()}</main>`),
  ready("no-endpoints", member(), { me: 404 }),
  ready("no-endpoints-no-account", `<main>${composer()}</main>`, { me: 404 }),
  ready("me-401", member(), { me: 401 }),
  ready("me-403", member(), { me: 403 }),
  ready("me-silent", member(), { me: 0 }),
  ready("anonymous-me-with-account", member(), { me: "anonymous" }),
  ready("anonymous-me-session-knows", `<main>${composer()}</main>`, {
    me: "anonymous",
    session: { user: { id: "user-1", email: "jane@example.com" }, accessToken: "t" }
  }),
  ready("history-frightening", member("", frightening)),
  ready("title-just-a-moment", member("", ["Just a moment..."], turn("user", "hi")), { title: "Just a moment..." }),
  ready("title-cloudflare", member("", ["Attention Required! | Cloudflare"]), {
    title: "Attention Required! | Cloudflare"
  }),
  ready("answer-outage-words", said("<p>Something went wrong. Try again later. Network error, bad gateway.</p>")),
  ready(
    "answer-rate-words",
    said("<p>Too many requests: you're making requests too quickly, rate limit exceeded.</p>")
  ),
  ready("answer-challenge-words", said("<h1>Verify you are human</h1><p>Checking your browser, Cloudflare.</p>")),
  ready(
    "answer-login-controls",
    said(`<a href="/auth/login">Log in</a><button data-testid="login-button">Sign in</button><a href="#">Sign up</a>`)
  ),
  ready(
    "answer-alert-and-frame",
    said(
      `<div role="alert">Too many requests</div><div class="cf-challenge-demo" style="width:99px;height:99px">x</div>`
    )
  ),
  ready(
    "failed-turn",
    member(
      "",
      undefined,
      turn("user", "Why?") + turn("assistant", "") +
        `<article data-testid="conversation-turn-3" data-turn="assistant"><div class="text-token-text-error" role="alert">Something went wrong. <button>Retry</button></div></article>`
    )
  ),
  ready(
    "user-text-traps",
    member("", undefined, turn("user", "We detect suspicious activity. Secure your account to regain access."))
  ),
  ready("challenge-script", member(`<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`)),
  ready(
    "challenge-frame-hidden",
    member(
      `<iframe src="/cdn-cgi/challenge-platform/h/g/frame" width="1" height="1" style="position:absolute;top:0;left:0;border:none;visibility:hidden"></iframe>`
    )
  ),
  ready(
    "toast-error",
    member(
      `<div aria-live="polite" class="toast-root"><div role="alert" class="toast">Something went wrong while loading your history</div></div>`
    )
  ),
  ready(
    "live-region",
    member(
      `<div aria-live="assertive" role="status" style="position:absolute;width:1px;height:1px;overflow:hidden">ChatGPT said: too many requests, rate limit exceeded</div>`
    )
  ),
  ready(
    "thinking-panel",
    member(
      `<section role="dialog" aria-label="Activity" style="position:fixed;right:0;top:0;width:40%;height:95%"><h2>Activity</h2><p>Reading about rate limits: too many requests</p><p>Something went wrong, try again later; verify you are human</p></section>`,
      undefined,
      turn("user", "Why?")
    )
  ),
  ready(
    "search-dialog",
    member(
      `<div role="dialog" aria-modal="true"><input type="search" placeholder="Search chats..."><ol><li><a href="/c/9">Too many requests</a></li><li><a href="/c/8">Log in again: session expired</a></li></ol></div>`
    )
  ),
  ready("announcement", member(dialogWith("Introducing projects", "Okay, let's go"))),
  ready(
    "consent",
    member(
      `<div id="cookie-banner" role="region" aria-label="Cookie notice"><p>We use cookies</p><button>Accept all</button><button>Reject non-essential</button></div>`
    )
  ),
  ready("connect-google", member(dialogWith("Connect your drive", "Continue with Google"))),
  ready(
    "project",
    `${history("One")}<main><header>${account}</header><h1>Login rework</h1><div role="tab">Sources</div>${
      composer("New chat in Login rework")
    }</main>`,
    {
      path: "/g/g-p-6a1/project"
    }
  ),
  ready("temporary", `<main><header>${account}</header><h1>Temporary Chat</h1>${composer()}</main>`, {
    path: "/?temporary-chat=true"
  }),
  ready(
    "work-mode",
    member(
      `<div role="radiogroup"><button role="radio" aria-checked="true">Chat</button><button role="radio" aria-checked="false">Work</button></div>`
    )
  ),
  ready(
    "german",
    `${
      history("Login-Fehler", "Zu viele Anfragen")
    }<main><header><button aria-label="Profilmenü öffnen">JD</button></header>${
      composer("Stelle irgendeine Frage")
    }</main>`,
    {
      lang: "de"
    }
  ),
  ready("guest-words-in-suggestions", member(`<ul><li><button>Help me log in to my router</button></li></ul>`))
]

function dialogWith(text: string, button: string): string {
  return `<div role="dialog" aria-modal="true" style="position:fixed;top:80px;left:200px;width:300px;background:#fff"><h2>${text}</h2><button>${button}</button><button aria-label="Close">x</button></div>`
}
