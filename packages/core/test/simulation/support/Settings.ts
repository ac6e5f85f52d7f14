/** What kind of world a seed stands for. */
import { defaultConfig, type OracleConfig } from "../../../src/config/OracleConfig.ts"
import type { Prng } from "./Prng.ts"

/** The configuration says what the capacity is. */
export const withCapacity = (settings: Settings): Settings => ({
  ...settings,
  config: { ...settings.config, browser: { ...settings.config.browser, maxConcurrentJobs: settings.capacity } }
})

export const settingsOf = (prng: Prng) => {
  const config: OracleConfig = {
    ...defaultConfig,
    worker: { ...defaultConfig.worker, completionTimeoutMs: 900_000, readyTimeoutMs: 60_000, sendTimeoutMs: 30_000 },
    host: { idleMs: prng.pick([5000, 60_000]) }
  }
  return {
    config,
    capacity: prng.between(1, 3),
    jobs: prng.between(1, 4),
    /** Interventions from outside: kills, jumps, troubles, commands. */
    events: prng.between(3, 12),
    eventEveryMs: prng.pick([3000, 10_000, 30_000]),
    opsPerTurn: prng.pick([20, 100, 400]),
    lagMs: prng.pick([0, 500, 3000, 3000, 8000]),
    crashRate: prng.pick([0, 0, 0.005, 0.02]),
    actionTrouble: prng.pick([0, 0.01, 0.04]),
    sendTrouble: prng.pick([0, 0.3, 0.8]),
    cleanTrouble: prng.pick([0, 0, 0.1]),
    orphans: prng.pick([0, 0.3, 1]),
    historyAuthoritative: prng.chance(0.5),
    /** An authoritative history lists a conversation within a minute of the click; no other history promises anything. */
    historyLagMs: prng.pick([0, 5000, 40_000]),
    /** A request that left the browser arrives within this time, even when the browser is gone by then. */
    flightMs: [0, 15_000] as readonly [number, number],
    /** How long a browser takes at least to close. */
    closeMs: prng.pick([0, 0, 5000]),
    longestAnswerMs: prng.pick([3000, 20_000, 60_000]),
    turnFails: prng.pick([0, 0, 0.1]),
    turnCut: prng.pick([0, 0.1]),
    withFiles: prng.pick([0, 0.5]),
    samePrompt: prng.chance(0.1)
  }
}

export type Settings = ReturnType<typeof settingsOf>
