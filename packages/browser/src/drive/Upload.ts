/** Attaches files to the draft and proves each one by what appeared for it in this composer. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import type { AttachFile, UploadProgress } from "@effect-oracle/core/port/ChatBrowser"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { ElementHandle } from "playwright-core"
import type { AttachmentView, ComposerView } from "../page-script/protocol.ts"
import { showsFile } from "./AttachmentName.ts"
import { freshIn, remove, removeFresh, settled } from "./Attachments.ts"
import type { Driver } from "./Driver.ts"
import { act, element, read, unlessLost } from "./PageCall.ts"
import { stay } from "./Place.ts"
import { until } from "./Until.ts"

const step = "attach"
const clickMs = 5000
/** How long the evidence must stand: with and without successful upload requests of the page, and for weak evidence. */
const stableMs = { requested: 200, silent: 500, weak: 2000 }

const composerOf = (driver: Driver) => read(driver, step, "composer", [])

const failed = (detail: string, file?: AttachFile): OracleError =>
  oracleError("upload_failed", detail, {
    facts: { step, ...(file === undefined ? {} : { file: file.name, bytes: file.bytes }) }
  })

const removeAll = Effect.fnUntraced(function*(driver: Driver) {
  for (let round = 0; round < 40; round += 1) {
    const { attachments } = yield* composerOf(driver)
    const next = attachments.find((attachment) => attachment.removable)
    if (next === undefined || !(yield* remove(driver, next))) return
  }
  return yield* failed("attachments of an earlier draft could not be removed")
})

/** A page that listens only to its own file dialog: the dialog is answered, never shown. */
const throughDialog = Effect.fnUntraced(function*(driver: Driver, control: ElementHandle, path: string) {
  let awaited = true
  const given = act(step, "attachButton", clickMs + 2000, async () => {
    const [chooser] = await Promise.all([
      driver.page.waitForEvent("filechooser", { timeout: clickMs }),
      control.click({ timeout: clickMs })
    ])
    if (awaited) await chooser.setFiles(path)
    return awaited
  })
  return yield* unlessLost(given, false).pipe(Effect.onInterrupt(() =>
    Effect.sync(() => {
      awaited = false
    })
  ))
})

/** A control that opens a menu asks for no file: its entry, or an input that it brings, comes instead of a dialog. */
const throughButton = Effect.fnUntraced(function*(driver: Driver, button: ElementHandle, path: string) {
  const entry = element(driver, step, "part", ["attachMenuItem"])
  if ((yield* entry) !== null) return yield* throughDialog(driver, button, path)
  const input = element(driver, step, "part", ["fileInput"])
  const menu = until(Effect.zipWith(entry, input, (one, other) => one ?? other), (shown) => shown !== null, {
    limitMs: clickMs + 2000,
    pollMs: 150
  })
  return yield* Effect.raceFirst(throughDialog(driver, button, path), Effect.as(menu, false))
})

const closeMenu = (driver: Driver) =>
  Effect.ignore(act(step, "attachButton", clickMs, () => driver.page.keyboard.press("Escape")))

/** Where neither dialog nor menu came, the page replaced the button under the press: then it is pressed once more. */
const give: (driver: Driver, file: AttachFile, again?: boolean) => Effect.Effect<void, OracleError> = Effect.fnUntraced(
  function*(driver: Driver, file: AttachFile, again = true) {
    const waited = yield* until(
      element(driver, step, "part", ["fileInput"]),
      (handle) => handle !== null,
      { limitMs: 2000, pollMs: 200 }
    )
    const input = waited.value
    if (input !== null) {
      yield* settled(act(step, "fileInput", 60_000, () => input.setInputFiles(file.path, { timeout: 60_000 })))
      return
    }
    const button = yield* element(driver, step, "part", ["attachButton"])
    if (button === null) {
      return yield* failed("the page has neither a file input nor an attach button (fileInput, attachButton)", file)
    }
    if (yield* throughButton(driver, button, file.path)) return
    const late = yield* element(driver, step, "part", ["fileInput"])
    if (late !== null) {
      yield* settled(act(step, "fileInput", 60_000, () => late.setInputFiles(file.path, { timeout: 60_000 })))
      yield* closeMenu(driver)
      return
    }
    const item = yield* element(driver, step, "part", ["attachMenuItem"])
    const given = item !== null && (yield* throughDialog(driver, item, file.path))
    yield* closeMenu(driver)
    if (item === null && again) return yield* give(driver, file, false)
    if (!given) return yield* failed("the attach menu of the page offers no file dialog (attachMenuItem)", file)
  }
)

interface Reading {
  readonly view: ComposerView
  readonly fresh: ReadonlyArray<AttachmentView>
  readonly pending: boolean
  /** Requests of the upload were seen at all. */
  readonly requested: boolean
  readonly uploaded: boolean
  readonly refused: number | null
  /** Requests of an unknown kind: made since the file was given, and still without an answer. */
  readonly writes: { readonly made: boolean; readonly open: boolean }
}

interface Since {
  readonly number: number
  readonly writes: number
}

const reading = (driver: Driver, before: ComposerView, since: Since) =>
  Effect.map(composerOf(driver), (view): Reading => {
    const writes = driver.network.writes()
    const uploads = driver.network.since(since.number).filter((request) => request.kind === "upload")
    return {
      view,
      fresh: freshIn(before, view),
      pending: view.uploading || uploads.some((request) => request.status === null),
      requested: uploads.length > 0,
      uploaded: uploads.length > 0 &&
        uploads.every((request) => request.status !== null && request.status >= 200 && request.status < 400),
      refused: uploads.find((request) => request.status !== null && request.status >= 400)?.status ?? null,
      writes: { made: writes.count > since.writes, open: writes.count > since.writes && writes.open > 0 }
    }
  })

