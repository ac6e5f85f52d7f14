/** Pages that stand in the way, and pages of which nothing can be said yet. */
import { account, composer, dialog, guest, history, member, turn, type Written } from "./Written.ts"

const page = (state: Written["state"]) => (name: string, body: string, more: Partial<Written> = {}): Written => ({
  name,
  state,
  body,
  ...more
})

const login = page("login_required")
const challenge = page("challenge_blocking")
const rate = page("rate_limited")
const usage = page("usage_limit_reached")
const outage = page("transient_outage_error")
const between = page("auth_transitioning")
const unknown = page("unknown")

const tooMany = "Too many requests. You're making requests too quickly. We've temporarily limited access to your "
  + "conversations to protect our data. Please wait a few minutes before trying again."

const loginButtons = `<a href="/auth/login" data-testid="login-button">Log in</a> <button>Sign up for free</button>`

const cloudflare = (words: string) =>
  `<div class="main-wrapper"><h1>chatgpt.com</h1><p>${words}</p><div class="cf-turnstile" style="width:300px;height:65px"></div><footer>Ray ID: 8f · Performance &amp; security by Cloudflare</footer></div>`

export const blockedPages: ReadonlyArray<Written> = [
  login("login-guest-anonymous", guest(loginButtons), { me: "anonymous" }),
  login("login-guest-401", guest(loginButtons), { me: 401 }),
  login("login-guest-403", guest(loginButtons), { me: 403 }),
  login("login-guest-plain-button", guest("<button>Log in</button>"), { me: 404 }),
  login("login-guest-signed-out-session", guest("<button>Log in</button>"), { me: 401, session: {} }),
  login("login-guest-german", guest("<button>Anmelden</button><button>Registrieren</button>"), {
    me: "anonymous",
    lang: "de"
  }),
  login("login-guest-japanese", guest("<button>ログイン</button>"), { me: "anonymous", lang: "ja" }),
  login("login-guest-polish", guest("<button>Zaloguj się</button>"), { me: "anonymous", lang: "pl" }),
  login("login-guest-modal", guest("", dialog("Log in or sign up", ["Continue with Google", "Continue with Apple"])), {
    me: "anonymous"
  }),
  login("login-guest-history-trap", history("Log in page redesign") + guest(loginButtons), { me: "anonymous" }),
  login(
    "login-page",
    `<main><h1>Welcome back</h1><input type="email"><button type="submit">Continue</button><button>Continue with Google</button></main>`,
    {
      path: "/auth/login",
      me: "anonymous",
      title: "Log in"
    }
  ),
  login(
    "login-account-picker",
    `<main><h1>Welcome back</h1><button>Jane jane@example.com</button><button>Joe joe@example.com</button><button>Log in to another account</button></main>`,
    {
      me: "anonymous"
    }
  ),
  login("login-foreign", `<main><h1>Sign in</h1><input type="email"></main>`, { foreign: true }),
  login(
    "login-session-expired",
    member(dialog("Your session has expired. Please log in again to continue using the app.", ["Log in"])),
    { me: 401 }
  ),
  login("login-session-expired-french", member(dialog("Votre session a expiré. Reconnectez-vous.", ["Se connecter"])), {
    me: 401
  }),
  login("login-cookies-too-large", "<h1>Request Header Or Cookie Too Large</h1>", { status: 431, me: 401 }),
  login("login-cookies-too-large-200", "<center><h1>400 Bad Request</h1>Request Header Or Cookie Too Large</center>", {
    status: 400,
    me: 401
  }),
  login("login-anonymous-nothing", "<main><p>Hello</p></main>", { me: "anonymous" }),

  challenge("challenge-interstitial", cloudflare("Verify you are human by completing the action below."), {
    title: "Just a moment...",
    status: 403,
    me: 403
  }),
  challenge(
    "challenge-form",
    `<form id="challenge-form" style="width:300px;height:80px"><input type="checkbox"></form>`,
    { status: 403, me: 403 }
  ),
  challenge(
    "challenge-frame-over-app",
    member(
      `<iframe src="/cdn-cgi/challenge-platform/h/g/turnstile" width="300" height="65" style="position:fixed;top:40px;left:40px"></iframe>`
    )
  ),
  challenge(
    "challenge-attention-required",
    "<h1>Sorry, you have been blocked</h1><p>You are unable to access chatgpt.com</p>",
    {
      title: "Attention Required! | Cloudflare",
      status: 403,
      me: 403
    }
  ),
  challenge(
    "challenge-german",
    cloudflare("chatgpt.com muss die Sicherheit Ihrer Verbindung überprüfen, bevor Sie fortfahren können."),
    {
      title: "Nur einen Moment…",
      status: 403,
      me: 403,
      lang: "de"
    }
  ),
  challenge("challenge-chinese-words", cloudflare("请完成以下操作，验证您是真人。"), {
    title: "chatgpt.com",
    status: 403,
    me: 403,
    lang: "zh"
  }),
  challenge("challenge-dialog", member(dialog("Please verify you are human to continue", ["Continue"]))),
  challenge(
    "challenge-unusual-activity",
    "<main><h1>Unusual activity detected</h1><p>Please complete the security check.</p></main>",
    { me: 403 }
  ),
  challenge("challenge-empty-403", `<script src="/cdn-cgi/challenge-platform/scripts/main.js"></script>`, {
    status: 403,
    me: 403
  }),
  challenge(
    "challenge-account-block",
    "<main><h1>Suspicious activity detected</h1><p>To protect you, secure your account with a new password to regain access.</p></main>"
  ),
  challenge(
    "challenge-account-block-dialog",
    member(dialog("Suspicious activity detected. Secure your account to regain access.", ["Secure account"]))
  ),

  rate("rate-dialog", member(dialog(tooMany))),
  rate("rate-dialog-before-turns", `<main>${composer()}</main>${dialog(tooMany)}`),
  rate("rate-alertdialog", member(dialog(tooMany, ["Got it"]).replace("role=\"dialog\"", "role=\"alertdialog\""))),
  rate("rate-dialog-plain", member(`<div role="dialog">${tooMany} <button>Got it</button></div>`)),
  rate("rate-toast", member(`<div class="toast" role="status">Too many requests in 1 hour. Try again later.</div>`)),
  rate("rate-page", "Too many requests", { status: 429, me: 0 }),
  rate("rate-page-200", "<pre>{\"detail\":\"Too many requests\"}</pre>", { me: 0 }),
  rate("rate-dialog-german", member(dialog("Zu viele Anfragen. Bitte warte ein paar Minuten.", ["Verstanden"])), {
    lang: "de"
  }),
  rate("rate-dialog-japanese", member(dialog("リクエストが多すぎます。数分待ってください。", ["了解"])), {
    lang: "ja"
  }),

  usage(
    "usage-alert",
    member(
      `<div role="alert">You've hit your plan's limit for Pro messages. You can send again after 9:00 PM, when your limit resets.</div>`
    )
  ),
  usage("usage-dialog", member(dialog("You've reached your Pro limit", ["Upgrade", "Not now"]))),
  usage(
    "usage-in-composer",
    `<main><header>${account}</header><form><div role="status">You've used all your messages. Usage limit resets tomorrow.</div><textarea aria-label="Ask anything"></textarea></form></main>`
  ),
  usage("usage-spanish", member(`<div role="alert">Has alcanzado tu límite de mensajes. Inténtalo mañana.</div>`), {
    lang: "es"
  }),

  outage("outage-503", "<h1>Service Unavailable</h1>", { status: 503, me: 0 }),
  outage("outage-502-words", "<center><h1>502 Bad Gateway</h1>cloudflare</center>", { me: 0 }),
  outage(
    "outage-alert-in-place",
    `${history("One")}<main><div role="alert">Something went wrong <button>Try again</button></div>${composer()}</main>`
  ),
  outage(
    "outage-dialog",
    member(dialog("A network error occurred. Please check your connection and try again.", ["OK"]))
  ),
  outage("outage-capacity", "<main><h1>ChatGPT is at capacity right now</h1></main>", { me: 0 }),
  outage(
    "outage-error-boundary",
    "<main><h1>Oops, an error occurred!</h1><p>Something went wrong.</p><button>Try again</button></main>",
    { me: 0 }
  ),
  outage("outage-korean", "<main><h1>문제가 발생했습니다</h1></main>", { me: 0, lang: "ko" }),
  outage(
    "outage-disabled-composer-toast",
    `<main><div class="toast" role="alert">Service temporarily unavailable</div><form><textarea disabled aria-label="Ask anything"></textarea></form></main>`,
    { me: 0 }
  ),

  between("between-young-shell", `<main>${composer()}</main>`, { me: 401, ageMs: 400 }),
  between("between-callback", "<main><p>Redirecting…</p></main>", { path: "/auth/callback" }),
  between("between-known-with-login", guest(loginButtons)),

  unknown("unknown-blank", "", { me: 404 }),
  unknown(
    "unknown-skeleton",
    `<div class="skeleton" style="width:300px;height:300px"></div><script src="/cdn-cgi/challenge-platform/scripts/main.js"></script>`,
    { me: 401 }
  ),
  unknown("unknown-maintenance", "<main><h1>We'll be right back</h1></main>", { me: 404 }),
  unknown(
    "unknown-disabled-composer",
    `${
      history("One")
    }<main><header>${account}</header><form><textarea disabled aria-label="Ask anything"></textarea></form></main>`
  ),
  unknown(
    "unknown-readonly-editor",
    `<main><header>${account}</header>${composer("Ask anything", "aria-readonly=\"true\"")}</main>`
  ),
  unknown(
    "unknown-only-thread",
    `<main>${turn("user", "Too many requests")}${
      turn("assistant", "<p>Something went wrong. Log in again.</p>")
    }</main>`,
    { me: 401 }
  ),
  unknown("unknown-search-only", `${history("One")}<main><input type="search" aria-label="Search chats"></main>`)
]
