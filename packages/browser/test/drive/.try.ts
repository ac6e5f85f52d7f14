import { ask, openOn } from "/work/main/packages/browser/test/drive/session.ts"
import { selectionOf } from "/work/main/packages/core/src/domain/ModelSelection.ts"
import { classify } from "/work/main/packages/core/src/page/PageClassifier.ts"
const { start } = await import((process.env.PRACTICE ?? "/work/main/packages/practice") + "/src/PracticeSite.ts")
import { Effect } from "effect"
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
const scenario = process.argv[2] ?? "fast"
const preset = process.argv[3] ?? "pro_extended"
const site = await start({ scenario: scenario.split(",") })
const t0 = performance.now()
const lap = (name: string, v?: unknown) =>
  console.log(
    `${Math.round(performance.now() - t0)} ms ${name}`,
    v === undefined ? "" : typeof v === "string" ? v : JSON.stringify(v).slice(0, 700)
  )
const program = Effect.scoped(Effect.gen(function*() {
  const state = site.admin.storageState()
  const { page, folder } = yield* openOn({ site: "practice", url: site.url, cookies: state.cookies as never })
  lap("open")
  yield* page.goto({ _tag: "NewChat" })
  for (let i = 0; i < 12; i++) {
    const o = yield* page.observe
    const s = classify(o)
    if (i === 0 || s.name === "authenticated_and_ready") lap("state", s)
    if (s.name === "authenticated_and_ready") break
    if (i === 11) {
      lap("stuck", s)
      return
    }
    yield* Effect.sleep(400)
  }
  yield* page.dismissOverlays
  lap("overlays")
  lap("model", yield* page.selectModel(selectionOf(preset as never)))
  const file = join(folder, "context-1234.tar.zst")
  writeFileSync(file, "hello archive")
  lap("attach", yield* page.attach([{ path: file, name: "context-1234.tar.zst", bytes: 13 }]))
  const prompt = "Please tell me:\n\n  what is $& and \\n?  \n\ttab * _x_ `code` <b>\n\nend"
  const r = yield* ask(page, prompt, 40_000)
  lap("sent", r.sent)
  lap("end", r.end)
  const a = yield* page.extract(r.anchor)
  lap("answer", a.markdown.slice(0, 500))
  lap("files", a.files)
  const dir = join(folder, "artifacts")
  mkdirSync(dir)
  const taken = new Set<string>()
  for (const f of a.files) {
    const d = yield* Effect.result(page.download({ file: f, anchor: r.anchor, directory: dir, maxBytes: 1e8, taken }))
    lap("file", d._tag === "Success" ? d.success : [d.failure.code, d.failure.detail])
  }
  lap("dir", readdirSync(dir))
  lap("thread", yield* page.thread)
  yield* page.diagnose(join(folder, "diag"))
  lap("diag", readdirSync(join(folder, "diag")))
  const log = site.admin.log?.() ?? []
  lap(
    "log",
    (log as any[]).filter((e) => ["send", "upload", "copy", "answer-now", "retry", "prefer"].includes(e.type)).map((
      e
    ) => [e.type, e.promptSha256, e.prompt === prompt, e.selection, e.name])
  )
}))
await Effect.runPromise(program as never).catch((e) => {
  console.log("FAILED", e?.code, e?.detail ?? e, e?.cause ?? "")
})
await site.close()
process.exit(0)
