/** Everything about a submission that can be said before anything is written (PRODUCT, section 4, steps 1 to 4). */
import * as Effect from "effect/Effect"
import { Archiver, type SecretFinding, type Selected } from "../archive/Archiver.ts"
import type { ProjectId } from "../domain/Ids.ts"
import { projectOf } from "../domain/Project.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import type { PlannedAttachment, SubmitPlan, SubmitRequest } from "../Oracle.ts"
import { ChatBrowser, type SiteFacts } from "../port/ChatBrowser.ts"
import { SeedProfiles } from "../port/SeedProfiles.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { planAttachments } from "./Attaching.ts"
import { resolveThread } from "./ThreadChoice.ts"

/** Line ends as `\n`: what the composer must hold, byte for byte. */
export const normalise = (prompt: string): string => prompt.replaceAll(/\r\n?/g, "\n")

/** Findings in the prompt are listed, and allowed, under this name. */
export const promptLabel = "prompt"

export const plan = Effect.fn("Oracle.plan")(function*(asked: SubmitRequest) {
  const browser = yield* ChatBrowser
  const request = { ...asked, prompt: normalise(asked.prompt) }
  if (request.prompt.trim() === "") return yield* oracleError("prompt_required", "the prompt is empty")
  const projectId = yield* projectOf(request.cwd)
  const thread = yield* resolveThread(request, projectId)
  const { account, site } = thread
  const facts = yield* browser.site(site, request.config)
  yield* checkLength(request.prompt, facts)
  yield* checkPreset(request, facts)
  yield* checkTemporary(request, facts)
  const selected = yield* select(request, projectId)
  const attachments = yield* planAttachments(request, projectId, facts, allowed(request))
  const secrets = yield* allowedSecrets(request, selected, attachments)
  yield* preflight(request, thread)
  const planned: SubmitPlan = { request, projectId, site, account, selected, attachments, secrets }
  return planned
})

const checkLength = (prompt: string, site: SiteFacts): Effect.Effect<void, OracleError> =>
  prompt.length <= site.promptMaxChars ? Effect.void : Effect.fail(
    oracleError(
      "prompt_too_large",
      `the prompt has ${prompt.length} characters; ${site.label} takes ${site.promptMaxChars}`
    )
  )

const checkPreset = Effect.fnUntraced(
  function*({ config, preset = config.defaults.preset }: SubmitRequest, site: SiteFacts) {
    if (site.presets.includes(preset)) return
    return yield* oracleError(
      "invalid_option",
      `${site.label} has nothing for the preset ${preset}; it takes ${site.presets.join(", ")}`,
      { facts: { preset, presets: site.presets }, step: "choose one of these presets, or --preset current" }
    )
  }
)

/** A temporary chat is new, and nothing of it is kept to go on with. */
const checkTemporary = Effect.fnUntraced(function*(request: SubmitRequest, site: SiteFacts) {
  if (request.temporary !== true) return
  if (!site.temporaryChats) {
    return yield* oracleError("invalid_option", `${site.label} has no temporary chats`, {
      step: "leave out --temporary"
    })
  }
  if (request.followUpJobId !== undefined || request.conversation !== undefined) {
    return yield* oracleError("follow_up_invalid", "a temporary chat is always a new one", {
      step: "leave out --temporary, or the conversation"
    })
  }
})

const select = Effect.fnUntraced(function*(request: SubmitRequest, root: ProjectId) {
  const archiver = yield* Archiver
  if (request.files.length === 0) {
    return request.archiveRequired && (request.attach ?? []).length === 0
      ? yield* oracleError("archive_input_required", "no file, folder or glob was named")
      : null
  }
  return yield* archiver.select({
    root,
    cwd: root,
    inputs: request.files,
    exclude: request.config.archive.exclude,
    allowSecretFiles: allowed(request)
  })
})

const allowed = (request: SubmitRequest): ReadonlyArray<string> => [
  ...(request.allowSecretFiles ?? []),
  ...request.config.archive.allowSecretFiles
]

/** All findings, where each is allowed; else the refusal lists each with file, line and rule. Values are masked. */
const allowedSecrets = Effect.fnUntraced(function*(
  request: SubmitRequest,
  selected: Selected | null,
  attachments: ReadonlyArray<PlannedAttachment>
) {
  const archiver = yield* Archiver
  const promptAllowed = allowed(request).includes(promptLabel)
  const inPrompt = yield* archiver.scanText(promptLabel, request.prompt)
  const findings: ReadonlyArray<SecretFinding> = [
    ...inPrompt.map(({ line, masked, path, rule }) => ({ path, line, rule, masked, allowed: promptAllowed })),
    ...(selected?.secrets ?? []),
    ...attachments.flatMap(({ secrets }) => secrets)
  ]
  const refused = findings.filter((finding) => !finding.allowed)
  if (refused.length === 0) return findings
  const lines = refused.map(({ line, masked, path, rule }) => `${path}:${line} ${rule} ${masked}`)
  return yield* oracleError(
    "secrets_found",
    `${refused.length} secret(s) in what would be sent:\n${lines.join("\n")}`,
    { facts: { secrets: refused.map(({ line, path, rule }) => ({ path, line, rule })) } }
  )
})

/** Seed, browser and directories, cheapest first. */
const preflight = Effect.fnUntraced(function*(
  request: SubmitRequest,
  thread: { readonly site: SubmitPlan["site"]; readonly account: SubmitPlan["account"] }
) {
  const seeds = yield* SeedProfiles
  const browser = yield* ChatBrowser
  const dirs = yield* StateDirs
  const files = yield* JobFiles
  yield* seeds.check({ site: thread.site, account: thread.account, config: request.config })
  yield* Effect.forEach([dirs.jobs, dirs.runtimes(request.config)], files.makeSafe, { discard: true })
  yield* browser.executable(request.config)
})
