import { builtInRule, credentialRule } from "@effect-oracle/core/archive/BuiltInRules"
import { assert, describe, it } from "@effect/vitest"

describe("builtInRule", () => {
  it.each<[string, string]>([
    [".env", "credential file"],
    [".env.local", "credential file"],
    [".envrc", "credential file"],
    ["deep/.ENV", "credential file"],
    [".netrc", "credential file"],
    [".npmrc", "credential file"],
    [".pypirc", "credential file"],
    [".git-credentials", "credential file"],
    ["certs/server.pem", "credential file"],
    ["a.key", "credential file"],
    ["a.p12", "credential file"],
    ["a.jks", "credential file"],
    ["infra/prod.tfvars", "credential file"],
    ["infra/prod.auto.tfvars.json", "credential file"],
    ["terraform.tfstate", "credential file"],
    ["terraform.tfstate.backup", "credential file"],
    ["service-account.json", "credential file"],
    ["my-service-account-prod.json", "credential file"],
    ["x/service_account_key.json", "credential file"],
    ["home/.docker/config.json", "credential file"],
    ["id_ed25519", "credential file"],
    ["db/data.sqlite3", "database"],
    ["db/data.sqlite-wal", "database"],
    [".git", "version-control state"],
    [".DS_Store", "system file"],
    ["a/b.pyc", "cache"]
  ])("leaves out the file %s as %s", (path, rule) => {
    assert.strictEqual(builtInRule(path, false)?.rule, `built-in: ${rule}`)
  })

  it.each<[string, string]>([
    [".git", "version-control state"],
    ["a/node_modules", "dependency folder"],
    ["a/.yarn/cache", "dependency folder"],
    ["a/target", "build folder"],
    ["dist", "build folder at the root"],
    ["build", "build folder at the root"],
    ["tmp", "build folder at the root"],
    [".pi", "tool state"],
    [".oracle-context", "tool state"],
    [".cursor", "tool state"],
    ["a/b/secrets", "secrets folder"],
    ["a/.secrets", "secrets folder"],
    ["a/.aws", "credential folder"],
    [".ssh", "credential folder"],
    [".env", "credential folder"],
    ["a/.envs", "credential folder"],
    [".env.d", "credential folder"],
    ["a/__pycache__", "cache"]
  ])("leaves out the folder %s as %s", (path, rule) => {
    assert.strictEqual(builtInRule(path, true)?.rule, `built-in: ${rule}`)
  })

  it.each([
    ".env.example",
    ".env.sample",
    ".env.template",
    ".env.dist",
    ".env.local.example",
    "id_rsa.pub",
    "dist",
    "environment.ts",
    "keys.ts",
    "package.json",
    "accounts.json",
    ".yarn/releases"
  ])("keeps the file %s", (path) => {
    assert.isUndefined(builtInRule(path, false))
  })

  it.each([
    "packages/a/dist",
    "src/build",
    "a/tmp",
    "src",
    ".github",
    "environments",
    ".environments",
    ".envoy",
    ".config"
  ])(
    "keeps the folder %s",
    (path) => {
      assert.isUndefined(builtInRule(path, true))
    }
  )
})

describe("credentialRule", () => {
  it.each([".env", "a/.aws/config", ".envs/.production/.postgres", ".ssh/known_hosts", "a/b/server.key"])(
    "refuses %s",
    (path) => {
      assert.isDefined(credentialRule(path))
    }
  )

  it.each([".env.example", "secrets/manager.ts", ".pi/settings.json", "node_modules/a/index.js", "dist/a.js"])(
    "has nothing against %s",
    (path) => {
      assert.isUndefined(credentialRule(path))
    }
  )
})
