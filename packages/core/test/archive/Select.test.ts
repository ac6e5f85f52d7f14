import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber } from "effect"
import { chmodSync, symlinkSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { git, hasCommand, makeFifo, makeProject, pathsOf, refusal, ruleOf, select, sha256, write } from "./project.ts"

describe("Archiver.select, what is taken", () => {
  it.effect("takes files, folders and globs, each path once, in the order of their names", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({
        "b.md": "b",
        "src/a.ts": "a",
        "src/deep/c.ts": "c",
        "src/d.css": "d",
        "x.txt": "x"
      })
      const selected = yield* select(root, ["src/**/*.ts", "b.md", "src/a.ts", "src/deep"])
      assert.deepStrictEqual(pathsOf(selected), ["b.md", "src/a.ts", "src/deep/c.ts"])
      assert.deepStrictEqual(selected.entries[0], { path: "b.md", bytes: 1, executable: false, sha256: sha256("b") })
      assert.strictEqual(selected.bytes, 3)
      assert.isFalse(selected.wholeProject)
    }))

  it.effect("takes the whole project for a dot, also beside other entries", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "a.md": "a", "src/.hidden": "h", "dist/keep.js": "k" })
      const selected = yield* select(root, ["dist/keep.js", "."])
      assert.deepStrictEqual(pathsOf(selected), ["a.md", "dist/keep.js", "src/.hidden"])
      assert.isTrue(selected.wholeProject)
    }))

  it.effect("reads inputs relative to the working directory and records paths relative to the root", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "app/src/a.ts": "a", "app/b.md": "b", "c.md": "c" })
      const selected = yield* select(root, ["src", "../c.md", "!b.md"], { cwd: join(root, "app") })
      assert.deepStrictEqual(pathsOf(selected), ["app/src/a.ts", "c.md"])
      const all = yield* select(root, [".", "!b.md"], { cwd: join(root, "app") })
      assert.deepStrictEqual(pathsOf(all), ["app/src/a.ts"])
    }))

  it.effect("keeps names with blanks at the ends, non-ASCII letters and glob characters", () =>
    Effect.gen(function*() {
      const names = [
        " leading",
        "trailing ",
        "Größe 漢字.md",
        "[id].ts",
        "a*b",
        "new\nline",
        "back\\slash",
        "n".repeat(255)
      ]
      const { root } = yield* makeProject(Object.fromEntries(names.map((name) => [name, name])))
      assert.deepStrictEqual(pathsOf(yield* select(root, ["."])), names.toSorted())
      for (const name of names) assert.deepStrictEqual(pathsOf(yield* select(root, [name])), [name])
    }))

  it.effect("leaves out what an exclusion names, wherever it stands among the inputs", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({
        "src/a.ts": "a",
        "src/a.test.ts": "t",
        "src/gen/x.ts": "x",
        "notes.md": "n"
      })
      const selected = yield* select(root, ["!**/*.test.ts", ".", "!src/gen", "!notes.md"])
      assert.deepStrictEqual(pathsOf(selected), ["src/a.ts"])
      assert.strictEqual(ruleOf(selected, "src/gen"), "excluded by !src/gen")
      assert.strictEqual(ruleOf(selected, "src/a.test.ts"), "excluded by !**/*.test.ts")
    }))

  it.effect("does not look deeper than a glob reaches", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({
        "a.md": "a",
        "docs/b.md": "b",
        "docs/x/c.md": "c",
        "node_modules/m.md": "m"
      })
      const top = yield* select(root, ["*.md"])
      assert.deepStrictEqual(pathsOf(top), ["a.md"])
      assert.deepStrictEqual(top.exclusions, [])
      assert.deepStrictEqual(pathsOf(yield* select(root, ["*/*.md"])), ["docs/b.md"])
      assert.deepStrictEqual(pathsOf(yield* select(root, ["docs/{b,x/c}.md"])), ["docs/b.md", "docs/x/c.md"])
    }))

  it.effect("notes which files are executable", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "run.sh": "#!/bin/sh\n", "plain.txt": "p" })
      chmodSync(join(root, "run.sh"), 0o700)
      const selected = yield* select(root, ["."])
      assert.deepStrictEqual(selected.entries.map(({ executable, path }) => [path, executable]), [
        ["plain.txt", false],
        [
          "run.sh",
          true
        ]
      ])
    }))

  it.effect("takes an empty file among others, and refuses a selection that is empty altogether", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "empty.txt": "", "full.txt": "x" })
      assert.deepStrictEqual(pathsOf(yield* select(root, ["."])), ["empty.txt", "full.txt"])
      assert.strictEqual((yield* refusal(root, ["empty.txt"])).code, "archive_input_empty")
    }))

  it.effect("walks a deep path that is longer than ustar names", () =>
    Effect.gen(function*() {
      const path = `${"folder-with-a-long-name/".repeat(30)}file.ts`
      const { root } = yield* makeProject({ [path]: "x" })
      assert.deepStrictEqual(pathsOf(yield* select(root, ["."])), [path])
    }))
})

