import { emptyLedger } from "@effect-oracle/core/domain/SendLedger"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { dirname, join } from "node:path"
import { launchdAgent, mark, type Service, systemdUnit } from "../../src/host/ServiceUnit.ts"
import { insertJob } from "../support/jobs.ts"
import { command, jsonOf, Sandbox } from "../support/oracle.ts"

const sandbox = new Sandbox()
afterAll(() => sandbox.remove())

const unitFile = join(sandbox.home, ".config/systemd/user/oracle-host.service")

/** A systemctl that writes down what it is asked for. */
const withSystemctl = (code: number) => {
  const bin = join(sandbox.root, `bin-${code}`)
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, "systemctl"), `#!/bin/sh\necho "$@" >> "${join(sandbox.root, "asked")}"\nexit ${code}\n`, {
    mode: 0o755
  })
  return { env: { PATH: `${bin}:${process.env["PATH"] ?? ""}` } }
}

const asked = (): ReadonlyArray<string> => {
  const file = join(sandbox.root, "asked")
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []
}

const service: Service = {
  command: ["/opt/no de/node", "/opt/oracle.mjs", "100%", "$HOME", "a\"b\\c"],
  environment: [["ORACLE_STATE_DIR", "/home/p/50% & <more>"]],
  log: "/home/p/host.log"
}

describe("the files of service managers", () => {
  it("quote what systemd would expand or split", () => {
    const lines = systemdUnit(service).split("\n")
    assert.include(lines, `ExecStart="/opt/no de/node" "/opt/oracle.mjs" "100%%" "$$HOME" "a\\"b\\\\c"`)
    assert.include(lines, `Environment="ORACLE_STATE_DIR=/home/p/50%% & <more>"`)
    assert.include(lines, "Restart=on-failure")
    assert.include(lines[0], mark)
  })

  it("escape what XML would take for markup", () => {
    const agent = launchdAgent(service)
    assert.include(agent, "<string>a&quot;b\\c</string>")
    assert.include(agent, "<string>/home/p/50% &amp; &lt;more&gt;</string>")
    assert.include(agent, mark)
  })
})

describe.runIf(process.platform === "linux")("oracle host install", () => {
  it("with --print writes nothing", async () => {
    const { code, stderr, stdout } = await sandbox.run(["host", "install", "--print"], withSystemctl(0))
    assert.strictEqual(code, 0)
    assert.include(stdout, "[Service]")
    assert.include(stdout, `ORACLE_STATE_DIR=${sandbox.state}`)
    assert.include(stderr, unitFile)
    assert.include(stderr, "systemctl --user enable --now oracle-host.service")
    assert.deepStrictEqual([existsSync(unitFile), asked()], [false, []])
  })

  it("writes the unit and says how to enable it where systemd cannot be reached", async () => {
    const { code, stdout } = await sandbox.run(["host", "install"], withSystemctl(1))
    assert.strictEqual(code, 0)
    assert.include(stdout, "systemctl --user daemon-reload && systemctl --user enable --now oracle-host.service")
    assert.strictEqual(statSync(unitFile).mode & 0o777, 0o644)
    assert.deepStrictEqual(asked(), ["--user show-environment"])
  })

  it("enables it where systemd can be reached, and uninstall takes it back", async () => {
    const before = asked().length
    const installed = jsonOf(await sandbox.run(["host", "install", "--json"], withSystemctl(0)))
    assert.deepInclude(installed, { manager: "systemd", file: unitFile, installed: true, enabled: true })
    const removed = jsonOf(await sandbox.run(["host", "uninstall", "--json"], withSystemctl(0)))
    assert.deepInclude(removed, { file: unitFile, removed: true, released: true })
    assert.isFalse(existsSync(unitFile))
    assert.deepStrictEqual(asked().slice(before), [
      "--user show-environment",
      "--user daemon-reload",
      "--user enable --now oracle-host.service",
      "--user show-environment",
      "--user disable --now oracle-host.service",
      "--user daemon-reload"
    ])
  })

  it("neither replaces nor removes a file that somebody else wrote", async () => {
    mkdirSync(dirname(unitFile), { recursive: true })
    writeFileSync(unitFile, "[Service]\nExecStart=/bin/true\n")
    for (const command of ["install", "uninstall"]) {
      const ended = await sandbox.run(["host", command, "--json"], withSystemctl(0))
      assert.deepStrictEqual([ended.code, jsonOf(ended).error.code], [2, "usage_error"])
    }
    assert.include(readFileSync(unitFile, "utf8"), "/bin/true")
  })
})

describe("oracle host status", () => {
  it("tells how the last hosts ended", async () => {
    const exits = [{
      pid: 4711,
      startedAt: "2026-03-01T10:00:00.000Z",
      endedAt: "2026-03-01T10:00:04.000Z",
      reason: null,
      code: null,
      signal: "SIGKILL",
      rapid: true
    }]
    await sandbox.run(["host", "status"])
    writeFileSync(join(sandbox.state, "host-exits.json"), JSON.stringify({ schemaVersion: 1, exits }), { mode: 0o600 })
    const human = await sandbox.run(["host", "status"])
    assert.include(human.stdout, "pid 4711 killed by SIGKILL after 4.0 s")
    const state = jsonOf(await sandbox.run(["host", "status", "--json"]))
    assert.deepInclude(state.exits[0], { pid: 4711, signal: "SIGKILL", rapid: true })
  })
})

describe("oracle resume --send-again", () => {
  it("is refused where nobody can be asked, and the job stays as it was", async () => {
    const { id } = await insertJob(sandbox, {
      phase: "failed",
      status: "failed",
      send: { ...emptyLedger, state: "attempting" }
    })
    const ended = await sandbox.run(["resume", id, "--send-again", "--json"])
    assert.strictEqual(ended.code, 2)
    assert.include(jsonOf(ended).error.nextStep, "--yes")
    const status = jsonOf(await sandbox.run(["status", id, "--json"]))
    assert.strictEqual(status.job?.status ?? status.jobs?.[0]?.status, "failed")
  })
})

describe("the host process", () => {
  // Where the sources are newer than the bundle, the other tests run the sources.
  it.runIf(command.length === 1)("starts from the bundle, as an installed command starts it", async () => {
    const there = new Sandbox()
    try {
      there.config({ host: { idleMs: 10 } })
      const host = join(import.meta.dirname, "../../dist/host-main.js")
      const { status, stderr, stdout } = spawnSync(process.execPath, [host], { env: there.env, encoding: "utf8" })
      assert.strictEqual(status, 0, stderr)
      assert.match(`${stdout}${stderr}`, /host started, epoch 1[^]*host ends: idle/)
    } finally {
      there.remove()
    }
  })
})

describe("oracle host run", () => {
  it("sends its traces to the collector that the configuration names", async () => {
    const got: Array<string> = []
    const collector = createServer((request, response) => {
      request.setEncoding("utf8").on("data", (text: string) => got.push(text))
      request.on("end", () => response.end("{}"))
    })
    await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve))
    const address = collector.address()
    const port = typeof address === "object" ? address?.port : undefined
    const there = new Sandbox()
    try {
      there.config({ host: { idleMs: 10 }, telemetry: { otlp: `http://127.0.0.1:${port}` } })
      const { code, stderr } = await there.run(["host", "run"])
      assert.strictEqual(code, 0, stderr)
      assert.include(got.join(""), "\"Host.run\"")
    } finally {
      collector.close()
      there.remove()
    }
  })
})
