/** Saves one file of the turn: the ways to its content in order, then the checks, then a safe name. */
import type { Artifact } from "@effect-oracle/core/domain/Artifact"
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import type { DownloadRequest } from "@effect-oracle/core/port/ChatBrowser"
import { reach } from "@effect-oracle/core/port/CrashPoint"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { CandidateView } from "../page-script/protocol.ts"
import { threadAt } from "../site/ThreadAddress.ts"
import { sandboxAddresses } from "./artifacts/AddressPolicy.ts"
import { labelName } from "./artifacts/FileName.ts"
import { store } from "./artifacts/Store.ts"
import { type Brought, failed, fetched, fromBlob, inData, isFinal, pressed } from "./artifacts/Transfer.ts"
import type { Driver } from "./Driver.ts"
import { anchorView } from "./Observe.ts"
import { act, element, read } from "./PageCall.ts"

const step = "download"

const candidateOf = Effect.fnUntraced(function*(driver: Driver, request: DownloadRequest) {
  const view = yield* read(driver, step, "answer", [anchorView(request.anchor)])
  const found = view?.files.find((file) => file.key === request.file.key)
  return found ?? (yield* failed("the turn does not offer this file any more"))
})

/**
 * Presses the control and takes the download that follows. After one press without a download a late one could be
 * taken for the next file, so that nothing is pressed any more in this browser.
 */
const byPress = Effect.fnUntraced(function*(driver: Driver, request: DownloadRequest, candidate: CandidateView) {
  if (yield* Ref.get(driver.lateDownload)) {
    return yield* failed("an earlier download may still arrive; resume the job to fetch this file")
  }
  const handle = yield* element(driver, step, "candidateElement", [anchorView(request.anchor), candidate.key])
  if (handle === null) return yield* failed("the control of the file is gone (fileControl)")
  const url = driver.page.url()
  return yield* pressed(driver, () => handle.click({ timeout: 6000 }), request.maxBytes).pipe(
    Effect.tapError((error) => error.detail === "no download began" ? Ref.set(driver.lateDownload, true) : Effect.void),
    Effect.tapError(() => comeBack(driver, url))
  )
})

/** A control that led away instead of bringing a file must not cost the other files their page. */
const comeBack = (driver: Driver, url: string) =>
  driver.page.isClosed() || driver.page.url() === url
    ? Effect.void
    : Effect.ignore(
      act(step, null, 15_000, () => driver.page.goBack({ waitUntil: "domcontentloaded", timeout: 14_000 }))
    )

/** A link to another origin is no control of the page: a press would only leave it for what could not be fetched. */
const mayPress = (driver: Driver, { address, kind }: CandidateView): boolean =>
  kind === "file" &&
  (address === null || !/^https?:/.test(address) || new URL(address).origin === new URL(driver.page.url()).origin)

/** The first way that works; the failure of the last one is told. */
const firstOf = (
  ways: ReadonlyArray<Effect.Effect<Brought, OracleError>>
): Effect.Effect<Brought, OracleError> => {
  const [way, ...rest] = ways
  if (way === undefined) return Effect.fail(failed("nothing says where the file is"))
  return rest.length === 0
    ? way
    : Effect.catchIf(
      way,
      (error) => error.code === "artifact_failed" && !isFinal(error),
      () => firstOf(rest)
    )
}

const sandboxPath = (candidate: CandidateView): string | null =>
  candidate.key.startsWith("sandbox:") ? candidate.key.slice("sandbox:".length) : null

const bring = (
  driver: Driver,
  request: DownloadRequest,
  candidate: CandidateView
): Effect.Effect<Brought, OracleError> => {
  const { address } = candidate
  const { maxBytes } = request
  const press = byPress(driver, request, candidate)
  if (address?.startsWith("data:") === true) return inData(address, maxBytes)
  if (address?.startsWith("blob:") === true) return fromBlob(driver, address, maxBytes)
  const path = sandboxPath(candidate)
  const inSandbox = path === null ? [] : sandboxAddresses(driver.site, {
    path,
    conversationId: threadAt(driver.site, driver.page.url())?.conversationId ?? null,
    messageId: candidate.messageId
  }).map((url) => fetched(driver, url, maxBytes))
  const direct = address !== null && /^https?:/.test(address) ? [fetched(driver, address, maxBytes)] : []
  return firstOf([...direct, ...inSandbox, ...(mayPress(driver, candidate) ? [press] : [])])
}

const nameOf = (candidate: CandidateView, brought: Brought): string => {
  const inLabel = labelName(candidate.label)
  const fromServer = brought.suggested !== null && !brought.suggested.startsWith("oracle-download")
    ? brought.suggested
    : null
  const fallback = candidate.kind === "image" ? "image" : "file"
  const suggested = candidate.suggested !== null && /\.[a-z0-9]{1,12}$/i.test(candidate.suggested)
    ? candidate.suggested
    : null
  return [fromServer, suggested, inLabel, candidate.suggested].find((name) => name !== null && name !== "") ?? fallback
}

export const download = Effect.fn("ChatPage.download")(function*(driver: Driver, request: DownloadRequest) {
  const candidate = yield* candidateOf(driver, request)
  const brought = yield* bring(driver, request, candidate)
  yield* reach("artifact.brought")
  const stored = yield* store(request.directory, brought.content, nameOf(candidate, brought), request.taken)
  return {
    ...stored,
    label: request.file.label,
    kind: request.file.kind,
    key: request.file.key,
    error: null
  } satisfies Artifact
})
