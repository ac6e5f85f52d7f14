/** The package as it is published: packed, installed by the real pi from the tarball, and used. Needs no network. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { MockModel } from "./support/MockModel.ts"
import { piCommand, Sandbox } from "./support/Sandbox.ts"
import { obedient, say } from "./support/World.ts"

const folder = dirname(import.meta.dirname)
const root = dirname(dirname(folder))

let model: MockModel
let sandbox: Sandbox
let offline: Readonly<Record<string, string>>

beforeAll(async () => {
  model = await MockModel.start()
  model.reply = obedient
  sandbox = new Sandbox(model.url)
  offline = { npm_config_offline: "true", npm_config_cache: join(sandbox.root, "npm"), npm_config_audit: "false" }
})
afterAll(async () => {
  await sandbox.remove()
  await model.close()
})

/** Packs a folder and gives the path of the tarball. */
const pack = (source: string): string => {
  const to = mkdtempSync(join(sandbox.root, "packed-"))
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", to], {
    cwd: source,
    env: { ...sandbox.env, ...offline },
    stdio: "pipe"
  })
  const made = readdirSync(to)[0] ?? assert.fail("nothing was packed")
  return join(to, made)
}

const sizeOf = (directory: string): number =>
  readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

describe("the packed extension", () => {
  it("holds what pi loads and nothing else, installs from its tarball, and works", { timeout: 90_000 }, async () => {
    const tarball = pack(folder)
    const unpacked = join(sandbox.root, "unpacked")
    mkdirSync(unpacked)
    execFileSync("tar", ["-xzf", tarball, "-C", unpacked])
    const files = readdirSync(join(unpacked, "package"), { recursive: true, encoding: "utf8" }).toSorted()
    for (const file of ["dist/extension.js", "dist/host-main.js", "dist/page-script.js", "prompts/oracle.md"]) {
      assert.include(files, file)
    }
    assert.deepStrictEqual(files.filter((file) => /\.(ts|map|tsbuildinfo)$/.test(file)), [])
    // The one dependency comes from this machine, as tests know no registry.
    const manifestFile = join(unpacked, "package/package.json")
    const manifest = JSON.parse(readFileSync(manifestFile, "utf8"))
    assert.deepStrictEqual(Object.keys(manifest.dependencies), ["playwright-core"])
    manifest.dependencies["playwright-core"] = `file:${pack(join(root, "node_modules/playwright-core"))}`
    writeFileSync(manifestFile, JSON.stringify(manifest))
    const local = pack(join(unpacked, "package"))

    const installed = await sandbox.node([piCommand, "install", `npm:${manifest.name}@file:${local}`], offline)
    assert.strictEqual(installed.code, 0, installed.stdout + installed.stderr)
    assert.isBelow(sizeOf(join(sandbox.agentDir, "npm")), 40 * 1024 * 1024)
    const status = await sandbox.node([piCommand, "-p", "/oracle-status"])
    assert.deepStrictEqual([status.code, status.stdout], [0, "no oracle jobs in this project yet\n"], status.stderr)
    sandbox.oracleJson({ defaults: { site: "practice" } })
    const asked = await sandbox.node([piCommand, "--mode", "json", say("oracle_preflight", { files: ["src"] })])
    assert.include(asked.stdout, "seed_missing: there is no signed-in profile for practice")
  })
})
