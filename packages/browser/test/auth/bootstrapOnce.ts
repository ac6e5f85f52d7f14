/** Run as a program of its own: makes a seed in the folder named first, from `state.json` in it, for the site named second. */
import { AuthBootstrap } from "@effect-oracle/browser/auth/AuthBootstrap"
import { AccountName } from "@effect-oracle/core/domain/Ids"
import { Effect, Layer } from "effect"
import { join } from "node:path"
import { browserLayer, config } from "../launch/workspace.ts"
import { memberBrowser } from "./memberBrowser.ts"

const [, , folder = "", baseUrl = ""] = process.argv

const program = AuthBootstrap.use((auth) =>
  auth.fromStateFile({
    site: "chatgpt",
    account: AccountName.make("default"),
    config: { ...config, sites: { ...config.sites, chatgpt: { baseUrl } } },
    file: join(folder, "state.json")
  })
)

await Effect.runPromise(program.pipe(
  Effect.provide(AuthBootstrap.layerNoDeps.pipe(Layer.provide(memberBrowser), Layer.provide(browserLayer(folder))))
))
