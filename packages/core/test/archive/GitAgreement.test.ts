import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { git, hasCommand, makeProject, pathsOf, select } from "./project.ts"

const Segment = Schema.Literals(["a", "b", "c", "d.log", "e.tmp", "f g", "#h", "!i"])
const FilePath = Schema.NonEmptyArray(Segment).check(Schema.isMaxLength(4))
const Line = Schema.Literals([
  "*.log",
  "!*.log",
  "a/",
  "!a/",
  "/b",
  "b",
  "!b",
  "!b/",
  "a/b",
  "/a/*",
  "!/a/b",
  "**/c",
  "c/**",
  "!c/**",
  "*",
  "!*/",
  "a/**/d.log",
  "?",
  "[ab]",
  "!d.log",
  "f*",
  "f\\ g",
  "\\#h",
  "\\!i",
  "# comment",
  "",
  "e.tmp   "
])
const Lines = Schema.Array(Line).check(Schema.isMaxLength(5))
const Ignores = Schema.Struct({ root: Lines, a: Lines, ab: Lines, info: Lines })

/** Paths that can stand side by side: none is a folder of another. */
const compatible = (paths: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  const taken: Array<string> = []
  for (const path of paths.map((segments) => [...segments, "file"].join("/"))) {
    if (!taken.some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`))) taken.push(path)
  }
  return [...new Set(taken)]
}

describe.skipIf(!hasCommand("git"))("the ignore rules and git", () => {
  it.effect.prop(
    "take the same files",
    [Schema.NonEmptyArray(FilePath).check(Schema.isMaxLength(12)), Ignores],
    ([paths, ignores]) =>
      Effect.gen(function*() {
        const files = compatible([...paths, ["a", "b"], ["a"], ["b"], ["keep"]])
        const lines = { ".gitignore": ignores.root, "a/.gitignore": ignores.a, "a/b/.gitignore": ignores.ab }
        const { root } = yield* makeProject({
          ...Object.fromEntries(files.map((path) => [path, "x"])),
          ...Object.fromEntries(Object.entries(lines).map(([path, text]) => [path, text.join("\n")])),
          ".git/info/exclude": ignores.info.join("\n")
        })
        git(root, "init", "-q")
        const listed = git(root, "ls-files", "-z", "--others", "--exclude-standard").split("\0").filter((path) =>
          path !== ""
        )
        const selected = yield* select(root, ["."]).pipe(
          Effect.map(pathsOf),
          Effect.catchTag("OracleError", () => Effect.succeed([]))
        )
        const isIgnoreFile = (path: string) => path.endsWith(".gitignore")
        assert.deepStrictEqual(
          selected.filter((path) => !isIgnoreFile(path)).toSorted(),
          listed.filter((path) => !isIgnoreFile(path)).toSorted()
        )
      }).pipe(Effect.scoped),
    { arbitrary: { runs: 40 } }
  )
})
