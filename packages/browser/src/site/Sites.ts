/** Resolves a site's definition: built-in data, then the configuration's overrides and address. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { suggest } from "@effect-oracle/core/config/Suggest"
import type { SiteName } from "@effect-oracle/core/domain/Ids"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { chatgpt } from "./chatgpt/definition.ts"
import { grok } from "./grok/definition.ts"
import { practice } from "./practice/definition.ts"
import { SiteDefinition } from "./Site.ts"

const builtIn: Record<SiteName, SiteDefinition> = { chatgpt, grok, practice }

/** What overrides may not change: a name is a name, and the address has a key of its own. */
const fixed = new Set(["name", "baseUrl"])

type Tree = { readonly [key: string]: unknown }

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value)

class BadKey extends Error {
  readonly key: string
  constructor(key: string, why: string) {
    super(why)
    this.key = key
  }
}

const meant = (key: string, base: Tree): string => {
  const near = suggest(key, Object.keys(base))
  return near === null ? "" : `; did you mean ${near}?`
}

/** Objects are merged key by key, everything else is replaced; a key that the definition does not have is refused. */
const merge = (base: Tree, over: Tree, path: string): Tree => {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const at = path === "" ? key : `${path}.${key}`
    if (path === "" && fixed.has(key)) {
      throw new BadKey(at, "this cannot be overridden; the address is sites.<name>.baseUrl")
    }
    if (!Object.hasOwn(base, key)) throw new BadKey(at, `the site definition has no such key${meant(key, base)}`)
    const current = base[key]
    merged[key] = isTree(current) && isTree(value) ? merge(current, value, at) : value
  }
  return merged
}

/** `{"selectors.turn": [...]}` means the same as `{"selectors": {"turn": [...]}}`. */
const expand = (overrides: Tree): Tree => {
  const tree: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(overrides)) {
    const parts = key.split(".")
    const last = parts.pop() ?? key
    let at = tree
    for (const part of parts) {
      const next = isTree(at[part]) ? { ...at[part] } : {}
      at[part] = next
      at = next
    }
    const before = at[last]
    at[last] = isTree(before) && isTree(value) ? { ...before, ...value } : value
  }
  return tree
}

const invalid = (name: SiteName, key: string, why: string): OracleError =>
  oracleError("config_invalid", `sites.${name}.overrides.${key}: ${why}`, {
    facts: { key: `sites.${name}.overrides.${key}` }
  })

const decode = Schema.decodeUnknownResult(SiteDefinition)

const overridden = (name: SiteName, overrides: Tree): Result.Result<SiteDefinition, OracleError> => {
  let merged: Tree
  try {
    merged = merge(builtIn[name], expand(overrides), "")
  } catch (error) {
    return error instanceof BadKey
      ? Result.fail(invalid(name, error.key, error.message))
      : Result.fail(invalid(name, "?", "not readable"))
  }
  const decoded = decode(merged)
  if (Result.isSuccess(decoded)) return Result.succeed(decoded.success)
  const message = decoded.failure.message
  const at = [...message.matchAll(/\["([^"]+)"\]/g)].map((match) => match[1]).join(".")
  return Result.fail(invalid(name, at === "" ? "?" : at, message.split("\n")[0] ?? "not valid"))
}

/** An address that points the site elsewhere: every origin check and cookie rule follows it. */
const moved = (site: SiteDefinition, baseUrl: string): SiteDefinition => {
  const url = new URL(baseUrl)
  const home = new URL(builtIn[site.name].baseUrl)
  if (url.origin === home.origin) return { ...site, baseUrl: withSlash(url) }
  return {
    ...site,
    baseUrl: withSlash(url),
    origins: site.origins === builtIn[site.name].origins ? [url.origin] : [...new Set([url.origin, ...site.origins])],
    authOrigins: site.authOrigins === builtIn[site.name].authOrigins ? [] : site.authOrigins,
    fileHosts: site.fileHosts === builtIn[site.name].fileHosts ? [] : site.fileHosts,
    cookies: [{ domain: url.hostname, name: "*" }]
  }
}

const withSlash = (url: URL): string => `${url.origin}${url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/`}`

/** The definition that drives this site under this configuration; fails as `config_invalid` naming the key. */
export const resolveSite = (name: SiteName, config: OracleConfig): Result.Result<SiteDefinition, OracleError> => {
  const settings = config.sites[name]
  const definition = settings.overrides === undefined
    ? Result.succeed(builtIn[name])
    : overridden(name, settings.overrides)
  if (Result.isFailure(definition) || settings.baseUrl === undefined) return definition
  if (!URL.canParse(settings.baseUrl)) {
    return Result.fail(
      oracleError("config_invalid", `sites.${name}.baseUrl is not an address`, {
        facts: { key: `sites.${name}.baseUrl` }
      })
    )
  }
  return Result.succeed(moved(definition.success, settings.baseUrl))
}
