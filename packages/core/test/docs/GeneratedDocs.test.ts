import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { apiDoc, apiDocFile, undocumented } from "../../../../build/api-doc.ts"
import { configDoc, configDocFile } from "../../../../build/config-doc.ts"
import { errorsDoc, errorsDocFile } from "../../../../build/errors-doc.ts"
import { errorCodes } from "../../src/error/ErrorTable.ts"

describe("Generated documentation", () => {
  it("has the errors page that the error table gives (else: node --conditions=oracle-source build/errors-doc.ts)", () => {
    assert.strictEqual(readFileSync(errorsDocFile, "utf8"), errorsDoc())
  })

  it("names every error code on the errors page", () => {
    const page = errorsDoc()
    for (const code of errorCodes) assert.include(page, `\`${code}\``)
  })

  it("has the configuration keys that the schema gives (else: node --conditions=oracle-source build/config-doc.ts)", () => {
    const page = readFileSync(configDocFile, "utf8")
    assert.strictEqual(page, configDoc(page))
  })

  it("says what each export of the public modules is (else: node build/api-doc.ts)", () => {
    assert.deepStrictEqual(undocumented(), [])
    assert.strictEqual(readFileSync(apiDocFile, "utf8"), apiDoc())
  })
})