describe("Archiver.select, what is refused", () => {
  const code = (root: string, inputs: ReadonlyArray<string>) =>
    refusal(root, inputs).pipe(Effect.map((error) => error.code))

  it.effect("names a missing input", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "a.md": "a" })
      const error = yield* refusal(root, ["a.md", "no-such-file.md"])
      assert.strictEqual(error.code, "archive_input_missing")
      assert.include(error.message, "'no-such-file.md'")
      assert.strictEqual(yield* code(root, [""]), "archive_input_missing")
      assert.strictEqual(yield* code(root, ["a.md "]), "archive_input_missing")
      assert.strictEqual(yield* code(root, ["nowhere/**"]), "archive_input_missing")
      assert.strictEqual(yield* code(root, ["n".repeat(300)]), "archive_input_missing")
      assert.strictEqual(yield* code(root, ["a\0b"]), "archive_input_missing")
      symlinkSync("loop", join(root, "loop"))
      assert.strictEqual(yield* code(root, ["loop"]), "archive_input_missing")
    }))

  it.effect("says that nothing is named when nothing is", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "a.md": "a" })
      assert.strictEqual(yield* code(root, []), "archive_input_required")
      assert.strictEqual(yield* code(root, ["!a.md"]), "archive_input_required")
    }))

  it.effect("says why nothing is left of an input", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ ".gitignore": "*.log\n", "logs/a.log": "a", "src/b.ts": "b" })
      const error = yield* refusal(root, ["src", "logs"])
      assert.strictEqual(error.code, "archive_input_empty")
      assert.include(error.message, "logs/a.log (.gitignore:1 *.log)")
      assert.deepStrictEqual(error.facts?.["exclusions"], [{ path: "logs/a.log", rule: ".gitignore:1 *.log" }])
      assert.strictEqual(yield* code(root, ["src/*.css"]), "archive_input_empty")
      assert.strictEqual(yield* code(root, ["src", "!src"]), "archive_input_empty")
    }))

  it.effect("refuses what lies outside the project, by any way", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "src/a.ts": "a" })
      write(outside, { "secret.txt": "s" })
      symlinkSync(outside, join(root, "folder-link"))
      symlinkSync(join(outside, "secret.txt"), join(root, "file-link"))
      const inputs = [
        "../outside/secret.txt",
        "..",
        join(outside, "secret.txt"),
        "../outside/**",
        "../no-such",
        "folder-link"
      ]
      for (const input of [...inputs, "folder-link/secret.txt", "folder-link/*.txt", "file-link", "/etc/hostname"]) {
        assert.strictEqual(yield* code(root, [input]), "archive_input_outside", input)
      }
    }))

  it.effect("refuses a credential file also when it is named", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ ".env": "A=1", "a/server.pem": "x", ".aws/config": "x", "src/a.ts": "a" })
      symlinkSync("../.env", join(root, "src/settings"))
      for (const input of [".env", "a/server.pem", ".aws/config", ".aws", ".aws/*", "src/settings"]) {
        assert.strictEqual(yield* code(root, [input]), "archive_credential_file", input)
      }
    }))

  it.effect("refuses a working directory outside the project", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "a.md": "a" })
      assert.strictEqual((yield* refusal(root, ["."], { cwd: outside })).code, "archive_input_outside")
    }))
})

