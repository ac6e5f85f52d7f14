import { proofOf } from "@effect-oracle/browser/auth/SignInProof"
import type { LoginProbe } from "@effect-oracle/core/page/PageObservation"
import { assert, describe, it } from "@effect/vitest"
import { observation } from "./observation.ts"

const probe = (more: Partial<LoginProbe>): LoginProbe => ({
  asked: true,
  status: 200,
  identified: false,
  anonymous: false,
  email: null,
  ...more
})

const proof = (login: LoginProbe) => proofOf({ ...observation("http://127.0.0.1/"), login }, "ChatGPT")

describe("proofOf", () => {
  it("is given by a ready page whose back end knows the visitor", () => {
    assert.deepStrictEqual(proof(probe({ identified: true, email: "jane@example.com" })), {
      _tag: "SignedIn",
      identity: "jane@example.com"
    })
  })

  it("is given by a ready page of a site that has no end point to ask", () => {
    assert.strictEqual(proof(probe({ asked: false, status: 0 }))._tag, "SignedIn")
  })

  it("is never given by an anonymous identity or by a back end that does not answer", () => {
    for (const login of [probe({ anonymous: true }), probe({ status: 401 }), probe({ status: 0 })]) {
      assert.strictEqual(proof(login)._tag, "NotYet", JSON.stringify(login))
    }
  })
})
