/** Which addresses a file of an answer may be fetched from; everything else stays text. Pure. */
import type { SiteDefinition } from "../../site/Site.ts"
import { isRecord } from "../isRecord.ts"

const hostFits = (rule: string, url: URL): boolean =>
  rule.startsWith("*.") ? url.hostname.endsWith(rule.slice(1)) : url.host === rule || url.hostname === rule

/** True for the site's own origins and, over https, its declared file hosts. */
export const mayFetch = (site: SiteDefinition, address: string): boolean => {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== "" || url.password !== "") return false
  if (site.origins.includes(url.origin)) return true
  return url.protocol === "https:" && site.fileHosts.some((rule) => hostFits(rule, url))
}

/** The address that a download end point points to, or null when its answer is the file itself. */
export const pointedAt = (json: unknown): { readonly url: string; readonly name: string | null } | null => {
  if (!isRecord(json)) return null
  const url = json["download_url"]
  if (typeof url !== "string" || url === "") return null
  const name = json["file_name"] ?? json["filename"] ?? json["name"]
  return { url, name: typeof name === "string" && name !== "" ? name : null }
}

export interface SandboxFile {
  readonly path: string
  readonly conversationId: string | null
  readonly messageId: string | null
}

/** Addresses under which the site may serve a file of its sandbox, in the order of the definition. */
export const sandboxAddresses = (site: SiteDefinition, file: SandboxFile): ReadonlyArray<string> =>
  site.paths.sandboxDownload.flatMap((template) => {
    if (template.includes("{conversation}") && file.conversationId === null) return []
    if (template.includes("{message}") && file.messageId === null) return []
    const path = template
      .replace("{conversation}", () => encodeURIComponent(file.conversationId ?? ""))
      .replace("{message}", () => encodeURIComponent(file.messageId ?? ""))
      .replace("{path}", () => encodeURIComponent(file.path))
    return [new URL(path, site.baseUrl).href]
  })
