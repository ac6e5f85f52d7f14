import { windowArgs } from "@effect-oracle/browser/auth/SignInWindow"
import { assert, describe, it } from "@effect/vitest"
import { config } from "../launch/workspace.ts"
import { machine } from "../locate/machine.ts"

const args = (browser: Partial<typeof config["browser"]> = {}, platform: NodeJS.Platform = "linux", sandbox = true) =>
  windowArgs({
    machine: machine({ platform }),
    config: { ...config, browser: { ...config.browser, ...browser } },
    profileDir: "/staged/profile",
    address: "https://chatgpt.com/"
  }, sandbox)

describe("the command line of the sign-in window", () => {
  it("has the staged profile, the site, and no switch of automation or debugging, whatever is configured", () => {
    const all = args({ args: ["--enable-automation", "--headless=new", "--lang=de"] })
    assert.include(all, "--user-data-dir=/staged/profile")
    assert.strictEqual(all.at(-1), "https://chatgpt.com/")
    assert.include(all, "--lang=de")
    assert.isFalse(all.some((arg) => /automation|headless|remote-debugging|disable-blink/.test(arg)))
    assert.notInclude(all, "--no-sandbox")
    assert.include(args({}, "linux", false), "--no-sandbox")
  })

  it("stores cookies as the browser of a job reads them", () => {
    assert.include(args(), "--password-store=basic")
    assert.notInclude(args(), "--use-mock-keychain")
    assert.include(args({}, "darwin"), "--use-mock-keychain")
  })

  it("goes through the proxy of the jobs, and names no password of it", () => {
    const all = args({ proxy: "http://jane:secret@proxy.example:3128" })
    assert.include(all, "--proxy-server=http://proxy.example:3128")
    assert.notInclude(all.join(" "), "secret")
  })
})
