/** Uploaded files and the files that answers offer. */
import { createHash } from "node:crypto"
import type { ArchiveSummary } from "../archive/readArchive.ts"
import type { Ids } from "./Ids.ts"

export type FileStatus = "created" | "uploaded" | "processed" | "failed"

export interface StoredFile {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly mimeType: string
  readonly announcedSize: number
  status: FileStatus
  bytes: Buffer
  sha256: string
  archive: ArchiveSummary | null
  /** Where an answer's file lies in its sandbox, if it is one. */
  sandboxPath: string | null
}

export class Files {
  private readonly files = new Map<string, StoredFile>()
  private readonly ids: Ids

  constructor(ids: Ids) {
    this.ids = ids
  }

  create(userId: string, name: string, announcedSize: number, mimeType: string): StoredFile {
    const file: StoredFile = {
      id: this.ids.token("file_", 28),
      userId,
      name,
      mimeType,
      announcedSize,
      status: "created",
      bytes: Buffer.alloc(0),
      sha256: "",
      archive: null,
      sandboxPath: null
    }
    this.files.set(file.id, file)
    return file
  }

  fill(file: StoredFile, bytes: Buffer): void {
    file.bytes = bytes
    file.sha256 = createHash("sha256").update(bytes).digest("hex")
    file.status = "uploaded"
  }

  /** A file that an answer offers. */
  offer(userId: string, name: string, bytes: Buffer, mimeType: string, sandboxPath: string | null): StoredFile {
    const file = this.create(userId, name, bytes.byteLength, mimeType)
    this.fill(file, bytes)
    file.status = "processed"
    file.sandboxPath = sandboxPath
    return file
  }

  get(id: string): StoredFile | undefined {
    return this.files.get(id)
  }

  inSandbox(path: string): StoredFile | undefined {
    return [...this.files.values()].findLast((file) => file.sandboxPath === path)
  }

  list(): ReadonlyArray<StoredFile> {
    return [...this.files.values()]
  }
}
