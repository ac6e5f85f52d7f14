/** A Playwright storage state by which a browser is signed in to a running site. */
import { sessionCookie } from "./http/cookies.ts"

export interface StorageState {
  readonly cookies: ReadonlyArray<{
    readonly name: string
    readonly value: string
    readonly domain: string
    readonly path: string
    readonly expires: number
    readonly httpOnly: boolean
    readonly secure: boolean
    readonly sameSite: "Lax"
  }>
  readonly origins: ReadonlyArray<{
    readonly origin: string
    readonly localStorage: ReadonlyArray<{ readonly name: string; readonly value: string }>
  }>
}

/** Asks the site at `url` for the state of a fresh session; the first user's unless `email` names another. */
export const storageState = async (url: string, email?: string): Promise<StorageState> => {
  const address = new URL("/__practice/storage-state", url)
  if (email !== undefined) address.searchParams.set("email", email)
  const response = await fetch(address)
  if (!response.ok) throw new Error(`The practice site gave no storage state: ${response.status}`)
  const state: StorageState = await response.json()
  return state
}

export const stateOf = (origin: string, token: string): StorageState => {
  const expires = Math.floor(Date.now() / 1_000) + 30 * 86_400
  const shared = { domain: new URL(origin).hostname, path: "/", expires, secure: true, sameSite: "Lax" } as const
  return {
    cookies: [
      { ...shared, name: sessionCookie, value: encodeURIComponent(token), httpOnly: true },
      { ...shared, name: "_account", value: "personal", httpOnly: false }
    ],
    origins: [{ origin, localStorage: [{ name: "oai/apps/announcements/seen", value: "[]" }] }]
  }
}
