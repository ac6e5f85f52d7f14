import { readBrowserCookies } from "@effect-oracle/browser/auth/CookieImport"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { chmodSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { config, temporaryFolder } from "../launch/workspace.ts"

const refusal = (profile: string) =>
  Effect.gen(function*() {
    const site = yield* Effect.fromResult(resolveSite("chatgpt", config))
    const error = yield* Effect.flip(readBrowserCookies({ browser: "chromium", profile }, site, config))
    assert.strictEqual(error.code, "cookie_import_failed")
    assert.isTrue(error.message.startsWith(`Chromium, profile ${profile}: `), error.message)
    return error
  })

const cookieTable = `CREATE TABLE meta (key TEXT, value TEXT);
  INSERT INTO meta VALUES ('version', '24');
  CREATE TABLE cookies (host_key TEXT, top_frame_site_key TEXT, name TEXT, value TEXT, encrypted_value BLOB, path TEXT,
    expires_utc INTEGER, is_secure INTEGER, is_httponly INTEGER, samesite INTEGER);`

/** A profile whose cookie database holds these (host, name) pairs, in clear. */
const profileWith = (folder: string, cookies: ReadonlyArray<readonly [string, string]>): string => {
  mkdirSync(join(folder, "Default"))
  const database = new DatabaseSync(join(folder, "Default", "Cookies"))
  database.exec(cookieTable)
  for (const [host, name] of cookies) {
    database.prepare("INSERT INTO cookies VALUES (?, '', ?, 'planted', x'', '/', 0, 1, 1, 1)").run(host, name)
  }
  database.close()
  return join(folder, "Default")
}

describe("reading the cookies of a browser", () => {
  it.effect("says that a profile path is wrong, or is no profile", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      assert.include((yield* refusal(join(folder, "none"))).message, "there is no such profile")
      assert.include((yield* refusal(folder)).message, "holds no cookies")
      assert.include((yield* refusal("./relative/profile")).message, "absolute path")
    }))

  it.effect("says that a database is damaged, cannot be opened, or has nothing of the site", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const damaged = join(folder, "Cookies")
      writeFileSync(damaged, "this is no database".repeat(500))
      assert.include((yield* refusal(damaged)).message, "damaged")
      const empty = profileWith(folder, [[".other.example", "session"]])
      assert.include((yield* refusal(empty)).message, "nobody is signed in there")
      if (process.getuid?.() === 0) return
      chmodSync(damaged, 0)
      assert.include((yield* refusal(damaged)).message, "locked")
    }))

  it.effect("reads them while another program holds the database locked", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const profile = profileWith(folder, [[".chatgpt.com", "__Secure-next-auth.session-token"], [
        "auth.openai.com",
        "x"
      ]])
      const holder = new DatabaseSync(join(profile, "Cookies"))
      holder.exec("BEGIN EXCLUSIVE")
      const site = yield* Effect.fromResult(resolveSite("chatgpt", config))
      const { cookies } = yield* readBrowserCookies({ browser: "chrome", profile }, site, config)
      holder.close()
      assert.deepStrictEqual(cookies.map(({ domain, name }) => `${domain} ${name}`).toSorted(), [
        ".chatgpt.com __Secure-next-auth.session-token",
        "auth.openai.com x"
      ])
    }))

  it.effect("takes the profile of the configuration when none is named", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const profile = profileWith(folder, [["chatgpt.com", "_account"]])
      const site = yield* Effect.fromResult(resolveSite("chatgpt", config))
      const configured = { ...config, auth: { ...config.auth, chromeCookiePath: join(profile, "Cookies") } }
      const { cookies } = yield* readBrowserCookies({ browser: "brave" }, site, configured)
      assert.deepStrictEqual(cookies.map(({ domain }) => domain), ["chatgpt.com"])
    }))
})
