/** The flags that `ask` and `submit` share. */
import { SiteName } from "@effect-oracle/core/domain/Ids"
import { Preset } from "@effect-oracle/core/domain/ModelSelection"
import * as Flag from "effect/cli/Flag"

export const siteFlag = Flag.Literals("site", SiteName.literals).pipe(
  Flag.withDescription("Chat site (default: defaults.site of the configuration, which is chatgpt)"),
  Flag.optional
)

export const accountFlag = Flag.String("account").pipe(
  Flag.withMetavar("name"),
  Flag.withDescription("Signed-in account of the site (default: defaults.account, which is 'default')"),
  Flag.optional
)

export const filesFlag = Flag.String("files").pipe(
  Flag.withMetavar("path"),
  Flag.withDescription(
    "File, folder or glob to send, relative to the project; '!path' leaves out, '.' is all of it. "
      + "Repeatable; at least one is needed, unless --attach names one"
  ),
  Flag.atLeast(0)
)

export const allowSecretFileFlag = Flag.String("allow-secret-file").pipe(
  Flag.withMetavar("path"),
  Flag.withDescription("Send this file although the scan finds a secret in it. Repeatable"),
  Flag.atLeast(0)
)

export const submissionFlags = {
  prompt: Flag.String("prompt").pipe(
    Flag.withAlias("p"),
    Flag.withMetavar("text"),
    Flag.withDescription("The prompt (default: read from standard input)"),
    Flag.optional
  ),
  promptFile: Flag.String("prompt-file").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription("Read the prompt from this file; '-' is standard input (default: none)"),
    Flag.optional
  ),
  files: filesFlag,
  attach: Flag.String("attach").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription(
      "Image or document of the project to send as it is, beside the archive. Repeatable; a file, no folder or glob"
    ),
    Flag.atLeast(0)
  ),
  allowSecretFile: allowSecretFileFlag,
  site: siteFlag,
  account: accountFlag,
  preset: Flag.Literals("preset", Preset.literals).pipe(
    Flag.withDescription(
      "Model preset; 'current' keeps what the page has (default: defaults.preset, which is pro_extended)"
    ),
    Flag.optional
  ),
  followUp: Flag.String("follow-up").pipe(
    Flag.withMetavar("job"),
    Flag.withDescription("Continue the conversation of this complete job (default: a new conversation)"),
    Flag.optional
  ),
  conversation: Flag.String("conversation").pipe(
    Flag.withMetavar("id|url"),
    Flag.withDescription("Continue this conversation of the site (default: a new one)"),
    Flag.optional
  ),
  temporary: Flag.Boolean("temporary").pipe(
    Flag.withDescription(
      "Ask in a temporary chat, of which the site keeps no copy: no follow-up, and no answer once the browser of the job "
        + "is gone (default: a chat that stays)"
    ),
    Flag.withDefault(false)
  ),
  queue: Flag.Boolean("queue").pipe(
    Flag.withDescription("Wait for a conversation that another job holds (default: refuse at once)"),
    Flag.withDefault(false)
  ),
  format: Flag.Literals("format", ["tar.zst", "tar.gz"]).pipe(
    Flag.withDescription("Archive format (default: what the site takes best)"),
    Flag.optional
  ),
  headed: Flag.Boolean("headed").pipe(
    Flag.withDescription("Show the browser window while the job runs (default: no window)"),
    Flag.withDefault(false)
  ),
  yes: Flag.Boolean("yes").pipe(
    Flag.withAlias("y"),
    Flag.withDescription("Do not ask before sending (default: a person at a terminal is asked)"),
    Flag.withDefault(false)
  ),
  acceptAutomation: Flag.Boolean("accept-automation").pipe(
    Flag.withDescription(
      "Agree that your own account is automated, without being asked (default: asked once per site)"
    ),
    Flag.withDefault(false)
  )
} as const
