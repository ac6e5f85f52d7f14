/** ChatGPT as data: addresses, parts, words, picker, limits. */
import type { SiteDefinition } from "../Site.ts"
import { labels } from "./labels.ts"
import { labelsInAllLanguages, pickerInAllLanguages, topicsInAllLanguages } from "./locales.ts"
import { selectors } from "./selectors.ts"
import { topics } from "./topics.ts"

const domains = [".chatgpt.com", ".openai.com", "chat.openai.com", "auth.openai.com", "atlas.openai.com"]

const cookieNames = [
  "__Secure-next-auth.session-token*",
  "__Secure-next-auth.callback-url",
  "__Host-next-auth.csrf-token",
  "__Secure-oai-is",
  "_account",
  "_account_is_fedramp",
  "_puid",
  "unified_session_manifest",
  "oai-did",
  "oai-sc",
  "oai-hlib",
  "oai-asli",
  "oai-client-auth-info",
  "oai-client-auth-session",
  "oai-chat-web-route",
  "auth-session-minimized*",
  "login_session",
  "auth_provider",
  "cf_clearance",
  "__cf_bm",
  "_cfuvid",
  "CF_Authorization",
  "__cflb"
]

export const chatgpt: SiteDefinition = {
  name: "chatgpt",
  label: "ChatGPT",
  baseUrl: "https://chatgpt.com/",
  origins: ["https://chatgpt.com", "https://chat.openai.com"],
  authOrigins: ["https://auth.openai.com"],
  fileHosts: ["files.oaiusercontent.com", "*.oaiusercontent.com"],
  paths: {
    newChat: "/",
    temporaryChat: "/?temporary-chat=true",
    conversation: "/c/([A-Za-z0-9-]+)(?=[/?#]|$)",
    conversationUrl: "/c/{id}",
    transient: "/c/WEB(:|%3A)",
    auth: ["/auth", "/login", "/signin", "/log-in"],
    files: ["^/backend-api/(files|sandbox|estuary)/", "/interpreter/download$", "^/files?/", "/download/?$"],
    session: "/api/auth/session",
    me: "/backend-api/me",
    anonymousIdPrefix: "ua-",
    history: "/backend-api/conversations?offset=0&limit={limit}&order=updated",
    conversationApi: "/backend-api/conversation/{id}",
    sandboxDownload: [
      "/backend-api/conversation/{conversation}/interpreter/download?message_id={message}&sandbox_path={path}",
      "/backend-api/sandbox/download?path={path}"
    ],
    send: ["^/backend-(api|anon)/(f/)?conversation/?$"],
    upload: ["^/backend-api/files(/|$)", "/upload", "^/files-upload/"]
  },
  cookies: domains.flatMap((domain) => cookieNames.map((name) => ({ domain, name }))),
  sessionCookies: ["__Secure-next-auth.session-token*"],
  selectors,
  labels: labelsInAllLanguages(labels),
  topics: topicsInAllLanguages(topics),
  turnIdAttributes: ["data-message-id", "data-turn-id", "data-testid", "id"],
  picker: pickerInAllLanguages({
    tiers: {
      instant: ["instant"],
      thinking: ["thinking"],
      medium: ["medium"],
      high: ["high"],
      extra_high: ["extra high"],
      pro: ["pro"]
    },
    efforts: {
      light: ["light"],
      standard: ["standard"],
      extended: ["extended"],
      heavy: ["heavy"]
    },
    sliderTiers: ["instant", "medium", "high", "extra_high", "pro"],
    configure: ["^configure"],
    advanced: ["^(show )?advanced", "^power$", "^select model$"],
    effort: ["^((pro|instant|thinking) )?(thinking )?effort\\b"],
    proEffort: ["^pro (thinking )?effort"],
    autoSwitch: ["^auto-?switch"],
    auto: ["^auto\\b(?!-?switch)"],
    model: ["^(model|gpt|latest)"]
  }),
  archive: { format: "tar.zst", maxBytes: 250 * 1024 * 1024 },
  prompt: { maxChars: 400_000 },
  historyAuthoritative: false,
  maxJobsPerAccount: 5,
  limits: {
    pickerMountMs: 8000,
    pageReadyMs: 30_000,
    uploadAppearMs: 20_000,
    sendReadyMs: 45_000,
    sendProofMs: 60_000,
    swallowedClickMs: 3000,
    downloadStartMs: 30_000,
    maxFiles: 10
  }
}
