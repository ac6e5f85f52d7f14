/** From the moment at which the site has finished its answer to the moment at which the job saw it. */
import { JobId } from "@effect-oracle/core/domain/Ids"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { ConfigProvider, DateTime, Effect } from "effect"
import { jobIdOf, type PracticeWorld, practiceWorld, question } from "./Practice.ts"
import { absolute, median, type Row } from "./Row.ts"

const rounds = 6

export const run = async (): Promise<ReadonlyArray<Row>> => {
  const world = await practiceWorld({ behaviour: { thinkingMs: 1500, tokenDelayMs: 20, chunkCharacters: 40 } })
  try {
    const delays: Array<number> = []
    for (let round = 0; round < rounds; round++) {
      const before = world.site.admin.log("answer-finished").length
      const { stdout } = await world.workspace.succeed(["ask", ...question])
      const finished = world.site.admin.log("answer-finished")[before]
      if (finished === undefined) throw new Error("the site has no finished answer of this job")
      delays.push(await seenAt(world, JobId.make(jobIdOf(stdout))) - Date.parse(finished.at))
    }
    const note = `of ${rounds} answers, longest ${Math.max(...delays).toFixed(0)} ms`
    return [absolute({ name: "completion latency (median)", value: median(delays), target: 1000, unit: "ms", note })]
  } finally {
    await world.close()
  }
}

const seenAt = ({ workspace }: PracticeWorld, id: JobId): Promise<number> =>
  JobStore.use((store) => store.events(id)).pipe(
    Effect.flatMap((events) => {
      const phases = events.filter(({ kind }) => kind === "phase")
      const waiting = phases.findIndex(({ message }) => message === "waiting for the answer")
      const seen = waiting === -1 ? undefined : phases[waiting + 1]
      return seen === undefined
        ? Effect.die(new Error("the job has no event for the end of its wait"))
        : Effect.succeed(DateTime.toEpochMillis(seen.at))
    }),
    Effect.provide(StateLayer.layer),
    Effect.provideService(
      ConfigProvider.ConfigProvider,
      ConfigProvider.fromEnvRecord({ ORACLE_STATE_DIR: workspace.state, HOME: workspace.root })
    ),
    Effect.runPromise
  )
