/** The "+" of the composer, its menu, and the file inputs behind it. */
import { bootstrap } from "./bootstrap.ts"
import { button, h, icon } from "./dom.ts"
import { labels } from "./labels.ts"
import { menuItem, type OpenMenu, openMenu } from "./menu.ts"

export class PlusMenu {
  readonly element: HTMLElement
  private readonly trigger: HTMLButtonElement
  readonly inputs: ReadonlyArray<HTMLInputElement>
  private menu: OpenMenu | null = null

  constructor(onRim: () => void) {
    this.trigger = button(
      {
        id: "composer-plus-btn",
        "data-testid": "composer-plus-btn",
        class: "composer-btn",
        "aria-label": labels.plus,
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "data-state": "closed"
      },
      icon("plus"),
      () => this.toggle()
    )
    this.element = h("span", bootstrap.page.workMode ? { class: "plus-rim" } : {}, this.trigger)
    this.element.addEventListener("click", (event) => {
      if (bootstrap.page.workMode && event.isTrusted && event.target === this.element) onRim()
    })
    const photos = h("input", {
      type: "file",
      id: "upload-photos",
      "data-testid": "upload-photos-input",
      accept: "image/*",
      multiple: true,
      class: "sr-only",
      tabindex: -1,
      "aria-hidden": "true"
    })
    const any = h("input", {
      type: "file",
      id: "upload-files",
      multiple: true,
      class: "sr-only",
      tabindex: -1,
      "aria-hidden": "true"
    })
    this.inputs = [photos, any]
  }

  listen(onFiles: (files: ReadonlyArray<File>) => void): void {
    const [photos, any] = this.inputs
    any?.addEventListener("change", () => {
      onFiles([...any.files ?? []])
      any.value = ""
    })
    photos?.addEventListener("change", () => {
      onFiles([...photos.files ?? []].filter((file) => file.type.startsWith("image/")))
      photos.value = ""
    })
  }

  private toggle(): void {
    if (this.menu !== null) {
      this.menu.close()
      return
    }
    const rows = [
      menuItem({}, [labels.upload, h("span", { class: "secondary" }, "Ctrl+U")], () => {
        this.menu?.close()
        this.inputs[1]?.click()
      }),
      menuItem({}, ["Add photos"], () => {
        this.menu?.close()
        this.inputs[0]?.click()
      }),
      ...["Create image", "Deep research", "Web search"].map((name) => menuItem({}, [name], () => this.menu?.close()))
    ]
    this.menu = openMenu(this.trigger, rows, labels.plus, { onClose: () => this.menu = null })
  }
}
