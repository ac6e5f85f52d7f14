/** The files of the draft: each is uploaded at once and shown as a chip above the input. */
import type { Attachment } from "../wire.ts"
import * as api from "./api.ts"
import { bootstrap } from "./bootstrap.ts"
import { showToast, showTooManyRequests } from "./dialogs.ts"
import { button, h, icon, set } from "./dom.ts"
import { labels } from "./labels.ts"

type State = "uploading" | "ready" | "error"

interface Item {
  readonly file: File
  readonly chip: HTMLElement
  readonly abort: AbortController
  state: State
  id: string
}

export class Attachments {
  readonly element = h("div", { class: "chips", "data-testid": "composer-attachments" })
  private items: Array<Item> = []
  private readonly onChange: () => void

  constructor(onChange: () => void) {
    this.onChange = onChange
  }

  add(files: ReadonlyArray<File>): void {
    const room = 10 - this.items.length
    for (const file of files.slice(0, room)) this.addOne(file)
    if (files.length > room) showToast("You can only attach 10 files at a time")
  }

  get busy(): boolean {
    return this.items.some((item) => item.state !== "ready")
  }

  get count(): number {
    return this.items.length
  }

  ready(): ReadonlyArray<Attachment> {
    return this.items.map((item) => ({
      id: item.id,
      name: item.file.name,
      size: item.file.size,
      mimeType: item.file.type || "application/octet-stream"
    }))
  }

  /** Takes the files off the draft; the result puts them back. */
  take(): () => void {
    const taken = this.items
    this.items = []
    this.show()
    return () => {
      this.items = [...taken, ...this.items]
      this.show()
    }
  }

  private addOne(file: File): void {
    const chip = h("div", {
      role: "group",
      class: "chip group/attachment",
      "aria-label": file.name,
      "data-testid": "file-chip"
    })
    const item: Item = { file, chip, abort: new AbortController(), state: "uploading", id: "" }
    this.items.push(item)
    this.paint(item)
    this.show()
    void this.transfer(item)
  }

  private async transfer(item: Item): Promise<void> {
    try {
      item.id = await api.upload(item.file, item.abort.signal)
      item.state = "ready"
    } catch (error) {
      if (item.abort.signal.aborted) return
      item.state = "error"
      reportUpload(error, item.file.name)
    }
    this.paint(item)
    this.onChange()
  }

  private paint(item: Item): void {
    const name = shownName(item.file.name)
    set(item.chip, "data-state", item.state)
    set(item.chip, "aria-label", name)
    set(item.chip, "aria-busy", item.state === "uploading" ? "true" : null)
    const progress = h("div", {
      role: "progressbar",
      "aria-label": "Uploading",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      class: "spinner"
    }, icon("spinner"))
    const retry = button({ "aria-label": "Retry upload" }, icon("again"), () => {
      item.state = "uploading"
      this.paint(item)
      this.onChange()
      void this.transfer(item)
    })
    const remove = button(
      { "aria-label": `${labels.remove} ${this.items.indexOf(item) + 1}: ${name}`, "data-testid": "remove-attachment" },
      icon("cross"),
      () => {
        item.abort.abort()
        this.items = this.items.filter((other) => other !== item)
        this.show()
      }
    )
    item.chip.replaceChildren(
      ...(item.state === "uploading"
        ? [progress]
        : item.state === "error"
        ? [h("span", { class: "text-token-text-error-icon" }, "⚠"), retry]
        : [icon("file")]),
      h(
        "div",
        { class: "overflow-hidden" },
        h("div", { class: "truncate font-semibold" }, name),
        h("div", { class: "truncate secondary" }, kindOf(item))
      ),
      remove
    )
  }

  private show(): void {
    this.element.replaceChildren(...(bootstrap.page.chips === "none" ? [] : this.items.map((item) => item.chip)))
    this.onChange()
  }
}

const reportUpload = (error: unknown, name: string): void => {
  const code = error instanceof api.ApiProblem ? error.code : ""
  if (code === "rate_limit_exceeded") {
    showTooManyRequests()
    return
  }
  showToast(
    code === "file_too_large"
      ? `${name} is too large. The maximum size is 512 MB.`
      : "Failed upload to files.oaiusercontent.com. Please ensure your network settings allow access to this site or contact your network administrator.",
    10_000
  )
}

/** A file as the sent turn shows it. */
export const sentChip = (attachment: Attachment): HTMLElement =>
  h(
    "div",
    { role: "group", class: "chip group/file-tile", "aria-label": shownName(attachment.name) },
    icon("file"),
    h("div", { class: "truncate font-semibold" }, shownName(attachment.name))
  )

const kindOf = (item: Item): string =>
  item.state === "error"
    ? "Upload failed"
    : /\.(?:zst|gz|zip|tar)$/i.test(item.file.name)
    ? "Compressed Archive"
    : "File"

const shownName = (name: string): string => {
  const dot = name.indexOf(".", 1)
  const [stem, extension] = dot === -1 ? [name, ""] : [name.slice(0, dot), name.slice(dot)]
  switch (bootstrap.page.chips) {
    case "ellipsized":
      return name.length <= 16 ? name : `${name.slice(0, 8)}…${name.slice(-7)}`
    case "renamed":
      return `${stem} (1)${extension}`
    case "stem":
      return stem
    default:
      return name
  }
}
