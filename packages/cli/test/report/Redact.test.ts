import { assert, describe, it } from "@effect/vitest"
import { redact } from "../../src/report/Redact.ts"

const known = { home: "/home/robin", user: "robin", texts: ["Why does the lease of Gamma fail?\nshort"] }
const cleaned = (text: string) => redact(text, known)

describe("redact", () => {
  it.each([
    ["a bearer token", "Authorization: Bearer abc.def", "abc.def"],
    ["a cookie header", "Cookie: __Secure-next-auth.session-token=eyJ0eXAi; a=b", "eyJ0eXAi"],
    ["a short cookie", "session=a1b2 next", "a1b2"],
    ["a long random value", "value 9fJ2kLq8Zx71mNvB4cD0sT6w end", "9fJ2kLq8"],
    ["a password in an address", "http://user:hunter2@proxy.example:3128/x", "hunter2"],
    ["a conversation", "at https://chatgpt.com/c/68f0-abc?x=1", "68f0-abc"],
    ["an address of a person", "signed in as r***@corp.example", "corp"],
    ["the home directory", "read /home/robin/project/a.ts", "robin"],
    ["the user alone", "owner robin, group staff", "robin"],
    ["a line of the prompt", "error near 'Why does the lease of Gamma fail?'", "Gamma"],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----", "MIIEow"]
  ])("takes out %s", (_, text, secret) => {
    assert.notInclude(cleaned(text), secret)
  })

  it("keeps what tells a defect: ids, times, codes, paths of our own, counts", () => {
    const text =
      "2026-11-21T11:49:04.006Z worker send confirmed: page_unknown in oracle-019d0000-0000-7000-8000-000000000001 "
      + "at /srv/state/jobs/oracle-019d0000-0000-7000-8000-000000000001/logs/worker.log, 2662 characters, short"
    assert.strictEqual(cleaned(text), text)
  })
})
