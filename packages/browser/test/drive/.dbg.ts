import { start } from "/work/main/packages/practice/src/PracticeSite.ts"
import { Effect } from "effect"
import { openOn } from "./session.ts"
const site = await start({ scenario: ["fast"] })
await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  const { page, raw } = yield* openOn({
    site: "practice",
    url: site.url,
    cookies: site.admin.storageState().cookies as never
  })
  raw.on("console", (m) => console.log("console", m.text()))
  raw.on("pageerror", (e) => console.log("pageerror", e.message, e.stack))
  raw.on("response", (r) => r.status() >= 400 && console.log(r.status(), r.url()))
  yield* page.goto({ _tag: "NewChat" })
  yield* Effect.sleep(1500)
  console.log(yield* Effect.promise(() => raw.content()))
})) as never)
await site.close()
process.exit(0)
