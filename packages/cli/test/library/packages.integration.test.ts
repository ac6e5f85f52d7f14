/** The packages as a user gets them: packed, checked, unpacked into a project without this repository, and used there. */
import { start } from "@effect-oracle/practice/PracticeSite"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { homedir, tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { publint } from "publint"
import { formatMessage } from "publint/utils"
import { Sandbox } from "../support/oracle.ts"
import { runProgram } from "../support/program.ts"

const root = dirname(dirname(dirname(dirname(import.meta.dirname))))
const project = realpathSync(mkdtempSync(join(tmpdir(), "oracle-pack-")))
const env = { XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache") }
const packed = ["core", "browser", "practice", "cli"] as const

const tarballOf = (name: string) => join(project, `effect-oracle-${name}-0.1.0.tgz`)
const installed = (name: string) => join(project, "node_modules/@effect-oracle", name)

/** Links what the packages depend on, so that no network is needed; a scope is a folder of links. */
const linkDependencies = () => {
  const from = join(root, "node_modules")
  const to = join(project, "node_modules")
  for (const name of readdirSync(from)) {
    if (name.startsWith(".") || name === "@effect-oracle") continue
    if (!name.startsWith("@")) {
      symlinkSync(join(from, name), join(to, name))
      continue
    }
    mkdirSync(join(to, name))
    for (const part of readdirSync(join(from, name))) symlinkSync(join(from, name, part), join(to, name, part))
  }
}

const bytesOf = (path: string): number =>
  lstatSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
    : lstatSync(path).size

beforeAll(() => {
  const node = (file: string, ...args: ReadonlyArray<string>) =>
    execFileSync(process.execPath, [file, ...args], { cwd: root, encoding: "utf8", stdio: "pipe" })
  node(join(root, "node_modules/typescript/bin/tsc"), "-b", "packages/core", "packages/browser", "packages/practice")
  for (const name of packed) {
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", project, "-w", `packages/${name}`], {
      cwd: root,
      stdio: "pipe"
    })
    mkdirSync(installed(name), { recursive: true })
    execFileSync("tar", ["-xzf", tarballOf(name), "--strip-components=1", "-C", installed(name)])
  }
  linkDependencies()
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "somebody", type: "module", private: true }))
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

describe("the packed packages", { timeout: 120_000 }, () => {
  for (const name of packed) {
    it(`are well formed: ${name}`, async () => {
      const tarball = readFileSync(tarballOf(name))
      const { messages } = await publint({
        pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) },
        level: "warning"
      })
      const manifest = JSON.parse(readFileSync(join(installed(name), "package.json"), "utf8"))
      assert.deepStrictEqual(messages.map((message) => formatMessage(message, manifest)), [])
      assert.includeMembers(readdirSync(installed(name)), ["LICENSE", "README.md", "dist", "package.json"])
    })
  }

  it("give the examples their types", () => {
    const examples = join(project, "examples")
    cpSync(join(root, "docs/examples"), examples, { recursive: true })
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          target: "ES2024",
          lib: ["ES2024", "DOM"],
          module: "nodenext",
          strict: true,
          exactOptionalPropertyTypes: true,
          noEmit: true,
          skipLibCheck: true,
          types: ["node"]
        },
        include: ["examples"]
      })
    )
    const tsc = join(project, "node_modules/typescript/bin/tsc")
    assert.doesNotThrow(() => execFileSync(process.execPath, [tsc, "-p", project], { stdio: "pipe", encoding: "utf8" }))
  })

  it("answer a question through the host that the library brings, and through the command", async () => {
    const sandbox = new Sandbox()
    const site = await start({})
    try {
      sandbox.write("src/main.ts", "export const answer = 42\n")
      sandbox.config({
        defaults: { site: "practice", preset: "current" },
        sites: { practice: { baseUrl: site.url } },
        host: { idleMs: 1000 }
      })
      const file = join(sandbox.root, "state.json")
      writeFileSync(file, JSON.stringify(site.admin.storageState()), { mode: 0o600 })
      const options = { cwd: sandbox.project, env: { ...sandbox.env, ...env } }
      const oracle = (...args: ReadonlyArray<string>) =>
        runProgram([join(installed("cli"), "bin/oracle.mjs"), ...args], options)
      const auth = await oracle("auth", "practice", "--state-file", file)
      assert.strictEqual(auth.code, 0, auth.stderr)
      const { code, stderr, stdout } = await runProgram(
        [join(project, "examples/progress.ts"), "Well?", "src"],
        options
      )
      assert.strictEqual(code, 0, stderr)
      assert.include(stdout, "complete")
      const id = /^job (\S+)$/m.exec(stdout)?.[1] ?? ""
      const read = await oracle("read", id)
      assert.strictEqual(read.code, 0, read.stderr)
      assert.match(read.stdout, /^# What arrived\n/)
      assert.strictEqual(site.admin.log("send").length, 1)
      await oracle("host", "stop", "--force")
    } finally {
      await site.close()
      sandbox.remove()
    }
  })

  it("take at most 40 MB for the command, with everything that it loads", () => {
    const manifest = JSON.parse(readFileSync(join(installed("cli"), "package.json"), "utf8"))
    const parts = Object.keys(manifest.dependencies).map((name) => realpathSync(join(root, "node_modules", name)))
    const total = [installed("cli"), ...parts].reduce((sum, path) => sum + bytesOf(path), 0)
    assert.isBelow(total, 40 * 1024 * 1024, `${parts.map((path) => basename(path)).join(", ")}: ${total} bytes`)
  })
})
