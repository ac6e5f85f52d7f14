// @effect-diagnostics nodeBuiltinImport:off
/**
 * A full Chromium binds a socket in its temporary folder and aborts when the path of that socket is over the kernel's
 * limit, which the runtime folder of an ordinary home already exceeds. A short link to the folder avoids that.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createHash } from "node:crypto"
import { readlinkSync, symlinkSync, unlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

/** Room that the browser's own folder and socket name take after the temporary folder. */
const socketSuffix = "/.org.chromium.Chromium.XXXXXX/SingletonSocket".length

const longest = (platform: NodeJS.Platform): number => (platform === "darwin" ? 103 : 107) - socketSuffix

export const fits = (directory: string, platform: NodeJS.Platform): boolean =>
  platform === "win32" || Buffer.byteLength(directory) <= longest(platform)

/** Where the link of a runtime may lie; the same for the same runtime, so that a clean-up finds it. */
export const linkPlaces = (runtimeDir: string): ReadonlyArray<string> => {
  const hash = createHash("sha256").update(runtimeDir).digest("hex").slice(0, 10)
  return [join(dirname(runtimeDir), `.t-${hash}`), join(tmpdir(), `oracle-t-${hash}`)]
}

const pointsTo = (link: string): string | undefined => {
  try {
    return readlinkSync(link)
  } catch {
    return undefined
  }
}

const create = (link: string, target: string): boolean => {
  try {
    symlinkSync(target, link)
    return true
  } catch {
    return pointsTo(link) === target
  }
}

/** Removes the links of a runtime, if they are ours. */
export const removeLinks = (runtimeDir: string): void => {
  for (const link of linkPlaces(runtimeDir)) {
    if (pointsTo(link)?.startsWith(runtimeDir) === true) unlinkSync(link)
  }
}

/** A path of `tempDir` (`<runtimes>/<id>/tmp`) that is short enough; the link goes with the scope. */
export const shortened = (tempDir: string, platform: NodeJS.Platform): Effect.Effect<string, never, Scope.Scope> => {
  if (fits(tempDir, platform)) return Effect.succeed(tempDir)
  const runtimeDir = dirname(tempDir)
  return Effect.acquireRelease(
    Effect.sync(() => linkPlaces(runtimeDir).find((link) => fits(link, platform) && create(link, tempDir)) ?? tempDir),
    () => Effect.sync(() => removeLinks(runtimeDir))
  )
}
