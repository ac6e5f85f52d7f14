/** The practice site: ChatGPT's definition under another name and address. */
import { chatgpt } from "../chatgpt/definition.ts"
import type { SiteDefinition } from "../Site.ts"

const origin = "http://127.0.0.1:4747"

export const practice: SiteDefinition = {
  ...chatgpt,
  name: "practice",
  label: "Practice",
  baseUrl: `${origin}/`,
  origins: [origin],
  authOrigins: [],
  fileHosts: [],
  cookies: [{ domain: "127.0.0.1", name: "*" }],
  historyAuthoritative: true
}
