/** The lines of docs/live-validation.md, in order; later ones use what earlier ones made. */
import { execFileSync } from "node:child_process"
import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { effectiveConfig } from "./Config.ts"
import { type Line, must, NotRun } from "./Line.ts"
import { expiredLogin } from "./LoginDrill.ts"
import type { Printed, Walk } from "./Walk.ts"

const readBack = (file: string): string => `Read the attached archive. Reply with the text of ${file} and nothing else.`

const offer = (count: number): string =>
  `Make ${count} text file(s), named live-1.txt and so on, with one line each, and offer them for download.`

interface Checks {
  readonly ok: boolean
  readonly checks: ReadonlyArray<{ readonly level: string; readonly message: string }>
}

const signIn = async (walk: Walk): Promise<string> => {
  const { account, site } = walk.target
  const { ok, checks } = await walk.json<Checks>(["doctor", "--site", site, "--account", account])
  if (ok) return checks[0]?.message ?? "the page is ready"
  if (!process.stdin.isTTY) throw new Error(checks.find(({ level }) => level === "fail")?.message ?? "not signed in")
  const { code } = await walk.run(["auth", site, "--account", account], {}, "with a person")
  must(code === 0, `oracle auth ended with ${code}`)
  return "signed in by hand, proven on the site"
}

const headless = async (walk: Walk): Promise<string> => {
  const word = walk.marked("first.txt")
  const more = ["--files", "first.txt"]
  const { answer, job } = await walk.consult(readBack("first.txt"), more, { ORACLE_RUN_MODE: "headless" })
  must(answer.markdown.includes(word), "the answer does not hold the word that was in the archive")
  walk.first = job
  return `the answer holds the word of the archive; ${job.chatUrl}`
}

const inParallel = async (walk: Walk): Promise<string> => {
  const files = ["second.txt", "third.txt"]
  const words = files.map((file) => walk.marked(file))
  const jobs = await Promise.all(files.map((file) => walk.submit(readBack(file), ["--files", file])))
  const [one = "", two = ""] = jobs.map(({ id }) => id)
  const running = ({ runtime }: { readonly runtime: unknown }) => runtime !== null
  const begun = await Promise.all([walk.until(one, running), walk.until(two, running)])
  const still = await walk.json<{ readonly job: NonNullable<Printed["job"]> }>(["status", one])
  const ended = await Promise.all([walk.answered(one), walk.answered(two)])
  const [own, other] = [ended[0].answer.markdown, ended[1].answer.markdown]
  must(begun.every((job) => job !== null) && still.job.completedAt === null, "they did not run at the same time")
  must(ended[0].job.conversationId !== ended[1].job.conversationId, "both are in one conversation")
  must(own.includes(words[0] ?? "") && !own.includes(words[1] ?? ""), "the first answer is not of its own files")
  must(other.includes(words[1] ?? "") && !other.includes(words[0] ?? ""), "the second answer is not of its own files")
  return "two conversations, each with its own answer"
}

const firstOf = ({ first }: Walk) => {
  if (first === null) throw new NotRun("it needs the job of the headless run")
  return first
}

const followUp = async (walk: Walk): Promise<string> => {
  const first = firstOf(walk)
  const more = ["--files", "first.txt", "--follow-up", first.id]
  const { job } = await walk.consult("What did I ask you before? One sentence.", more)
  must(job.conversationId === first.conversationId, `it went to ${job.chatUrl}`)
  return "answered in the same conversation"
}

const busy = async (walk: Walk): Promise<string> => {
  const { chatUrl } = firstOf(walk)
  const more = ["--files", "first.txt", "--conversation", chatUrl ?? ""]
  const holder = await walk.submit("Count from one to twenty.", more)
  const { error, exit } = await walk.trySubmit("And backwards.", more)
  await walk.answered(holder.id)
  must(
    exit === 5 && error?.code === "conversation_busy",
    `the second one was not refused: ${error?.code ?? "admitted"}`
  )
  must(error?.message.includes(holder.id) === true, "the refusal does not name the job")
  return `refused with exit 5, naming job ${holder.id}`
}

/** Command lines of the processes that hold `text`; null where they cannot be listed. */
const processesWith = (text: string): ReadonlyArray<string> | null => {
  if (process.platform === "win32") return null
  const lines = execFileSync("ps", ["-axww", "-o", "args="], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })
  return lines.split("\n").filter((line) => line.includes(text))
}

const cancel = async (walk: Walk): Promise<string> => {
  const { id } = await walk.submit("Write a story of 2,000 words about this file.", ["--files", "first.txt"])
  const running = await walk.until(id, ({ phase }) => phase === "awaiting_response")
  const profile = running?.runtime?.profileDir
  if (profile === undefined) throw new NotRun("the answer came before the cancel")
  const { exit, job } = await walk.json<Printed>(["cancel", id])
  must(exit === 0 && job?.status === "cancelled", `the job is ${job?.status}`)
  must(job?.cleanup.pending === false && job.cleanup.warnings.length === 0, `left: ${job?.cleanup.warnings.join(", ")}`)
  must(!existsSync(profile), `${profile} is still there`)
  const left = processesWith(profile)
  must(left === null || left.length === 0, `${left?.length} processes still use ${profile}`)
  return "cancelled while the site answered; no profile and no process of it is left"
}

const saved = ({ files }: NonNullable<Printed["answer"]>, atLeast: number): string => {
  const named = files.flatMap(({ bytes, name, sha256 }) =>
    name === null || sha256 === null ? [] : [`${name} (${bytes} bytes, sha256 ${sha256.slice(0, 12)}…)`]
  )
  must(named.length >= atLeast && named.length === files.length, `${named.length} of ${files.length} files were saved`)
  return named.join(", ")
}

const oneFile = async (walk: Walk): Promise<string> =>
  saved((await walk.consult(offer(1), ["--files", "first.txt"])).answer, 1)

/** The size of a window is what a page may see and a person may want; a debug port is what Oracle never opens. */
const args = async (walk: Walk): Promise<string> => {
  const config = await effectiveConfig(walk)
  const file = join(walk.root, "args.json")
  const withArgs = (more: ReadonlyArray<string>) =>
    writeFileSync(file, JSON.stringify({ ...config, browser: { ...config.browser, args: more } }), { mode: 0o600 })
  withArgs(["--remote-debugging-port=9222"])
  const refused = await walk.trySubmit("Never sent.", ["--files", "first.txt"], { ORACLE_CONFIG: file })
  must(refused.error?.code === "config_invalid", `a debug port was not refused: ${refused.error?.code}`)
  withArgs(["--window-size=1111,777"])
  const { id } = await walk.submit(readBack("first.txt"), ["--files", "first.txt"], { ORACLE_CONFIG: file })
  await walk.until(id, ({ phase }) => phase === "verifying_auth" || phase === "awaiting_response")
  const seen = processesWith("--window-size=1111,777")
  await walk.answered(id)
  must(seen === null || seen.length > 0, "no browser was seen with the argument")
  return "a debug port is refused; a job with an argument of its own is answered"
}

export const lines: ReadonlyArray<Line> = [
  { name: "sign-in", run: signIn },
  { name: "headless run", run: headless },
  { name: "two jobs in parallel", run: inParallel },
  { name: "follow-up", run: followUp },
  { name: "busy conversation refused", run: busy },
  { name: "cancel leaves nothing", run: cancel },
  { name: "one file", run: oneFile },
  {
    name: "several files",
    run: async (walk) => saved((await walk.consult(offer(3), ["--files", "first.txt"])).answer, 2)
  },
  { name: "expired login and repair", run: expiredLogin },
  { name: "browser arguments", run: args }
]