describe("Archiver.select, what a walk leaves out", () => {
  it.effect("applies the built-in rules to folders and globs and says which", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({
        ".env": "A=1",
        ".env.example": "A=",
        ".git/config": "x",
        "app/dist/a.js": "kept: not at the root",
        "app/node_modules/m/index.js": "x",
        "data.sqlite": "x",
        "dist/a.js": "x",
        "nested/.secrets/a": "x",
        "src/a.ts": "a"
      })
      const selected = yield* select(root, ["."])
      assert.deepStrictEqual(pathsOf(selected), [".env.example", "app/dist/a.js", "src/a.ts"])
      assert.deepStrictEqual(selected.exclusions, [
        { path: ".env", rule: "built-in: credential file", directory: false },
        { path: ".git", rule: "built-in: version-control state", directory: true },
        { path: "app/node_modules", rule: "built-in: dependency folder", directory: true },
        { path: "data.sqlite", rule: "built-in: database", directory: false },
        { path: "dist", rule: "built-in: build folder at the root", directory: true },
        { path: "nested/.secrets", rule: "built-in: secrets folder", directory: true }
      ])
      assert.deepStrictEqual(pathsOf(yield* select(root, ["**/*.{ts,js}"])), ["app/dist/a.js", "src/a.ts"])
    }))

  it.effect("keeps tool state and build folders that a person names", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({
        ".gitignore": "/dist\n*.log\n",
        ".cursor/rules.md": "r",
        ".pi/settings.json": "{}",
        "dist/a.js": "x",
        "dist/a.log": "l",
        "dist/node_modules/m.js": "m",
        "dist/deep/.env": "e"
      })
      assert.deepStrictEqual(pathsOf(yield* select(root, [".pi", ".cursor/*"])), [
        ".cursor/rules.md",
        ".pi/settings.json"
      ])
      const dist = yield* select(root, ["dist"])
      assert.deepStrictEqual(pathsOf(dist), ["dist/a.js"])
      assert.strictEqual(ruleOf(dist, "dist/a.log"), ".gitignore:2 *.log")
      assert.strictEqual(ruleOf(dist, "dist/node_modules"), "built-in: dependency folder")
      assert.strictEqual(ruleOf(dist, "dist/deep/.env"), "built-in: credential file")
    }))

  it.effect("takes a file that is named although it is ignored", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({
        ".gitignore": "*.log\nnotes/\n",
        "a.log": "a",
        "notes/b.md": "b",
        "node_modules/m/c.js": "c"
      })
      const selected = yield* select(root, ["a.log", "notes/b.md", "node_modules/m/c.js"])
      assert.deepStrictEqual(pathsOf(selected), ["a.log", "node_modules/m/c.js", "notes/b.md"])
    }))

  it.effect("does not list as left out what another input took", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ ".gitignore": "*.log\n", "a.log": "a", "b.log": "b", "c.md": "c" })
      const selected = yield* select(root, [".", "a.log"])
      assert.isUndefined(ruleOf(selected, "a.log"))
      assert.strictEqual(ruleOf(selected, "b.log"), ".gitignore:1 *.log")
    }))

  it.effect("lets .oracleignore win over .gitignore and the built-in folders, but not over credentials", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({
        ".gitignore": "generated/\n*.tmp\n",
        ".oracleignore": "!generated/\n!dist/\n!.env\n*.big\n",
        ".env": "A=1",
        "dist/a.js": "a",
        "generated/g.ts": "g",
        "generated/g.tmp": "t",
        "x.big": "x",
        "y.ts": "y"
      })
      const selected = yield* select(root, ["."])
      assert.deepStrictEqual(pathsOf(selected), [".gitignore", ".oracleignore", "dist/a.js", "generated/g.ts", "y.ts"])
      assert.strictEqual(ruleOf(selected, "x.big"), ".oracleignore:4 *.big")
      assert.strictEqual(ruleOf(selected, "generated/g.tmp"), ".gitignore:2 *.tmp")
    }))

  it.effect("applies the patterns of the configuration", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "a.ts": "a", "docs/b.md": "b" })
      const selected = yield* select(root, ["."], { exclude: ["docs/"] })
      assert.deepStrictEqual(pathsOf(selected), ["a.ts"])
      assert.strictEqual(ruleOf(selected, "docs"), "archive.exclude:1 docs/")
    }))

  it.effect("skips FIFOs and sockets with the reason, also when they are named", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({ "a.ts": "a" })
      makeFifo(join(root, "pipe"))
      const server = createServer()
      yield* Effect.acquireRelease(
        Effect.callback<void>((resume) => {
          server.listen(join(root, "sock"), () => resume(Effect.void))
        }),
        () =>
          Effect.callback<void>((resume) => {
            server.close(() => resume(Effect.void))
          })
      )
      const selected = yield* select(root, ["."])
      assert.deepStrictEqual(pathsOf(selected), ["a.ts"])
      assert.strictEqual(ruleOf(selected, "pipe"), "FIFO")
      assert.strictEqual(ruleOf(selected, "sock"), "socket")
      const error = yield* refusal(root, ["pipe"])
      assert.strictEqual(error.code, "archive_input_empty")
      assert.include(error.message, "FIFO")
    }))

  it.effect("takes the content behind a link inside the project, and nothing behind any other", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({
        ".env": "A=1",
        ".gitignore": "ignored.txt\n",
        "ignored.txt": "i",
        "real/a.ts": "content",
        "real/b.ts": "b"
      })
      write(outside, { "o.txt": "o" })
      symlinkSync("real/a.ts", join(root, "link.ts"))
      symlinkSync("real", join(root, "folder"))
      symlinkSync(".env", join(root, "env-link"))
      symlinkSync("ignored.txt", join(root, "ignored-link"))
      symlinkSync(join(outside, "o.txt"), join(root, "out-link"))
      symlinkSync("nowhere", join(root, "broken"))
      symlinkSync("loop", join(root, "loop"))
      const selected = yield* select(root, ["."])
      assert.deepStrictEqual(pathsOf(selected), [".gitignore", "link.ts", "real/a.ts", "real/b.ts"])
      assert.strictEqual(selected.entries[1]?.sha256, sha256("content"))
      assert.strictEqual(ruleOf(selected, "folder"), "symlink to a folder")
      assert.strictEqual(ruleOf(selected, "env-link"), "symlink to a file that is left out (built-in: credential file)")
      assert.strictEqual(
        ruleOf(selected, "ignored-link"),
        "symlink to a file that is left out (.gitignore:1 ignored.txt)"
      )
      assert.strictEqual(ruleOf(selected, "out-link"), "symlink outside project")
      assert.strictEqual(ruleOf(selected, "broken"), "broken symlink")
      assert.strictEqual(ruleOf(selected, "loop"), "symlink loop")
      assert.deepStrictEqual(pathsOf(yield* select(root, ["folder", "link.ts"])), ["link.ts", "real/a.ts", "real/b.ts"])
      assert.deepStrictEqual(pathsOf(yield* select(root, ["folder/b.ts"])), ["real/b.ts"])
    }))

  it.effect.skipIf(process.platform !== "linux")(
    "says so when a name is not valid UTF-8",
    () =>
      Effect.gen(function*() {
        const { root } = yield* makeProject({ "a.ts": "a" })
        writeFileSync(Buffer.concat([Buffer.from(`${root}/odd`), Buffer.from([0xff])]), "x")
        const selected = yield* select(root, ["."])
        assert.deepStrictEqual(pathsOf(selected), ["a.ts"])
        assert.deepStrictEqual(selected.exclusions.map(({ rule }) => rule), ["name is not valid UTF-8"])
      })
  )

  it.effect("does not follow an ignore file that is a link", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "a.ts": "a", "b.md": "b" })
      write(outside, { rules: "*.ts\n" })
      symlinkSync(join(outside, "rules"), join(root, ".gitignore"))
      const selected = yield* select(root, ["."])
      assert.deepStrictEqual(pathsOf(selected), ["a.ts", "b.md"])
    }))

  it.effect("stops when it is interrupted", () =>
    Effect.gen(function*() {
      const files = Array.from({ length: 400 }, (_, index) => [`${index}.txt`, "text\n".repeat(20_000)])
      const { root } = yield* makeProject(Object.fromEntries(files))
      const fiber = yield* Effect.forkChild(select(root, ["."]), { startImmediately: true })
      yield* Fiber.interrupt(fiber)
      assert.isTrue(Exit.hasInterrupts(yield* Fiber.await(fiber)))
    }))

  it.effect.skipIf(process.getuid?.() === 0)(
    "says what it may not read, and fails on it when it is named",
    () =>
      Effect.gen(function*() {
        const { root } = yield* makeProject({ "a.ts": "a", "closed.ts": "c", "dark/b.ts": "b" })
        chmodSync(join(root, "closed.ts"), 0)
        chmodSync(join(root, "dark"), 0)
        const selected = yield* select(root, ["."])
        chmodSync(join(root, "dark"), 0o700)
        assert.deepStrictEqual(pathsOf(selected), ["a.ts"])
        assert.strictEqual(ruleOf(selected, "closed.ts"), "not readable")
        assert.strictEqual(ruleOf(selected, "dark"), "not readable")
        assert.strictEqual((yield* refusal(root, ["closed.ts"])).code, "archive_input_missing")
      })
  )
})

