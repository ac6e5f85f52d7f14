/** Words of Grok's page; what is known of ChatGPT's stands behind them, in all its languages. */
import { chatgpt } from "../chatgpt/definition.ts"
import type { SiteDefinition } from "../Site.ts"

export const labels: SiteDefinition["labels"] = {
  ...chatgpt.labels,
  answerHeading: ["^grok( said:?|:)$"],
  send: ["^submit$", ...chatgpt.labels.send],
  stop: ["^stop( model response)?$", "^cancel$", ...chatgpt.labels.stop],
  attach: ["^attach", ...chatgpt.labels.attach],
  attachMenuItem: ["^upload (a |an )?file", ...chatgpt.labels.attachMenuItem],
  removeAttachment: ["^remove\\b", ...chatgpt.labels.removeAttachment],
  login: [
    "^(sign|log) ?in$",
    "^sign up$",
    "^create account$",
    "^continue with (x|google|apple)$",
    ...chatgpt.labels.login
  ],
  modelTrigger: ["^model select$", "^(auto|fast|expert|heavy)( [\\d.]+)?$"]
}