/** A message that stood there before says nothing of this file. */
const problemOf = (before: ComposerView, now: Reading): string | null => {
  if (now.refused !== null) return `the site answered the upload with ${now.refused}`
  return now.view.uploadError !== null && now.view.uploadError !== before.uploadError
    ? "the page says that the upload failed"
    : null
}

/** A page that hands something to its site after it got the file may be taking it in. */
const nudgeMs = { silent: 2000, writing: 8000 }
const unknownWriteMs = 60_000
const inputAloneMs = 4000

/** What proves that this file is attached, or null while nothing does. */
const evidenceOf = (before: ComposerView, now: Reading, file: AttachFile, waitedMs: number): string | null => {
  if (now.fresh.some(({ label }) => showsFile(file.name, label))) return "attachment with its name"
  if (now.fresh.length === 1 && !before.uploading) return "the one new attachment"
  if (now.fresh.length > 0) return null
  const inInput = now.view.inputFiles.some((name) => showsFile(file.name, name))
  if (now.uploaded) return inInput ? "file in the input and finished upload" : "finished upload"
  return inInput && !now.requested && waitedMs >= inputAloneMs ? "file in the input" : null
}

/** A page that was not listening yet when the file came is told again; the same file twice in a row is no change. */
const nudge = Effect.fnUntraced(function*(driver: Driver, file: AttachFile) {
  const input = yield* element(driver, step, "part", ["fileInput"])
  if (input === null) return
  yield* settled(act(step, "fileInput", 60_000, async () => {
    await input.setInputFiles([])
    await input.setInputFiles(file.path)
  }))
})

type Said = (percent: number | null) => Effect.Effect<void>

const proven = Effect.fnUntraced(function*(
  driver: Driver,
  file: AttachFile,
  before: ComposerView,
  since: Since,
  said: Said
) {
  const started = yield* Clock.currentTimeMillis
  let good: { readonly evidence: string; readonly at: number } | null = null
  let nudged = false
  for (;;) {
    const now = yield* reading(driver, before, since)
    const at = yield* Clock.currentTimeMillis
    const waitedMs = at - started
    if (now.view.uploadPercent !== null) yield* said(now.view.uploadPercent)
    const problem = problemOf(before, now)
    if (problem !== null) return { evidence: null, problem }
    const evidence = evidenceOf(before, now, file, waitedMs)
    const weak = evidence?.includes("attachment") !== true
    const unknown = weak && now.writes.open && waitedMs < unknownWriteMs
    if (evidence === null || now.pending || unknown) good = null
    else if (good === null || good.evidence !== evidence) good = { evidence, at }
    else if (at - good.at >= stableMs[weak ? "weak" : now.uploaded ? "requested" : "silent"]) {
      return { evidence, problem: null }
    }
    const silent = evidence === null && !now.pending && !now.requested && !now.writes.open && now.fresh.length === 0
    if (silent && !nudged && waitedMs >= nudgeMs[now.writes.made ? "writing" : "silent"]) {
      nudged = true
      yield* nudge(driver, file)
    }
    if (evidence === null && !now.pending && waitedMs >= driver.site.limits.uploadAppearMs) {
      return { evidence: null, problem: "nothing appeared for the file in the composer (attachment)" }
    }
    if (waitedMs >= driver.config.worker.uploadTimeoutMs) {
      return { evidence: null, problem: "the upload did not end in time" }
    }
    yield* Effect.sleep(100)
  }
})

/** A file that the page took twice is in the draft once. */
const dropDoubles = Effect.fnUntraced(function*(driver: Driver, file: AttachFile, before: ComposerView) {
  const doubles = freshIn(before, yield* composerOf(driver)).filter(({ label }) => showsFile(file.name, label)).slice(1)
  for (const double of doubles.toReversed()) yield* remove(driver, double)
})

const attachOne = Effect.fnUntraced(function*(driver: Driver, file: AttachFile, said: Said) {
  let problem = ""
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const before = yield* composerOf(driver)
    const since = { number: driver.network.last(), writes: driver.network.writes().count }
    yield* give(driver, file)
    const outcome = yield* proven(driver, file, before, since, said)
    if (outcome.evidence !== null) {
      yield* dropDoubles(driver, file, before)
      return { name: file.name, evidence: outcome.evidence }
    }
    problem = outcome.problem ?? "no reason is known"
    yield* removeFresh(driver, before)
  }
  return yield* failed(`${file.name}: ${problem} (two attempts)`, file)
})

/** Files go one by one, so that each new attachment belongs to exactly one of them. */
export const attach = Effect.fn("ChatPage.attach")(function*(
  driver: Driver,
  files: ReadonlyArray<AttachFile>,
  onProgress: (progress: UploadProgress) => Effect.Effect<void> = () => Effect.void
) {
  if (files.length > driver.site.limits.maxFiles) {
    return yield* failed(
      `${files.length} files are more than the ${driver.site.limits.maxFiles} that the site takes at once`
    )
  }
  yield* until(composerOf(driver), (view) => view.present && view.enabled, {
    limitMs: driver.site.limits.pageReadyMs,
    pollMs: 200
  })
  yield* stay(driver)
  yield* removeAll(driver)
  const proofs = yield* Effect.forEach(files, (file, index) => {
    const said = (percent: number | null) => onProgress({ file: index + 1, files: files.length, percent })
    return Effect.andThen(said(null), attachOne(driver, file, said)).pipe(Effect.tap(() => stay(driver)))
  })
  const view = yield* composerOf(driver)
  yield* Ref.set(driver.attached, { shown: view.attachments.length, inInputs: view.inputFiles.length })
  return { files: proofs }
})