describe.skipIf(!hasCommand("git"))("Archiver.select in a repository", () => {
  it.effect("obeys .git/info/exclude, and the ignore files above a nested project", () =>
    Effect.gen(function*() {
      const { root } = yield* makeProject({
        ".gitignore": "*.log\n/app/gen/\n",
        "app/a.ts": "a",
        "app/b.log": "b",
        "app/c.private": "c",
        "app/gen/d.ts": "d"
      })
      git(root, "init", "-q")
      writeFileSync(join(root, ".git/info/exclude"), "*.private\n")
      const app = join(root, "app")
      const selected = yield* select(app, ["."])
      assert.deepStrictEqual(pathsOf(selected), ["a.ts"])
      assert.strictEqual(ruleOf(selected, "b.log"), "../.gitignore:1 *.log")
      assert.strictEqual(ruleOf(selected, "c.private"), ".git/info/exclude:1 *.private")
      assert.strictEqual(ruleOf(selected, "gen"), "../.gitignore:2 /app/gen/")
    }))

  it.effect("finds the exclude file of a worktree", () =>
    Effect.gen(function*() {
      const { outside, root } = yield* makeProject({ "a.ts": "a" })
      git(root, "init", "-q")
      git(root, "add", ".")
      git(root, "commit", "-qm", "first")
      const tree = join(outside, "tree")
      git(root, "worktree", "add", "-q", tree)
      writeFileSync(join(root, ".git/info/exclude"), "*.private\n")
      write(tree, { "b.private": "b" })
      assert.deepStrictEqual(pathsOf(yield* select(tree, ["."])), ["a.ts"])
    }))
})
