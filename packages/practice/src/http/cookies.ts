/** The cookies by which the site knows a browser. */
import type { IncomingMessage, ServerResponse } from "node:http"

export const sessionCookie = "__Secure-next-auth.session-token"

export const cookiesOf = (request: IncomingMessage): ReadonlyMap<string, string> =>
  new Map(
    (request.headers.cookie ?? "").split(/;\s*/).flatMap((pair): ReadonlyArray<[string, string]> => {
      const at = pair.indexOf("=")
      return at === -1 ? [] : [[pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))]]
    })
  )

/** The session token, whole or in its two numbered pieces. */
export const sessionTokenOf = (cookies: ReadonlyMap<string, string>): string | undefined => {
  const whole = cookies.get(sessionCookie)
  if (whole !== undefined) return whole
  const pieces = [cookies.get(`${sessionCookie}.0`), cookies.get(`${sessionCookie}.1`)].filter((piece) =>
    piece !== undefined
  )
  return pieces.length === 0 ? undefined : pieces.join("")
}

export const setCookie = (
  response: ServerResponse,
  name: string,
  value: string,
  maxAgeSeconds: number,
  httpOnly = true
): void => {
  const flags = `Path=/; Max-Age=${maxAgeSeconds}; Secure; SameSite=Lax${httpOnly ? "; HttpOnly" : ""}`
  response.appendHeader("set-cookie", `${name}=${encodeURIComponent(value)}; ${flags}`)
}

export const clearCookie = (response: ServerResponse, name: string): void => setCookie(response, name, "", 0)

export const setSession = (response: ServerResponse, token: string): void =>
  setCookie(response, sessionCookie, token, 30 * 86_400)
