import { showsFile } from "@effect-oracle/browser/drive/AttachmentName"
import { assert, describe, it } from "@effect/vitest"

const name = "context-0198f2aa.tar.zst"

describe("showsFile", () => {
  for (
    const shown of [
      "context-0198f2aa.tar.zst",
      "context-…tar.zst",
      "context-...ar.zst",
      "Remove file 1: context-…tar.zst",
      "context-0198f2aa (1).tar.zst",
      "context-0198f2aa",
      "context-0198f2aa.tar Compressed Archive"
    ]
  ) {
    it(`recognises ${shown}`, () => {
      assert.isTrue(showsFile(name, shown))
    })
  }

  for (const shown of ["", "Files", "…", "context", "other-0198.tar.zst", "notes…txt"]) {
    it(`does not take "${shown}" for it`, () => {
      assert.isFalse(showsFile(name, shown))
    })
  }
})
