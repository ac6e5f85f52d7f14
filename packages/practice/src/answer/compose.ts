/** Decides what the site answers: one Markdown source or two, its references, its files and its pictures. */
import type { Behaviour } from "../Behaviour.ts"
import type { Files, StoredFile } from "../state/Files.ts"
import type { Reference } from "../wire.ts"
import { proof } from "./proof.ts"
import { citation, richBody } from "./richBody.ts"
import { hostileFiles, type OfferedFile, onlyFile, picture, plainFiles } from "./sampleFiles.ts"
import { trapWords } from "./trapWords.ts"

export interface Draft {
  readonly text: string
  readonly references: ReadonlyArray<Reference>
  readonly imageFileIds: ReadonlyArray<string>
}

export interface Question {
  readonly userId: string
  readonly text: string
  readonly files: ReadonlyArray<StoredFile>
}

export const compose = (question: Question, behaviour: Behaviour, files: Files): ReadonlyArray<Draft> => {
  const first = draft(question, behaviour, files)
  if (!behaviour.twoAnswers) return [first]
  return [first, { ...first, text: `# The other way\n\nA second answer to the same question.\n\n${first.text}` }]
}

const draft = (question: Question, behaviour: Behaviour, files: Files): Draft => {
  const evidence = proof(question.text, question.files)
  const rich = `${evidence}\n\n${richBody}`
  switch (behaviour.answer) {
    case "proof":
      return cited(rich)
    case "files":
      return cited(`${rich}\n\n## Files\n\n${offer(question, plainFiles(), files)}`)
    case "hostile-files":
      return text(`${evidence}\n\n## Files\n\n${offer(question, hostileFiles(), files)}`)
    case "files-only":
      return text(offer(question, onlyFile(), files))
    case "image":
      return {
        text: "",
        references: [],
        imageFileIds: [files.offer(question.userId, "picture.png", picture(), "image/png", null).id]
      }
    case "long":
      return cited(long(rich, behaviour.answerCharacters))
    case "trap-words":
      return text(`${evidence}\n\n${trapWords}`)
    case "short":
      return text("Done")
  }
}

const text = (source: string): Draft => ({ text: source, references: [], imageFileIds: [] })

const cited = (source: string): Draft => ({ text: source, references: [citation], imageFileIds: [] })

const offer = (question: Question, offered: ReadonlyArray<OfferedFile>, files: Files): string =>
  offered.map((file, index) => {
    const twin = offered.findIndex((other) => other.name === file.name) < index ? `${index}/` : ""
    const path = `/mnt/data/${twin}${file.name}`
    files.offer(question.userId, file.name, file.bytes, file.mimeType, path)
    return `- [${file.label}](sandbox:${encodeURI(path).replaceAll("(", "%28").replaceAll(")", "%29")})`
  }).join("\n")

const long = (body: string, characters: number): string => {
  const parts = [body]
  let length = body.length
  for (let part = 1; length < characters; part += 1) {
    const next = `## Part ${part}\n\n${`Sentence ${part} of a long answer, which goes on and on. `.repeat(40).trim()}`
    parts.push(next)
    length += next.length + 2
  }
  return parts.join("\n\n")
}
