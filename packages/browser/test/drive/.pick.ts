import { selectionOf } from "/work/main/packages/core/src/domain/ModelSelection.ts"
import { classify } from "/work/main/packages/core/src/page/PageClassifier.ts"
import { start } from "/work/main/packages/practice/src/PracticeSite.ts"
import { Effect } from "effect"
import { openOn } from "./session.ts"
const presets = (process.argv[3] ??
  "instant,instant_auto_switch,thinking_light,thinking_standard,thinking_extended,thinking_heavy,pro_standard,pro_extended")
  .split(",")
for (const scenario of (process.argv[2] ?? "").split(",")) {
  const site = await start({ scenario: [scenario] })
  console.log("#####", scenario)
  await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
    const { page, raw } = yield* openOn({
      site: "practice",
      url: site.url,
      cookies: site.admin.storageState().cookies as never
    })
    for (const preset of presets) {
      yield* page.goto({ _tag: "NewChat" })
      for (let i = 0; i < 20; i++) {
        const s = classify(yield* page.observe)
        if (s.name === "authenticated_and_ready") break
        if (i === 19) console.log(s)
        yield* Effect.sleep(200)
      }
      const t = performance.now()
      const seq = site.admin.log().at(-1)?.seq ?? 0
      const r = yield* Effect.result(page.selectModel(selectionOf(preset as never)))
      const e = site.admin.log("model-default" as never, seq).at(-1)
      console.log(
        preset.padEnd(20),
        Math.round(performance.now() - t) + "ms",
        r._tag === "Success" ? JSON.stringify(r.success) : r.failure.code + " " + r.failure.detail.slice(0, 200),
        "| site:",
        JSON.stringify(e?.detail ?? "unchanged")
      )
    }
  })) as never).catch((e) => console.log("FAILED", e?.code, e?.detail ?? e))
  await site.close()
}
process.exit(0)
