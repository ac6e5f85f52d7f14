/** The words of the interface, in the present layout and after a drift. */
import { bootstrap } from "./bootstrap.ts"

const current = {
  composer: "Chat with ChatGPT",
  placeholder: "Ask anything",
  plus: "Add files and more",
  upload: "Add photos & files",
  send: "Send prompt",
  stop: "Stop streaming",
  profile: "Open profile menu",
  copy: "Copy",
  good: "Good response",
  bad: "Bad response",
  share: "Share",
  remove: "Remove file",
  model: "Intelligence"
}

const drifted: typeof current = {
  composer: "Ask ChatGPT",
  placeholder: "Message ChatGPT",
  plus: "Add files and more",
  upload: "Upload files",
  send: "Send message",
  stop: "Stop generating",
  profile: "Account menu",
  copy: "Copy response",
  good: "Helpful",
  bad: "Not helpful",
  share: "Share",
  remove: "Remove attachment",
  model: "Select ChatGPT model"
}

export const labels = bootstrap.page.labels === "drift" ? drifted : current
