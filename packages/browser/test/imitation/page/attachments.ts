/** Attaching files: upload at once with a chip, or, without chips, the file stands in the input until the send. */
import type { Generation } from "../Generation.ts"
import { h } from "./dom.ts"

type Api = (path: string, init?: RequestInit) => Promise<Response>

interface Attached {
  readonly name: string
  id: string | null
  readonly chip: HTMLElement | null
}

export interface Attachments {
  readonly controls: ReadonlyArray<HTMLElement>
  readonly tray: HTMLElement
  readonly busy: () => boolean
  readonly count: () => number
  /** Ids of the uploads; uploads what still stands in the input. */
  readonly take: () => Promise<{ readonly ids: ReadonlyArray<string>; readonly names: ReadonlyArray<string> }>
}

const upload = async (api: Api, file: File): Promise<string> => {
  const registered = await api("/files", {
    method: "POST",
    body: JSON.stringify({ file_name: file.name, file_size: file.size, use_case: "my_files" })
  })
  const { file_id: id, upload_url: address } = await registered.json() as { file_id: string; upload_url: string }
  await api(address.slice("/backend-api".length), { method: "PUT", body: file })
  return id
}

const ellipsized = (name: string): string => name.length > 24 ? `${name.slice(0, 12)}…${name.slice(-8)}` : name

export const makeAttachments = (generation: Generation, api: Api, onChange: () => void): Attachments => {
  const attached: Array<Attached> = []
  const tray = h("div", { class: "attachments" })
  const photos = h("input", {
    type: "file",
    accept: "image/*",
    multiple: "",
    class: "hidden",
    "data-testid": "upload-photos-input"
  })
  const input = h("input", { type: "file", multiple: "", class: "hidden" })
  const plus = h("button", {
    type: "button",
    id: "composer-plus-btn",
    "data-testid": "composer-plus-btn",
    "aria-label": generation.attachLabel,
    "aria-expanded": "false"
  }, "+")

  const remove = (one: Attached) => {
    attached.splice(attached.indexOf(one), 1)
    one.chip?.remove()
    onChange()
  }
  const chipFor = (name: string, index: number) => {
    const label = generation.chips === "group" ? "Remove file" : `Remove file ${index}: ${name}`
    const button = h("button", { type: "button", "aria-label": label }, "✕")
    const bar = h("div", { role: "progressbar", "aria-valuenow": "10" })
    const chip = generation.chips === "group"
      ? h("div", { role: "group", "aria-label": name }, h("span", {}, name), bar, button)
      : h(
        "div",
        { class: "file-tile", "data-state": "uploading", "aria-busy": "true" },
        h("span", {}, ellipsized(name)),
        bar,
        button
      )
    return {
      chip,
      button,
      finish: () => {
        bar.remove()
        chip.removeAttribute("aria-busy")
        if (chip.hasAttribute("data-state")) chip.setAttribute("data-state", "ready")
      }
    }
  }

  if (generation.chips !== "none") {
    for (const source of [input, photos]) {
      source.addEventListener("change", () => {
        const files = [...source.files ?? []]
        source.value = ""
        for (const file of files) {
          const { button, chip, finish } = chipFor(file.name, attached.length + 1)
          const one: Attached = { name: file.name, id: null, chip }
          attached.push(one)
          tray.append(chip)
          button.addEventListener("click", () => remove(one))
          onChange()
          void upload(api, file).then((id) =>
            setTimeout(() => {
              one.id = id
              finish()
              onChange()
            }, 200)
          )
        }
      })
    }
  } else input.addEventListener("change", onChange)

  plus.addEventListener(
    "click",
    () => plus.setAttribute("aria-expanded", String(plus.getAttribute("aria-expanded") !== "true"))
  )

  const standing = () => generation.chips === "none" ? [...input.files ?? []] : []
  return {
    controls: [photos, input, plus],
    tray,
    busy: () => attached.some(({ id }) => id === null),
    count: () => attached.length + standing().length,
    take: async () => {
      const files = standing()
      input.value = ""
      const ids = await Promise.all(files.map((file) => upload(api, file)))
      const taken = attached.splice(0)
      tray.replaceChildren()
      return {
        ids: [...taken.flatMap(({ id }) => id ?? []), ...ids],
        names: [...taken.map(({ name }) => name), ...files.map(({ name }) => name)]
      }
    }
  }
}
