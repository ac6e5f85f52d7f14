/** The three page generations that the imitation can show; each differs in labels, turn markup, picker and attachments. */

export interface Generation {
  readonly name: "A" | "B" | "C"
  readonly composer: "prosemirror" | "textarea"
  readonly composerLabel: string
  readonly attachLabel: string
  readonly sendLabel: string
  readonly turnElement: "article" | "section" | "div"
  readonly picker: "configure" | "intelligence" | "none"
  readonly chips: "group" | "remove" | "none"
  /** Form of the files in an answer. */
  readonly files: "sandbox" | "behaviour" | "link"
  /** The back end answers its JSON end points only with the bearer token of the session. */
  readonly bearer: boolean
  readonly me: "bearer" | "missing" | "user"
  readonly sessionCookie: string
}

export const generations: Readonly<Record<Generation["name"], Generation>> = {
  A: {
    name: "A",
    composer: "prosemirror",
    composerLabel: "Chat with ChatGPT",
    attachLabel: "Add files and more",
    sendLabel: "Send prompt",
    turnElement: "article",
    picker: "configure",
    chips: "group",
    files: "sandbox",
    bearer: true,
    me: "bearer",
    sessionCookie: "next-auth.session-token"
  },
  B: {
    name: "B",
    composer: "prosemirror",
    composerLabel: "Ask ChatGPT",
    attachLabel: "Add files and more",
    sendLabel: "Send prompt",
    turnElement: "section",
    picker: "intelligence",
    chips: "remove",
    files: "behaviour",
    bearer: false,
    me: "missing",
    sessionCookie: "imitation_session"
  },
  C: {
    name: "C",
    composer: "textarea",
    composerLabel: "Ask anything",
    attachLabel: "Add files and more",
    sendLabel: "Send",
    turnElement: "div",
    picker: "none",
    chips: "none",
    files: "link",
    bearer: false,
    me: "user",
    sessionCookie: "sid"
  }
}
