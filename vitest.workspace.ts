import { defineConfig } from "vitest/config"

const root = import.meta.dirname
const packages = ["core", "browser", "practice", "cli", "pi-adapter"]

/** Tests without a browser that last: simulated worlds, storms, damage, and processes, above all many of the command. */
const lasting: Readonly<Record<string, ReadonlyArray<string>>> = {
  core: [
    "test/simulation/**/*.test.ts",
    "test/docs/Scripts.test.ts",
    "test/faults/**/*.test.ts",
    "test/host/Supervision.test.ts",
    "test/host/HostLauncher.test.ts",
    "test/node/Contention.test.ts",
    "test/node/Kill.test.ts",
    "test/node/HostLock.test.ts",
    "test/node/Processes.test.ts",
    "test/worker/AtMostOnce.test.ts",
    "test/archive/GitAgreement.test.ts"
  ],
  cli: [
    "test/command/clean.test.ts",
    "test/command/history.test.ts",
    "test/command/host.test.ts",
    "test/command/json.test.ts",
    "test/command/looking.test.ts",
    "test/command/submission.test.ts",
    "test/command/terminal.test.ts",
    "test/command/usage.test.ts",
    "test/mcp/server.test.ts",
    "test/watch/terminal.test.ts"
  ]
}

/** `browser:*` opens a real Chromium, two files at a time, which wait more than they compute; the others need none. */
const fast = (name: string) => ({
  extends: true as const,
  root: `${root}/packages/${name}`,
  test: {
    name: `fast:${name}`,
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.integration.test.ts", ...lasting[name] ?? []],
    // No test leaves anything behind in its process, and a fresh one for each file costs as much as the tests.
    isolate: false,
    testTimeout: 20_000
  }
})

const durability = ([name, files]: readonly [string, ReadonlyArray<string>]) => ({
  extends: true as const,
  root: `${root}/packages/${name}`,
  test: { name: `durability:${name}`, include: [...files], testTimeout: 60_000 }
})

const browser = (name: string) => ({
  extends: true as const,
  root: `${root}/packages/${name}`,
  test: {
    name: `browser:${name}`,
    include: ["test/**/*.integration.test.ts"],
    maxWorkers: 2,
    maxConcurrency: 100,
    testTimeout: 90_000,
    hookTimeout: 90_000
  }
})

export default defineConfig({
  resolve: { conditions: ["oracle-source"] },
  ssr: { resolve: { conditions: ["oracle-source"] } },
  test: {
    passWithNoTests: true,
    projects: [...packages.map(fast), ...Object.entries(lasting).map(durability), ...packages.map(browser)]
  }
})
