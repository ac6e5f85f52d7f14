/**
 * A local chat product that behaves like the real one, for tests, demos and offline work.
 * It listens on the loopback interface only and keeps everything in memory.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { once } from "node:events"
import { Admin } from "./Admin.ts"
import type { Behaviour } from "./Behaviour.ts"
import { servePageFrom } from "./http/assets.ts"
import { createSite } from "./http/serve.ts"
import type { UserOptions } from "./state/Accounts.ts"
import { World } from "./state/World.ts"

export interface PracticeSiteOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number
  readonly host?: "127.0.0.1" | "localhost" | "::1"
  readonly scenario?: string | ReadonlyArray<string>
  /** Applies under every scenario, so that a test can shorten or lengthen any pace. */
  readonly behaviour?: Partial<Behaviour>
  readonly users?: ReadonlyArray<UserOptions>
  /** Sites with the same seed give the same identifiers in the same order. */
  readonly seed?: string
  /** The same for people and sessions alone: one sign-in serves all sites that have this in common. */
  readonly sessionSeed?: string
  /** Where the page's files lie, for bundles that move them. */
  readonly pageFolder?: URL
}

export interface PracticeSite {
  readonly url: string
  readonly port: number
  readonly user: UserOptions
  readonly admin: Admin
  /** Ends every connection and every answer in the making. */
  readonly close: () => Promise<void>
}

export const defaultUser: UserOptions = { email: "robin@example.com", name: "Robin Example", password: "correct horse" }

export const start = async (options: PracticeSiteOptions = {}): Promise<PracticeSite> => {
  if (options.pageFolder !== undefined) servePageFrom(options.pageFolder)
  const users = options.users ?? [defaultUser]
  const scenario = typeof options.scenario === "string" ? [options.scenario] : options.scenario ?? []
  const world = new World({
    scenario,
    behaviour: options.behaviour ?? {},
    users,
    seed: options.seed,
    sessionSeed: options.sessionSeed
  })
  const server = createSite(world)
  const host = options.host ?? "127.0.0.1"
  server.listen(options.port ?? 0, host)
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" ? address?.port ?? 0 : 0
  const url = `http://${host === "::1" ? "[::1]" : host}:${port}`
  return {
    url,
    port,
    user: users[0] ?? defaultUser,
    admin: new Admin(world, url),
    close: async () => {
      world.dispose()
      world.events.close()
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}

/** A site that lives as long as the scope. */
export const serve = (options: PracticeSiteOptions = {}): Effect.Effect<PracticeSite, never, Scope.Scope> =>
  Effect.acquireRelease(Effect.promise(() => start(options)), (site) => Effect.promise(() => site.close()))
