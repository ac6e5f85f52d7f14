import { verdictOf } from "@effect-oracle/browser/profile/CloneRules"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { usedProfile } from "./seedFolder.ts"

const Strategy = Schema.Literals(["slim", "warm", "full"])
const Part = Schema.Literals([
  "Default",
  "Cache",
  "Code Cache",
  "Cookies",
  "IndexedDB",
  "x",
  "Network",
  "Local Storage"
])
const Lock = Schema.Literals(["SingletonLock", "SingletonSocket", "SingletonCookie", "DevToolsActivePort", "lockfile"])

const taken = (strategy: "slim" | "warm" | "full") =>
  Object.keys(usedProfile).filter((path) => verdictOf(strategy, path) === "take")

describe("verdictOf", () => {
  it("takes with slim what signs in and nothing else", () => {
    assert.deepStrictEqual(taken("slim"), [
      "Local State",
      "oracle-cookies.json",
      "Default/Preferences",
      "Default/Cookies",
      "Default/Cookies-journal",
      "Default/Local Storage/leveldb/000003.log",
      "Default/IndexedDB/https_chatgpt.com_0.indexeddb.leveldb/000003.log",
      "Default/Service Worker/ScriptCache/index"
    ])
  })

  it("takes with warm both caches as well", () => {
    const added = taken("warm").filter((path) => !taken("slim").includes(path))
    assert.deepStrictEqual(added, ["Default/Cache/Cache_Data/f_000001", "Default/Code Cache/js/index"])
  })

  it("takes the cookies where Windows keeps them", () => {
    assert.strictEqual(verdictOf("slim", "Default/Network"), "descend")
    assert.strictEqual(verdictOf("slim", "Default/Network/Cookies"), "take")
    assert.strictEqual(verdictOf("slim", "Default/Network/Reporting"), "skip")
  })

  it.prop(
    "never takes a lock of a running browser, wherever it lies",
    [Strategy, Schema.Array(Part), Lock],
    ([strategy, parts, lock]) => {
      assert.strictEqual(verdictOf(strategy, [...parts, lock].join("/")), "skip")
    }
  )

  it.prop(
    "takes with full whatever slim takes, and with warm too",
    [Schema.Array(Part).check(Schema.isMinLength(1))],
    ([parts]) => {
      const path = parts.join("/")
      if (verdictOf("slim", path) === "take") {
        assert.strictEqual(verdictOf("warm", path), "take")
        assert.strictEqual(verdictOf("full", path), "take")
      }
    }
  )
})
