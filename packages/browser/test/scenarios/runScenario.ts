/** One whole job under one scenario, from the plan to the files of its answer. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { type Answer, Oracle } from "@effect-oracle/core/Oracle"
import type { PracticeSite } from "@effect-oracle/practice/PracticeSite"
import { Effect, Stream } from "effect"
import type { Expectation } from "./Expectation.ts"
import type { ScenarioWorld } from "./ScenarioWorld.ts"

export interface Report {
  readonly site: PracticeSite
  readonly prompt: string
  readonly job: Job
  readonly answer: Answer
}

export const runScenario = async (world: ScenarioWorld, name: string, expected: Expectation): Promise<Report> => {
  const { account, site } = await world.enter(name, expected)
  const prompt = expected.prompt ?? `What is in these files under "${name}"?`
  const newest = site.admin.conversations()[0]?.id
  const work = Effect.gen(function*() {
    const oracle = yield* Oracle
    const plan = yield* oracle.plan({
      prompt,
      files: ["src/**"],
      archiveRequired: true,
      cwd: world.project,
      config: world.config(site, expected.worker),
      site: "practice",
      account,
      preset: expected.preset ?? "current",
      ...(expected.followsNewest && newest !== undefined ? { conversation: newest } : {}),
      requester: { kind: "library" }
    })
    const { id } = yield* oracle.submit(plan)
    if (expected.blocked !== undefined) {
      yield* oracle.changes(id).pipe(
        Stream.takeUntil((job) => job.blocked?.reason === expected.blocked),
        Stream.runDrain
      )
      yield* Effect.promise(() => repair(world, site, account, expected.blocked))
    }
    const job = yield* oracle.wait(id)
    return { site, prompt, job, answer: yield* oracle.read(id) }
  })
  return await world.runtime.runPromise(work)
}

/** What the person or the site does about it. */
const repair = async (
  world: ScenarioWorld,
  site: PracticeSite,
  account: Job["account"],
  reason: Expectation["blocked"]
): Promise<void> => {
  site.admin.setScenario("fast")
  if (reason === "login") await world.signIn(site, account)
}
