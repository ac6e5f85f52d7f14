import { selectionOf } from "/work/main/packages/core/src/domain/ModelSelection.ts"
import { classify } from "/work/main/packages/core/src/page/PageClassifier.ts"
import { Effect } from "effect"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { start } from "../imitation/Imitation.ts"
import { ask, openOn, sha256 } from "./session.ts"
const gen = (process.argv[2] ?? "A") as never
const preset = process.argv[3] ?? "pro_extended"
const site = await start({ generation: gen })
const t0 = performance.now()
const lap = (name: string, v?: unknown) =>
  console.log(
    `${Math.round(performance.now() - t0)} ms ${name}`,
    v === undefined ? "" : typeof v === "string" ? v : JSON.stringify(v).slice(0, 500)
  )
const program = Effect.scoped(Effect.gen(function*() {
  const { page, folder } = yield* openOn({
    site: "chatgpt",
    url: site.url,
    cookies: site.storageState.cookies as never
  })
  yield* page.goto({ _tag: "NewChat" })
  for (let i = 0; i < 12; i++) {
    const s = classify(yield* page.observe)
    if (i === 0 || i === 11 || s.name === "authenticated_and_ready") lap("state", s)
    if (s.name === "authenticated_and_ready") break
    yield* Effect.sleep(400)
  }
  yield* page.dismissOverlays
  lap("model", yield* page.selectModel(selectionOf(preset as never)))
  const file = join(folder, "context-0198f2aa-1111-7222-8333-444455556666.tar.zst")
  writeFileSync(file, "hello archive")
  lap(
    "attach",
    yield* page.attach([{ path: file, name: "context-0198f2aa-1111-7222-8333-444455556666.tar.zst", bytes: 13 }])
  )
  const prompt = "Please tell me:\n\n  what is $& and \\n?  \n\ttab * _x_ `code` <b>\n\nend"
  const r = yield* ask(page, prompt, 40_000)
  lap("sent", r.sent)
  lap("end", r.end)
  const a = yield* page.extract(r.anchor)
  console.log(a.markdown)
  lap("files", a.files)
  const dir = join(folder, "artifacts")
  mkdirSync(dir)
  for (const f of a.files) {
    const d = yield* Effect.result(
      page.download({ file: f, anchor: r.anchor, directory: dir, maxBytes: 1e8, taken: new Set() })
    )
    lap("file", d._tag === "Success" ? d.success : [d.failure.code, d.failure.detail])
  }
  lap("thread", yield* page.thread)
  lap("log", {
    sends: site.log.sends.map((s: any) => ({ ...s, prompt: undefined, same: s.prompt === prompt })),
    up: site.log.uploads.map((u) => u.sha256 === sha256("hello archive")),
    forbidden: site.log.forbiddenClicks,
    untrusted: site.log.untrustedClicks
  })
}))
await Effect.runPromise(program as never).catch((e) => {
  console.log("FAILED", e?.code, e?.detail ?? e, e?.cause ?? "")
})
await site.close()
process.exit(0)
