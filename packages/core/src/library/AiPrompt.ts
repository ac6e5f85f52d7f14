/** From the messages of an Effect AI prompt to the one text that a chat product takes, and back to JSON. */
import type * as LanguageModel from "effect/ai/LanguageModel"
import type * as Prompt from "effect/ai/Prompt"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

const titles = { system: "Instructions", user: "Question", assistant: "Your earlier answer", tool: "Result of a tool" }

/** Names the part that a chat product cannot take. */
export const textOf = (prompt: Prompt.Prompt): Result.Result<string, string> => {
  const messages = prompt.content.filter(({ content }) => content.length > 0)
  const foreign = messages.flatMap(partsOf).find(({ type }) => type !== "text" && type !== "reasoning")
  if (foreign !== undefined) {
    return Result.fail(`a part of type '${foreign.type}' cannot be sent; files are given with the option 'files'`)
  }
  const bodies = messages.map((message) => ({ title: titles[message.role], body: bodyOf(message) }))
  const [only] = bodies
  return Result.succeed(
    bodies.length === 1 && only !== undefined
      ? only.body
      : bodies.map(({ body, title }) => `# ${title}\n\n${body}`).join("\n\n")
  )
}

const partsOf = (message: Prompt.Message): ReadonlyArray<Prompt.Part> =>
  typeof message.content === "string" ? [] : message.content

const bodyOf = (message: Prompt.Message): string =>
  typeof message.content === "string"
    ? message.content
    : partsOf(message).flatMap((part) => part.type === "text" ? [part.text] : []).join("\n\n")

/** What is added to the question when the answer is to be an object. */
export const formatRequest = (format: LanguageModel.ProviderOptions["responseFormat"]): string => {
  if (format.type === "text") return ""
  const { definitions, schema } = Schema.toJsonSchemaDocument(format.schema)
  const document = Object.keys(definitions).length === 0 ? schema : { ...schema, $defs: definitions }
  return `\n\nAnswer with one JSON value named ${format.objectName}, in a single fenced code block and nothing else, that is valid ` +
    `against this JSON Schema:\n\n\`\`\`json\n${JSON.stringify(document, null, 2)}\n\`\`\``
}

const blocks = /^[ \t]*(`{3,}|~{3,})[ \t]*(\w*)[^\n]*\n([\s\S]*?)\n[ \t]*\1[ \t]*$/gm

/** The JSON of an answer: its first block marked as JSON, else its first block, else all of it. */
export const jsonOf = (markdown: string): string => {
  const found = [...markdown.matchAll(blocks)]
  const block = found.find(([, , language]) => language?.toLowerCase() === "json") ?? found[0]
  return block?.[3] ?? markdown.trim()
}
