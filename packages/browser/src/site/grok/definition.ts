/** Grok as far as it is known: data only, with the structure that chat pages share where nothing else is known. */
import { chatgpt } from "../chatgpt/definition.ts"
import type { SiteDefinition } from "../Site.ts"
import { labels } from "./labels.ts"
import { selectors } from "./selectors.ts"

const cloudflare = ["cf_clearance", "__cf_bm", "__cflb", "_cfuvid"]

const cookiesOf = (domain: string, names: ReadonlyArray<string>) => names.map((name) => ({ domain, name }))

export const grok: SiteDefinition = {
  name: "grok",
  label: "Grok",
  baseUrl: "https://grok.com/",
  origins: ["https://grok.com"],
  authOrigins: ["https://accounts.x.ai"],
  fileHosts: ["assets.grok.com"],
  paths: {
    newChat: "/",
    temporaryChat: null,
    conversation: "/(?:c|chat)/([A-Za-z0-9-]+)(?=[/?#]|$)",
    conversationUrl: "/c/{id}",
    transient: "/(c|chat)/(new|temp)(?=[/?#]|$)",
    auth: ["/sign-in", "/sign-up", "/login"],
    files: ["^/files?/", "/download/?$", "^/rest/app-chat/.*/(content|download)$"],
    session: null,
    me: null,
    anonymousIdPrefix: "anon",
    history: null,
    conversationApi: null,
    sandboxDownload: [],
    send: ["^/rest/app-chat/conversations(/new|/[^/]+/responses)$"],
    upload: ["^/rest/app-chat/upload-file"]
  },
  cookies: [
    ...cookiesOf(".grok.com", ["sso", "sso-rw", "x-userid", ...cloudflare]),
    ...cookiesOf(".x.ai", ["sso", "sso-rw", ...cloudflare]),
    ...cookiesOf(".x.com", ["auth_token", "ct0"])
  ],
  sessionCookies: ["sso", "sso-rw"],
  selectors,
  labels,
  topics: chatgpt.topics,
  turnIdAttributes: ["data-message-id", "data-response-id", "id"],
  picker: {
    ...chatgpt.picker,
    /** Grok's modes: the nearest to each family; Heavy stands where others have Pro. */
    tiers: { instant: ["fast"], thinking: ["expert"], medium: [], high: [], extra_high: [], pro: ["heavy"] },
    efforts: { light: [], standard: [], extended: [], heavy: [] },
    sliderTiers: [],
    auto: ["^auto\\b"]
  },
  archive: { format: "tar.gz", maxBytes: 200 * 1024 * 1024 },
  prompt: { maxChars: 400_000 },
  historyAuthoritative: false,
  maxJobsPerAccount: 5,
  limits: chatgpt.limits
}
