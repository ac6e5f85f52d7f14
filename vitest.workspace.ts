import { defineConfig } from "vitest/config"

const root = import.meta.dirname
const packages = ["core", "browser", "practice", "cli"]

/** `fast:*` needs no browser; `browser:*` opens a real Chromium, one file after the other. */
const fast = (name: string) => ({
  extends: true as const,
  root: `${root}/packages/${name}`,
  test: {
    name: `fast:${name}`,
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.integration.test.ts"],
    testTimeout: 20_000
  }
})

const browser = (name: string) => ({
  extends: true as const,
  root: `${root}/packages/${name}`,
  test: {
    name: `browser:${name}`,
    include: ["test/**/*.integration.test.ts"],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 90_000
  }
})

export default defineConfig({
  resolve: { conditions: ["oracle-source"] },
  ssr: { resolve: { conditions: ["oracle-source"] } },
  test: {
    passWithNoTests: true,
    projects: [...packages.map(fast), ...packages.map(browser)]
  }
})
