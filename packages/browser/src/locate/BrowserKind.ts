// @effect-diagnostics nodeBuiltinImport:off
/** Tells a full browser from a headless shell, and a snap wrapper from a program, by looking at files only. */
import { closeSync, openSync, readSync, realpathSync, statSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import type { Surroundings } from "./Surroundings.ts"

export type BrowserKind = "full" | "headless_shell"

const wholeProgram = 50 * 1024 ** 2

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

const shellName = /headless[-_]?shell/i

/**
 * A headless shell is known by its name, or (on Linux) by being one large program without the resource files that
 * lie beside every full Chromium.
 */
export const kindOf = (path: string, machine: Surroundings): BrowserKind => {
  if (shellName.test(basename(path))) return "headless_shell"
  if (machine.platform !== "linux" || sizeOf(path) < wholeProgram) return "full"
  return machine.isFile(join(dirname(path), "resources.pak")) ? "full" : "headless_shell"
}

const headOf = (path: string): string => {
  const file = openSync(path, "r")
  try {
    const buffer = Buffer.alloc(4096)
    return buffer.toString("latin1", 0, readSync(file, buffer, 0, buffer.length, 0))
  } finally {
    closeSync(file)
  }
}

/** True for the snap itself and for the script that a distribution installs in its place. */
export const isSnap = (path: string): boolean => {
  if (path.startsWith("/snap/")) return true
  try {
    return realpathSync(path).startsWith("/snap/") || realpathSync(path) === "/usr/bin/snap" ||
      (sizeOf(path) < 16_384 && headOf(path).includes("/snap/bin/chromium"))
  } catch {
    return false
  }
}
