/** Writes `docs/user/api.md` from the docstrings of the public modules: `node build/api-doc.ts`. */
import { readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { markdownTable } from "./markdownTable.ts"

const root = dirname(import.meta.dirname)
export const apiDocFile = join(root, "docs", "user", "api.md")

/** What programs may rely on; every other module is an inner one and changes without notice. */
const modules = {
  "core": [
    "Oracle",
    "OracleHosted",
    "OracleInProcess",
    "OracleLanguageModel",
    "library/Question",
    "error/OracleError",
    "error/ErrorTable",
    "domain/Ids",
    "domain/Job",
    "domain/JobPhase",
    "domain/JobEvent",
    "domain/ModelSelection",
    "domain/Artifact",
    "domain/SendLedger",
    "domain/Project",
    "domain/ProcessRecord",
    "config/OracleConfig",
    "config/ConfigSources",
    "port/ChatBrowser",
    "port/SeedProfiles",
    "port/Processes",
    "page/PageObservation",
    "page/PageState",
    "page/TurnProbe",
    "archive/Archiver",
    "store/JobStore",
    "store/JobStoreMemory",
    "store/JobStoreRules",
    "store/JobTable",
    "store/JobFiles",
    "store/StateDirs",
    "host/HostLauncher",
    "host/HostLock",
    "host/HostSettings",
    "node/StateLayer",
    "node/StateDirsNode",
    "node/HostLauncherNode",
    "node/HostSpawn",
    "node/HostLockSqlite",
    "node/JobFilesNode",
    "node/ProcessesNode",
    "node/archive/ArchiverNode"
  ],
  "browser": [
    "OracleNode",
    "PlaywrightBrowser",
    "auth/AuthBootstrap",
    "launch/Launch",
    "locate/BrowserLocator",
    "profile/SeedProfileStore",
    "site/Site"
  ]
} as const

interface Exported {
  readonly kind: string
  readonly name: string
  /** Null where there is no docstring. */
  readonly text: string | null
}

const oneLine = (comment: string): string =>
  comment.replaceAll(/^\s*\/?\*+\/?|\*\/\s*$/gm, " ").replaceAll(/\{@link (\w+)\}/g, "`$1`").replaceAll(/\s+/g, " ")
    .trim()

const source = (name: string, module: string) =>
  readFileSync(join(root, "packages", name, "src", `${module}.ts`), "utf8")

const declaration =
  /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export (?:declare )?(?:abstract )?(const|class|interface|type|function) (\w+)/g

/** Exports in their order; a type that has the name of a value above it belongs to that value. */
const exportsOf = (text: string): ReadonlyArray<Exported> => {
  const found = new Map<string, Exported>()
  for (const [, comment, kind = "", name = ""] of text.matchAll(declaration)) {
    if (!found.has(name)) found.set(name, { kind, name, text: comment === undefined ? null : oneLine(comment) })
  }
  return [...found.values()]
}

const headerOf = (text: string): string => oneLine(/\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? "")

const entries = Object.entries(modules).flatMap(([name, list]) => list.map((module) => [name, module] as const))

/** Exports of public modules that nothing is said about. */
export const undocumented = (): ReadonlyArray<string> =>
  entries.flatMap(([name, module]) =>
    exportsOf(source(name, module)).filter(({ text }) => text === null).map((found) =>
      `${name}/${module}: ${found.name}`
    )
  )

const section = (name: string, module: string): string => {
  const text = source(name, module)
  const rows = exportsOf(text).map((found) => [`\`${found.name}\``, found.kind, found.text ?? ""])
  return `### ${module}\n\n\`@effect-oracle/${name}/${module}\`: ${headerOf(text)}\n\n${
    markdownTable(["export", "kind", "what"], rows)
  }\n`
}

export const apiDoc = (): string =>
  `# The modules of the library

<!-- Written by build/api-doc.ts from the docstrings; change those, not this page. -->

What programs may rely on. Members of each service and fields of each record are described in its declaration, which an editor
shows. Modules that are not here are inner ones. How to use them: [library.md](library.md).

${
    Object.entries(modules).map(([name, list]) =>
      `## @effect-oracle/${name}\n\n${list.map((module) => section(name, module)).join("\n")}`
    ).join("\n")
  }`

if (import.meta.main) writeFileSync(apiDocFile, apiDoc())
