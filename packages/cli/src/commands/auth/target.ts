/** Which seed an auth command is about: the site and account that were named, else those of the configuration. */
import { SiteName } from "@effect-oracle/core/domain/Ids"
import * as Argument from "effect/cli/Argument"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { loadConfig } from "../../input/Here.ts"
import { accountOf } from "../submission.ts"

export const siteArgument = Argument.Literals("site", SiteName.literals).pipe(
  Argument.withDescription("Site (default: defaults.site of the configuration, which is chatgpt)"),
  Argument.optional
)

export const target = Effect.fnUntraced(
  function*(named: { readonly site: Option.Option<SiteName>; readonly account: Option.Option<string> }) {
    const { config } = yield* loadConfig()
    const site = Option.getOrElse(named.site, () => config.defaults.site)
    const account = Option.isSome(named.account) ? yield* accountOf(named.account.value) : config.defaults.account
    return { site, account, config }
  }
)

/** `chatgpt`, `chatgpt (account work)` */
export const nameOf = ({ account, site }: { readonly site: SiteName; readonly account: string }): string =>
  account === "default" ? site : `${site} (account ${account})`
