/** English, in the present wording and in the one that came after a drift. */
import type { Words } from "./Words.ts"

export const english: Words = {
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
  options: "Open conversation options",
  archive: "Archive",
  unarchive: "Unarchive",
  erase: "Delete",
  cancel: "Cancel",
  picker: {
    tiers: ["Instant", "Medium", "High", "Extra High", "Pro"],
    efforts: ["Light", "Standard", "Extended", "Heavy"],
    intelligence: "Intelligence",
    power: "Power",
    advanced: "Advanced",
    showAdvanced: "Show advanced options",
    model: "Model",
    effort: "Effort",
    latest: "Latest",
    configure: "Configure...",
    legacy: "Legacy models",
    position: "{level}, {n} of {of}."
  }
}

export const drifted: Words = {
  ...english,
  composer: "Ask ChatGPT",
  placeholder: "Message ChatGPT",
  upload: "Upload files",
  send: "Send message",
  stop: "Stop generating",
  profile: "Account menu",
  copy: "Copy response",
  good: "Helpful",
  bad: "Not helpful",
  remove: "Remove attachment",
  options: "More",
  picker: { ...english.picker, intelligence: "Select ChatGPT model" }
}
