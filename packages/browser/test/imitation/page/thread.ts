/** The turns of a conversation, in the markup of each generation. */
import type { Generation } from "../Generation.ts"
import { h, report } from "./dom.ts"
import { render } from "./markdown.ts"

type Api = (path: string, init?: RequestInit) => Promise<Response>

export interface AnswerView {
  readonly thinking: () => void
  readonly append: (text: string) => void
  readonly finish: (files: ReadonlyArray<string>) => void
}

const bar = (source: () => string): HTMLElement => {
  const copy = h("button", { "data-testid": "copy-turn-action-button", "aria-label": "Copy response" })
  copy.addEventListener("click", () => void navigator.clipboard?.writeText(source()))
  return h(
    "div",
    { class: "turn-actions" },
    copy,
    h("button", { "data-testid": "good-response-turn-action-button", "aria-label": "Good response" }),
    h("button", { "data-testid": "bad-response-turn-action-button", "aria-label": "Bad response" }),
    h("button", { "aria-label": "Share" })
  )
}

const save = async (api: Api, path: string, name: string): Promise<void> => {
  const answered = await api(`${path}?path=${encodeURIComponent(`/mnt/data/${name}`)}`)
  if (!answered.ok) {
    const toast = h("div", { role: "alert" }, "File not found")
    document.body.append(toast)
    setTimeout(() => toast.remove(), 3000)
    return
  }
  const { download_url: address } = await answered.json() as { download_url: string }
  h("a", { href: address, download: name }).click()
}

const fileControl = (generation: Generation, api: Api, name: string): HTMLElement => {
  if (generation.files === "link") return h("a", { href: `/files/${encodeURIComponent(name)}`, download: name }, name)
  if (generation.files === "behaviour") {
    const button = h("button", { class: "behavior-btn entity-underline" }, `Download ${name}`)
    button.addEventListener("click", () => void save(api, "/files/download", name))
    return button
  }
  const link = h("a", { href: `sandbox:/mnt/data/${name}`, class: "cursor-pointer" }, name)
  link.addEventListener("click", (event) => {
    event.preventDefault()
    void save(api, "/sandbox/download", name)
  })
  return link
}

export const makeThread = (generation: Generation, root: HTMLElement, api: Api) => {
  let count = 0

  const turn = (role: "user" | "assistant", id: string, content: Node) => {
    count++
    const heading = h("h5", { class: "sr-only" }, role === "user" ? "You said:" : "ChatGPT said:")
    if (generation.turnElement === "div") {
      const message = h("div", { "data-message-author-role": role, "data-message-id": id }, content)
      const group = h("div", { class: "group" }, message)
      root.append(group)
      return { outer: group, message }
    }
    const author: Record<string, string> = generation.name === "A" ? { "data-message-author-role": role } : {}
    const message = h("div", { ...author, "data-message-id": id }, content)
    const outer = h(
      generation.turnElement,
      {
        "data-testid": `conversation-turn-${count}`,
        "data-turn-id": id,
        "data-turn": role
      },
      heading,
      message
    )
    root.append(outer)
    return { outer, message }
  }

  const user = (id: string, text: string, files: ReadonlyArray<string>) => {
    const { message } = turn("user", id, h("div", { class: "whitespace-pre-wrap" }, text))
    if (generation.chips === "none") return
    for (const name of files) message.prepend(h("div", { role: "group", "aria-label": name }, h("span", {}, name)))
  }

  const assistant = (id: string): AnswerView => {
    const prose = h("div", { class: "markdown prose dark:prose-invert w-full break-words" })
    const { message, outer } = turn("assistant", id, prose)
    let source = ""
    let flashed = false
    let status: HTMLElement | null = null
    const started = performance.now()
    return {
      thinking: () => {
        const rush = h("button", {}, "Answer now")
        rush.addEventListener("click", () => report("forbidden"))
        status = generation.name === "B"
          ? h("div", { "data-testid": "thinking-indicator", "aria-busy": "true" }, "Pro thinking")
          : h("div", { class: "thinking" }, h("span", { class: "loading-shimmer" }, "Thinking"), rush)
        outer.insertBefore(status, message)
      },
      append: (text) => {
        if (status !== null) {
          const seconds = Math.max(1, Math.round((performance.now() - started) / 1000))
          status.replaceWith(h("div", { class: "thought" }, h("button", {}, `Thought for ${seconds}s`)))
          status = null
        }
        source += text
        prose.innerHTML = render(source)
        if (generation.name === "A" && !flashed && source.length > 300) {
          flashed = true
          const early = bar(() => source)
          outer.append(early)
          setTimeout(() => early.remove(), 150)
        }
      },
      finish: (files) => {
        prose.innerHTML = render(source)
        if (files.length > 0) {
          prose.append(h("p", {}, "Files: ", ...files.flatMap((name) => [fileControl(generation, api, name), " "])))
        }
        outer.append(bar(() => source))
      }
    }
  }

  return { user, assistant }
}
