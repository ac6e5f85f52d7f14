#!/usr/bin/env node
// Starts oracle: answers --version at once, finds a Node that is new enough, then loads the bundle (or the sources of a
// checkout that was not bundled). Plain JavaScript that also an old Node can read.

const required = [22, 19]
const args = process.argv.slice(2)
const here = (path) => new URL(path, import.meta.url)

const isEnough = (version) => {
  const [major, minor] = version.replace(/^v/, "").split(".").map(Number)
  return major > required[0] || (major === required[0] && minor >= required[1])
}

if (args.length === 1 && (args[0] === "--version" || args[0] === "-v")) {
  const { readFileSync } = await import("node:fs")
  process.stdout.write(`oracle ${JSON.parse(readFileSync(here("../package.json"), "utf8")).version}\n`)
} else if (isEnough(process.versions.node)) {
  await start()
} else {
  await startWithNewerNode()
}

async function start() {
  const { existsSync } = await import("node:fs")
  const bundle = here("../dist/main.js")
  if (existsSync(bundle)) {
    await enableCompileCache()
    await import(bundle.href)
  } else if (process.execArgv.includes("--conditions=oracle-source")) {
    await import(here("../src/bin.ts").href)
  } else {
    await runAs(process.execPath, ["--conditions=oracle-source"])
  }
}

async function enableCompileCache() {
  const { default: module } = await import("node:module")
  if (process.env.NODE_COMPILE_CACHE !== undefined) return
  const { homedir } = await import("node:os")
  const { join } = await import("node:path")
  const home = homedir()
  const cache = process.platform === "darwin"
    ? join(home, "Library", "Caches")
    : process.platform === "win32"
    ? process.env.LOCALAPPDATA || join(home, "AppData", "Local")
    : process.env.XDG_CACHE_HOME || join(home, ".cache")
  module.enableCompileCache(join(cache, "oracle", "compile"))
}

/** The npm package `node` brings one next to us in a checkout, and wherever else it was installed beside oracle. */
async function startWithNewerNode() {
  const { accessSync, constants, realpathSync } = await import("node:fs")
  const { spawnSync } = await import("node:child_process")
  const { dirname, join } = await import("node:path")
  const { fileURLToPath } = await import("node:url")
  const binary = process.platform === "win32" ? "node.exe" : "node"
  const own = process.env.ORACLE_NODE_TRIED === "1"
    ? []
    : ancestors(dirname(realpathSync(fileURLToPath(import.meta.url))))
  for (const directory of own) {
    const candidate = join(directory, "node_modules", "node", "bin", binary)
    try {
      accessSync(candidate, constants.X_OK)
    } catch {
      continue
    }
    const found = spawnSync(candidate, ["--version"], { encoding: "utf8", timeout: 10000 })
    if (found.status === 0 && isEnough(found.stdout.trim())) {
      process.env.ORACLE_NODE_TRIED = "1"
      await runAs(candidate, [])
      return
    }
  }
  const message = `oracle needs Node ${required.join(".")} or newer, and this is Node ${process.versions.node}`
  const nextStep = "install a newer Node from https://nodejs.org, or run 'npm install node@24' beside oracle"
  if (args.includes("--json")) {
    const error = { code: "node_too_old", message, nextStep, retryable: false }
    process.stdout.write(`${JSON.stringify({ job: null, answer: null, error })}\n`)
  } else {
    process.stderr.write(`${message}\nnext: ${nextStep}\n`)
  }
  process.exitCode = 3

  function* ancestors(from) {
    for (let at = from;; at = dirname(at)) {
      yield at
      if (dirname(at) === at) return
    }
  }
}

/** Runs this launcher again under `node`; terminal, signals and exit code are those of the child. */
async function runAs(node, nodeArgs) {
  const { spawn } = await import("node:child_process")
  const { fileURLToPath } = await import("node:url")
  const child = spawn(node, [...nodeArgs, fileURLToPath(import.meta.url), ...args], { stdio: "inherit" })
  const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"]
  const forward = (signal) => child.kill(signal)
  for (const signal of forwarded) process.on(signal, forward)
  child.on("error", (error) => {
    process.stderr.write(`oracle could not start ${node}: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on("exit", (code, signal) => {
    for (const name of forwarded) process.removeListener(name, forward)
    if (signal !== null) process.kill(process.pid, signal)
    else process.exitCode = code
  })
}
