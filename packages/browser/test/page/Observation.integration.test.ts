import { classify } from "@effect-oracle/core/page/PageClassifier"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { serveFixture } from "../drive/fixture.ts"
import { openOn } from "../drive/session.ts"
import { blockedPages } from "../recorded/blocked.ts"
import { readyPages } from "../recorded/ready.ts"
import { read as recorded } from "../recorded/Recording.ts"
import { visitor } from "../recorded/visit.ts"
import { account, composer, history, member, turn, type Written } from "../recorded/Written.ts"

const frightening = [
  "Too many requests",
  "Cloudflare: verify you are human",
  "Log in",
  "Your session has expired, sign in again",
  "Something went wrong. Try again later.",
  "You've reached your limit",
  "Just a moment...",
  "Suspicious activity detected: secure your account",
  "Continue with Google",
  "<button>Log in</button>",
  "<a href='/auth/login' data-testid='login-button'>Sign in</a>",
  "<div role='alert'>Rate limit exceeded</div>",
  "<div role='status' class='toast'>Service unavailable</div>",
  "<div class='cf-challenge' style='width:300px;height:80px'>Checking your browser</div>"
]

const shuffled = (seed: number): ReadonlyArray<string> =>
  frightening.map((text, index) => [((index + 3) * 7919 * (seed + 1)) % 101, text] as const)
    .toSorted(([a], [b]) => a - b).map(([, text]) => text).slice(0, 5)

const shells: ReadonlyArray<readonly [string, (titles: ReadonlyArray<string>, thread: string) => string]> = [
  ["authenticated_and_ready", (titles, thread) => member("", titles, thread)],
  [
    "unknown",
    (titles, thread) =>
      `${
        history(...titles)
      }<main><header>${account}</header>${thread}<form><textarea disabled aria-label="Ask anything"></textarea></form></main>`
  ],
  [
    "login_required",
    (titles, thread) =>
      `${history(...titles)}<main><header><button>Log in</button></header>${thread}${composer()}</main>`
  ]
]

describe("observing a page in a real browser", () => {
  it.live("reads the hand-written pages as they were recorded", () =>
    Effect.scoped(Effect.gen(function*() {
      const read = yield* visitor
      for (const written of [...readyPages, ...blockedPages]) {
        assert.deepStrictEqual(yield* read(written), recorded(written.name).observation, written.name)
      }
    })))

  it.live("comes to the same state whatever conversation and sidebar hold", () =>
    Effect.scoped(Effect.gen(function*() {
      const read = yield* visitor
      for (const [state, shell] of shells) {
        for (let seed = 0; seed < 6; seed += 1) {
          const words = shuffled(seed)
          const thread = words.map((text, index) => turn(index % 2 === 0 ? "user" : "assistant", text)).join("")
          const titles = words.map((text) => text.replaceAll(/<[^>]+>/g, ""))
          const page: Written = { name: "", state: "unknown", body: shell(titles, thread), title: titles[0] ?? "" }
          const me = state === "login_required" ? { me: 401 as const } : {}
          assert.strictEqual(classify(yield* read({ ...page, ...me })).name, state, words.join(" | "))
        }
      }
    })))

  it.live("begins anew when the page navigates under the reading, and mixes nothing", () =>
    Effect.scoped(Effect.gen(function*() {
      let asked = 0
      const me = { id: "user-1", email: "jane@example.com" }
      const page = (name: string, more = "") =>
        `<!doctype html><title>${name}</title><main><header>${account}</header><form><textarea aria-label="${name}"></textarea></form></main>${more}`
      const site = yield* serveFixture({
        "/": page("First", `<script>setTimeout(() => location.assign("/second"), 250)</script>`),
        "/second": page("Second"),
        "/api/auth/session": (_, response) => {
          response.writeHead(404)
          response.end()
        },
        "/backend-api/me": (_, response) => {
          asked += 1
          setTimeout(() => {
            response.writeHead(200, { "content-type": "application/json" })
            response.end(JSON.stringify(me))
          }, asked === 1 ? 2000 : 0)
        }
      })
      const { page: driven, raw } = yield* openOn({
        site: "chatgpt",
        url: site.url,
        cookies: [],
        overrides: { "paths.session": null }
      })
      yield* Effect.promise(() => raw.goto(site.url, { waitUntil: "commit" }))
      const seen = yield* driven.observe
      assert.deepStrictEqual([seen.title, seen.composer.name, new URL(seen.url).pathname], [
        "Second",
        "Second",
        "/second"
      ])
      assert.isTrue(seen.login.identified)
      assert.isAtLeast(asked, 2)
    })))
})
