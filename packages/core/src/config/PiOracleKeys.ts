/** Keys that `oracle.json` of pi has from an earlier extension of that name: mapped where ours means the same. Pure. */
import type * as Schema from "effect/Schema"
import { isObject, type JsonObject, valueAt } from "./ConfigTree.ts"

export interface Translated {
  readonly value: JsonObject
  /** One line for each key that has no effect any more, with the reason. */
  readonly ignored: ReadonlyArray<string>
}

type Path = readonly [section: string, key: string]

/** Keys without a counterpart. */
const withoutMeaning: ReadonlyArray<readonly [...Path, reason: string]> = [
  ["defaults", "grokMode", "presets choose model and effort"],
  ["browser", "sessionPrefix", "there are no named browser sessions"],
  ["browser", "sessionName", "there are no named browser sessions"],
  ["browser", "authSeedProfileDir", "profiles are kept per site and account; sign in once with /oracle-auth"],
  ["browser", "profileDir", "profiles are kept per site and account; sign in once with /oracle-auth"],
  ["browser", "authUrl", "the site itself leads to its sign-in page"],
  ["auth", "chromiumKeychain", "the keychain of the local browser is found by itself"]
]

const defaultChat = /^https:\/\/(chatgpt\.com|chat\.openai\.com)\/?$/
const hidesAutomation = /^--disable-blink-features=.*AutomationControlled/
const oldStrategies = new Set<Schema.Json | undefined>(["apfs-clone", "copy"])

/** What is not known here stays as it is, for the schema to judge. */
export const translate = (file: JsonObject): Translated => {
  const ignored: Array<string> = []
  const drop = (value: JsonObject, [section, key]: Path, reason: string): JsonObject => {
    if (valueAt(value, [section, key]) === undefined) return value
    ignored.push(`${section}.${key} is ignored: ${reason}`)
    return without(value, section, key)
  }

  let value = file
  for (const [section, key, reason] of withoutMeaning) value = drop(value, [section, key], reason)
  const provider = valueAt(value, ["defaults", "provider"])
  if (provider !== undefined) {
    const moved = without(value, "defaults", "provider")
    value = valueAt(moved, ["defaults", "site"]) === undefined ? within(moved, "defaults", "site", provider) : moved
  }
  if (oldStrategies.has(valueAt(value, ["browser", "cloneStrategy"]))) {
    value = drop(value, ["browser", "cloneStrategy"], "the copy is made the cheapest way that the file system has")
  }
  value = chatUrl(value)
  const args = valueAt(value, ["browser", "args"])
  if (Array.isArray(args) && args.some(isHiding)) {
    ignored.push("browser.args: an argument that hides automation is ignored")
    value = within(value, "browser", "args", args.filter((argument) => !isHiding(argument)))
  }
  for (const key of ["completeJobRetentionMs", "failedJobRetentionMs"]) {
    if (valueAt(value, ["cleanup", key]) === 0) value = within(value, "cleanup", key, 1)
  }
  return { value, ignored }
}

const isHiding = (argument: Schema.Json): boolean => typeof argument === "string" && hidesAutomation.test(argument)

/** `browser.chatUrl` is the site's base URL, where it is not the usual one. */
const chatUrl = (value: JsonObject): JsonObject => {
  const url = valueAt(value, ["browser", "chatUrl"])
  if (url === undefined) return value
  const rest = without(value, "browser", "chatUrl")
  if (typeof url === "string" && defaultChat.test(url)) return rest
  const sites = isObject(rest["sites"]) ? rest["sites"] : {}
  const chatgpt = isObject(sites["chatgpt"]) ? sites["chatgpt"] : {}
  return { ...rest, sites: { ...sites, chatgpt: { baseUrl: url, ...chatgpt } } }
}

const without = (value: JsonObject, section: string, key: string): JsonObject => {
  const part = value[section]
  if (!isObject(part)) return value
  return { ...value, [section]: Object.fromEntries(Object.entries(part).filter(([name]) => name !== key)) }
}

const within = (value: JsonObject, section: string, key: string, content: Schema.Json): JsonObject => {
  const part = value[section]
  return { ...value, [section]: { ...(isObject(part) ? part : {}), [key]: content } }
}
