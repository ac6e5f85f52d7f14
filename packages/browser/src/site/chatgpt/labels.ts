/** Words of ChatGPT's page in the languages that are known; sources of case-insensitive regular expressions. */
import type { SiteDefinition } from "../Site.ts"

export const labels: SiteDefinition["labels"] = {
  notComposerInput: ["^search", "search chats", "^filter", "^rename", "^edit message", "feedback", "^title"],
  sidebar: ["history", "chats", "sidebar"],
  send: [
    "^send( prompt| message)?$",
    "^send\\b",
    "^submit$"
  ],
  stop: [
    "^stop( streaming| generating| response| answering)?$",
    "^stop (the )?(stream|generation)",
    "^cancel generation$"
  ],
  notStop: ["dictat", "voice", "read", "aloud", "record", "listen", "speak"],
  attach: [
    "^add files",
    "^add photos",
    "^attach",
    "^upload",
    "^add files and more$"
  ],
  attachMenuItem: [
    "^add (photos|files)",
    "photos (&|and) files",
    "^upload( files| from computer| a file)?\\b",
    "^attach files?"
  ],
  removeAttachment: [
    "^remove (file|attachment|image|photo|document)\\b",
    "^remove .+\\.[a-z0-9]{1,8}$",
    "^delete (file|attachment)\\b",
    "^(remove|delete)$"
  ],
  finish: [
    "^copy( response| message| answer)?$",
    "^(good|bad) response$",
    "^(not )?helpful$",
    "^(dis)?like$",
    "^thumbs (up|down)$",
    "^share$",
    "^read aloud$",
    "^regenerate( response)?$",
    "^more actions$",
    "^switch model$",
    "^i prefer this response$"
  ],
  preferAnswer: ["prefer this response"],
  thinking: [
    "^(pro |extended |deep )?thinking\\b",
    "^thinking longer",
    "^reasoning\\b",
    "^finali[sz]ing",
    "^analy[sz]ing",
    "^researching",
    "^working( on it)?\\b",
    "^planning",
    "^searching",
    "^reading",
    "^getting ready"
  ],
  thought: [
    "^thought for\\b",
    "^thought about\\b",
    "^reasoned (for|about)\\b",
    "^stopped thinking",
    "^worked for\\b"
  ],
  placeholder: [
    "^((chatgpt said:?|you said:?|answer now|file upload request|pro thinking|thinking|reasoning|finali[sz]ing answer)\\s*)+$"
  ],
  turnError: [
    "something went wrong",
    "failed to generate",
    "try again later",
    "network error",
    "an error occurred",
    "error in (the )?message stream",
    "unable to generate"
  ],
  retry: ["^retry$", "^try again$", "^regenerate( response)?$"],
  continueGenerating: ["^continue generating$", "^keep generating$", "^continue$"],
  userHeading: ["^you said", "^you:$"],
  answerHeading: ["^chatgpt (said|says|replied)", "^chatgpt:$"],
  download: ["^download\\b(?!.*\\b(image|app|all)\\b)"],
  downloadAll: ["^download (all|files)\\b"],
  account: [
    "^open profile menu$",
    "^account menu$",
    "^profile( menu)?$",
    "^user menu$",
    "^open account",
    "^my account$"
  ],
  login: [
    "^log ?in\\b",
    "^sign ?in\\b",
    "^sign up( for free)?$",
    "^continue with (google|apple|microsoft|phone|email)"
  ],
  dismiss: [
    "^close\\b",
    "^dismiss\\b",
    "^got it\\b",
    "^ok(ay)?\\b",
    "^not now\\b",
    "^maybe later\\b",
    "^no,? thanks\\b",
    "^skip\\b",
    "^(reject|decline) (all|non-essential)",
    "^only necessary",
    "^done$"
  ],
  neverPress: [
    "answer now",
    "^retry",
    "^regenerate",
    "prefer this response",
    "^log ?(in|out)",
    "^sign",
    "^upgrade",
    "^subscribe",
    "^buy",
    "^delete",
    "^submit",
    "^send",
    "^accept all",
    "^allow",
    "good response",
    "bad response"
  ],
  uploadError: [
    "failed upload",
    "upload failed",
    "failed to upload",
    "could not (be )?(upload|process)",
    "couldn.t (be )?(upload|process)",
    "unable to upload",
    "files\\.oaiusercontent\\.com",
    "network settings allow access to this site",
    "failed to get upload status",
    "is too large\\b.*maximum",
    "(file|upload) (size )?(limit|too large)"
  ],
  conversationMenu: [
    "^more( options| actions)?$",
    "conversation options",
    "^chat options",
    "^open menu$",
    "^opcje",
    "^więcej"
  ],
  deleteConversation: ["^delete( (this )?(chat|conversation))?\\??$"],
  modelTrigger: [
    "^(chatgpt|gpt)[ -]?\\d",
    "^(model( selector)?|select (chatgpt )?model|intelligence|thinking effort)$",
    "^((\\d+(\\.\\d+)?|gpt-\\S+) )?(instant|thinking|medium|high|extra high|pro|light|standard|extended|heavy)( (standard|extended|light|heavy|thinking|pro))?$"
  ],
  effortTrigger: ["^((pro )?thinking|reasoning) effort\\b", "^effort\\b", "^(light|standard|extended|heavy)$"],
  modelClose: ["^(close|done)$"],
  removeChip: [",? click to remove$"]
}
