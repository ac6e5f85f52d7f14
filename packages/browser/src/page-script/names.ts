/** The names that a site definition gives to parts, words and topics of a page; schema and page script share them. */

export const selectorNames = [
  "composerInput",
  "composerRoot",
  "sendButton",
  "stopButton",
  "attachButton",
  "fileInput",
  "attachment",
  "attachmentRemove",
  "attachmentBusy",
  "turn",
  "userTurn",
  "assistantTurn",
  "userText",
  "answerContent",
  "answerNoise",
  "finishControl",
  "thinkingBusy",
  "thinkingStatus",
  "turnError",
  "retryControl",
  "continueControl",
  "alternative",
  "fileControl",
  "answerImage",
  "sidebar",
  "historyLink",
  "accountControl",
  "loginControl",
  "dialog",
  "toast",
  "passingNotice",
  "banner",
  "challenge",
  "challengeScript",
  "modelTrigger",
  "modelMenu",
  "modelRow",
  "modelDialog",
  "modelSlider",
  "modelChip"
] as const

export const labelNames = [
  "notComposerInput",
  "sidebar",
  "send",
  "stop",
  "notStop",
  "attach",
  "attachMenuItem",
  "removeAttachment",
  "finish",
  "preferAnswer",
  "thinking",
  "thought",
  "placeholder",
  "turnError",
  "retry",
  "continueGenerating",
  "userHeading",
  "download",
  "downloadAll",
  "account",
  "login",
  "dismiss",
  "neverPress",
  "uploadError",
  "modelTrigger",
  "modelClose",
  "removeChip"
] as const

/** What a title, a notice or a bare page may be about. */
export const topicNames = [
  "challenge",
  "challenge_title",
  "account_block",
  "rate_limit",
  "usage_limit",
  "outage",
  "cookies_too_large",
  "session_expired",
  "not_found"
] as const

export type SelectorName = (typeof selectorNames)[number]
export type LabelName = (typeof labelNames)[number]
export type TopicName = (typeof topicNames)[number]
