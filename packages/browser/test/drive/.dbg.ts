import { Effect } from "effect"
import { fileIn, visitReady } from "./practice.ts"
import { ask } from "./session.ts"
await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  const { page, folder, raw, admin } = yield* visitReady("late-hydration")
  const t = performance.now()
  console.log(
    JSON.stringify(yield* page.attach([fileIn(folder, "context-0198f2aa-1111-7222.tar.zst", "x")])),
    performance.now() - t
  )
  console.log(yield* Effect.promise(() => raw.evaluate("document.querySelector('form').innerHTML.slice(0,900)")))
  console.log(admin.log().map((e) => e.type))
  yield* ask(page, "hello")
  console.log(admin.log("send").map((e) => e.detail.attachmentNames))
})) as never)
await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  const { page, admin } = yield* visitReady("announcement,consent-banner")
  yield* ask(page, "hello")
  console.log(admin.log("consent"))
})) as never)
process.exit(0)
