import {
  type CookieJar,
  cookieKey,
  hasNews,
  type JarCookie,
  living,
  merged,
  observed
} from "@effect-oracle/browser/profile/CookieJar"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

const cookie = (name: string, value: string, more: Partial<JarCookie> = {}): JarCookie => ({
  name,
  value,
  domain: ".site.example",
  path: "/",
  expires: 2_000_000_000,
  httpOnly: true,
  secure: true,
  ...more
})

const valueOf = (jar: CookieJar, name: string) => jar.find((entry) => entry.name === name)?.cookie?.value ?? null

const seed = observed([], [cookie("session", "1"), cookie("account", "a")], 100)

const Entry = Schema.Struct({
  name: Schema.Literals(["a", "b", "c"]),
  observedAt: Schema.Literals([1, 2, 3]),
  value: Schema.NullOr(Schema.Literals(["x", "y"]))
})
const Entries = Schema.Array(Entry).check(Schema.isMaxLength(3))

const jarOf = (entries: typeof Entries.Type): CookieJar => {
  const unique = new Map(entries.map((entry) => [entry.name, entry]))
  return [...unique.values()].map(({ name, observedAt, value }) => ({
    name,
    domain: ".site.example",
    path: "/",
    observedAt,
    cookie: value === null ? null : cookie(name, value)
  }))
}

describe("a cookie jar", () => {
  it("dates only what changed since the last look, also what the site removed", () => {
    const jar = observed(seed, [cookie("session", "2")], 200)
    assert.deepStrictEqual(jar.map(({ name, observedAt }) => [name, observedAt]), [["session", 200], ["account", 200]])
    assert.strictEqual(valueOf(jar, "account"), null)
    assert.deepStrictEqual(observed(seed, [cookie("session", "1"), cookie("account", "a")], 200), seed)
  })

  it("never lets a value that nobody changed beat a rotated one, whoever comes last", () => {
    const rotated = observed(seed, [cookie("session", "2"), cookie("account", "a")], 200)
    const idle = observed(seed, [cookie("session", "1"), cookie("account", "a")], 900)
    assert.strictEqual(valueOf(merged(merged(seed, rotated), idle), "session"), "2")
    assert.strictEqual(valueOf(merged(merged(seed, idle), rotated), "session"), "2")
  })

  it("takes the newest of two rotations", () => {
    const first = observed(seed, [cookie("session", "2")], 200)
    const second = observed(seed, [cookie("session", "3")], 300)
    assert.strictEqual(valueOf(merged(merged(seed, second), first), "session"), "3")
  })

  it("tells cookies apart by domain, name and path", () => {
    const jar = observed([], [cookie("s", "1"), cookie("s", "2", { path: "/x" }), cookie("s", "3", { domain: "h" })], 1)
    assert.strictEqual(new Set(jar.map(cookieKey)).size, 3)
  })

  it("gives back what still counts, cookies without an expiry date among it", () => {
    const jar = observed([], [cookie("old", "1", { expires: 50 }), cookie("session", "2", { expires: -1 })], 1)
    assert.deepStrictEqual(living(jar, 60).map(({ name }) => name), ["session"])
  })

  it.prop(
    "merges without regard to order, and says truly whether there is news",
    [Entries, Entries],
    ([one, other]) => {
      const [a, b] = [jarOf(one), jarOf(other)]
      const times = (jar: CookieJar) => jar.map(({ name, observedAt }) => `${name} ${observedAt}`).toSorted()
      assert.deepStrictEqual(times(merged(a, b)), times(merged(b, a)))
      assert.strictEqual(hasNews(a, b), times(merged(a, b)).join() !== times(a).join())
      assert.isFalse(hasNews(merged(a, b), b))
    }
  )
})
