/** Fetches small files inside the page, with its cookies, and turns blobs into downloads. */
import { bearer } from "./login.ts"
import type { FetchedView } from "./protocol.ts"
import { isOwn } from "./regions.ts"
import type { PageSite } from "./site.ts"

const base64 = async (blob: Blob): Promise<string> => {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener("load", () => resolve(typeof reader.result === "string" ? reader.result : ""))
    reader.addEventListener("error", () => reject(new Error("the file could not be read")))
    reader.readAsDataURL(blob)
  })
  return url.slice(url.indexOf(",") + 1)
}

const problemOf = (error: unknown): string => error instanceof Error ? error.message : String(error)

const read = async (response: Response, maxBytes: number): Promise<Blob | "too large"> => {
  const announced = Number(response.headers.get("content-length") ?? 0)
  if (announced > maxBytes || response.body === null) {
    await response.body?.cancel()
    return announced > maxBytes ? "too large" : new Blob([])
  }
  const chunks: Array<Uint8Array<ArrayBuffer>> = []
  let sum = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new Blob(chunks, { type: response.headers.get("content-type") ?? "" })
    sum += value.byteLength
    if (sum > maxBytes) {
      await reader.cancel()
      return "too large"
    }
    chunks.push(value)
  }
}

/** Lets the browser save an address of this page as a download, under a neutral name. */
export const saveAddress = (_: PageSite, address: string, name: string): boolean => {
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.rel = "noopener"
  link.style.display = "none"
  document.body.append(link)
  link.click()
  link.remove()
  return true
}

const saveBlob = (site: PageSite, blob: Blob, name: string): void => {
  const address = URL.createObjectURL(blob)
  saveAddress(site, address, name)
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

export interface FetchLimits {
  /** More than this is refused. */
  readonly maxBytes: number
  /** Up to this the content comes back; more is saved as a download. */
  readonly inlineBytes: number
}

/** GET of one address with the page's cookies. */
export const fetchFile = async (
  site: PageSite,
  address: string,
  limits: FetchLimits,
  name: string,
  given: string | null
): Promise<FetchedView> => {
  try {
    const own = isOwn(site, address)
    const token = own ? await bearer(site, given) : null
    const response = await fetch(address, {
      credentials: own ? "include" : "omit",
      cache: "no-store",
      ...(token === null ? {} : { headers: { authorization: `Bearer ${token}` } })
    })
    const facts = {
      status: response.status,
      url: response.url === "" ? address : response.url,
      contentType: response.headers.get("content-type") ?? "",
      disposition: response.headers.get("content-disposition") ?? ""
    }
    if (!response.ok) {
      await response.body?.cancel()
      return {
        ...facts,
        ok: false,
        bytes: 0,
        base64: null,
        saved: false,
        problem: `the site answered ${response.status}`
      }
    }
    const blob = await read(response, limits.maxBytes)
    if (blob === "too large") return { ...facts, ok: false, bytes: 0, base64: null, saved: false, problem: "too large" }
    if (blob.size <= limits.inlineBytes) {
      return { ...facts, ok: true, bytes: blob.size, base64: await base64(blob), saved: false, problem: null }
    }
    saveBlob(site, blob, name)
    return { ...facts, ok: true, bytes: blob.size, base64: null, saved: true, problem: null }
  } catch (error) {
    return {
      ok: false,
      status: 0,
      url: address,
      contentType: "",
      disposition: "",
      bytes: 0,
      base64: null,
      saved: false,
      problem: problemOf(error)
    }
  }
}
