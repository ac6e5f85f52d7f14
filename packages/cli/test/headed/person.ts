/**
 * The practice site with a person in front of it: pages that a window shows, and only those, get a script that does what
 * a person does there. No debug pipe, so that the window is the plain browser that it is for people.
 */
import { once } from "node:events"
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http"

export interface Attended {
  readonly url: string
  /** What the person does next, as the body of an async function in the page; null for nothing. */
  act: string | null
  /** Addresses that windows were shown. */
  readonly shown: Array<string>
  readonly close: () => Promise<void>
}

const inWindow = ({ headers }: IncomingMessage): boolean =>
  headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document" &&
  !/Headless/.test(headers["user-agent"] ?? "")

const withScript = (html: string, act: string): string =>
  `${html}<script>setTimeout(async () => { ${act} }, 300)</script>`

/** Passes everything on to the site at `target`. */
export const attend = async (target: string): Promise<Attended> => {
  const { host, hostname, port } = new URL(target)
  const attended = { act: null as string | null, shown: [] as Array<string> }

  const forward = (asked: IncomingMessage, answer: ServerResponse): void => {
    const act = inWindow(asked) ? attended.act : null
    if (inWindow(asked)) attended.shown.push(asked.url ?? "")
    const headers = { ...asked.headers, host, ...(act === null ? {} : { "accept-encoding": "identity" }) }
    const passed = request({ hostname, port, method: asked.method, path: asked.url, headers }, (got) => {
      const html = /html/.test(got.headers["content-type"] ?? "")
      if (act === null || !html) {
        answer.writeHead(got.statusCode ?? 502, got.headers)
        got.pipe(answer)
        return
      }
      const { "content-length": _, "content-security-policy": __, ...rest } = got.headers
      answer.writeHead(got.statusCode ?? 502, rest)
      let text = ""
      got.setEncoding("utf8").on("data", (part: string) => (text += part)).on(
        "end",
        () => answer.end(withScript(text, act))
      )
    })
    passed.on("error", () => answer.destroy())
    asked.pipe(passed)
  }

  const server = createServer(forward)
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const number = typeof address === "object" && address !== null ? address.port : 0
  return Object.assign(attended, {
    url: `http://127.0.0.1:${number}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    }
  })
}

const form = (email: string, password: string) => `new URLSearchParams(${JSON.stringify({ email, password })})`

/** Signs in and closes the window. */
export const signInAndClose = (email: string, password: string): string =>
  `await fetch("/auth/login", { method: "POST", body: ${form(email, password)} }); window.close()`

export const closeWindow = "window.close()"

/** Ticks the box of the check. */
export const solveCheck = `const box = document.querySelector("input[name=human]")
  if (box !== null) { box.checked = true; box.form.submit() }`
