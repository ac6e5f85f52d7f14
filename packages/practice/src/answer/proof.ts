/** The Markdown that proves what arrived: the prompt's digest, and what the uploaded files hold. */
import { createHash } from "node:crypto"
import type { StoredFile } from "../state/Files.ts"

export const proof = (prompt: string, files: ReadonlyArray<StoredFile>): string =>
  [
    "# What arrived",
    files.length === 0
      ? "There was no file with this message, so this answer rests on the words alone."
      : `I opened ${
        files.length === 1 ? `**${plain(files[0]?.name ?? "")}**` : `${files.length} files`
      } and read to the end.`,
    table(prompt, files),
    ...files.map(section),
    "```json\n" + JSON.stringify(facts(prompt, files), null, 2) + "\n```"
  ].join("\n\n")

/** The same facts as data; the answer holds them as its first `json` block. */
export const facts = (prompt: string, files: ReadonlyArray<StoredFile>) => ({
  prompt: { sha256: sha256(prompt), bytes: Buffer.byteLength(prompt) },
  files: files.map((file) => ({
    name: file.name,
    bytes: file.bytes.byteLength,
    sha256: file.sha256,
    entries: file.archive?.entries.length ?? null,
    totalBytes: file.archive?.totalBytes ?? null
  }))
})

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex")

const table = (prompt: string, files: ReadonlyArray<StoredFile>): string =>
  [
    "| What | Bytes | sha256 |",
    "| :--- | ---: | :--- |",
    `| the prompt | ${Buffer.byteLength(prompt)} | \`${sha256(prompt)}\` |`,
    ...files.map((file) => `| ${plain(file.name)} | ${file.bytes.byteLength} | \`${file.sha256}\` |`)
  ].join("\n")

const section = (file: StoredFile): string => {
  if (file.archive === null) return `## ${plain(file.name)}\n\nA single file of ${file.bytes.byteLength} bytes.`
  const { entries, format, totalBytes } = file.archive
  const largest = entries.toSorted((a, b) => b.size - a.size || a.name.localeCompare(b.name)).slice(0, 5)
  return [
    `## ${plain(file.name)}`,
    `The archive (${format}) holds ${entries.length} entries with ${totalBytes} bytes in total. The largest:`,
    largest.map((entry, index) => `${index + 1}. \`${entry.name}\`, ${entry.size} bytes${quote(entry.firstLine)}`).join(
      "\n"
    )
  ].join("\n\n")
}

const quote = (line: string): string => line === "" ? "" : `, begins with \`${line.replaceAll("`", "'")}\``

const plain = (name: string): string => name.replaceAll(/[|*_`[\]<>\\]/g, " ")
