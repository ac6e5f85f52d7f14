/** The lasting address of a thread, which names its project where it has one. */
import { bootstrap } from "./bootstrap.ts"

const project = "/g/g-p-6889aa5f4a3c81918d1d-release-notes"

export const addressOf = (conversationId: string): string =>
  `${bootstrap.page.projectThreads ? project : ""}/c/${conversationId}`

/** The thread that an address names, in a project or not. */
export const threadIn = (path: string): string | undefined =>
  /^(?:\/g\/g-p-[^/]+)?\/c\/([A-Za-z0-9-]+)$/.exec(path)?.[1]
