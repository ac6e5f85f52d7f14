/** What the site's own record says about a prompt whose send failed: it is there, it is not, or nobody can tell. Pure. */
import { isPrompt, sha256 } from "./PromptDigest.ts"

export type Kept = "Found" | "Absent" | "Unclear"

/** A conversation that came after the baseline: any of its prompts may be ours, as hidden messages can stand before it. */
export const inNewThread = (prompts: ReadonlyArray<string>, prompt: string): Kept =>
  prompts.some((text) => isPrompt(text, sha256(prompt))) ? "Found" : "Absent"

/**
 * The conversation that is open, oldest prompt first. Where the last prompt before the send had the same text, or nobody saw
 * it, finding that text at its end proves nothing.
 */
export const inOpenThread = (
  prompts: ReadonlyArray<string>,
  prompt: string,
  lastBefore: string | null
): Kept => {
  const digest = sha256(prompt)
  const last = prompts.at(-1)
  if (last === undefined || !isPrompt(last, digest)) return "Absent"
  return lastBefore === null || isPrompt(lastBefore, digest) ? "Unclear" : "Found"
}
