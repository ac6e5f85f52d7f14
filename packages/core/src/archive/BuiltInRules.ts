/** What is left out of folders and globs although no ignore file says so, as data: names, and the rule shown to the person. */

type Match =
  /** Exact name of a file or folder. */
  | { readonly names: ReadonlyArray<string> }
  | { readonly pattern: RegExp }
  /** The last two path segments. */
  | { readonly pairs: ReadonlyArray<string> }

interface BuiltIn {
  /** Shown to the person after `built-in: `. */
  readonly rule: string
  readonly on: "folder" | "file" | "both"
  /** `root` for names that mean something else deeper in a project. */
  readonly where: "anywhere" | "root"
  /** Credential files are refused even when they are named. */
  readonly credential: boolean
  readonly match: Match
}

/** The outcome for one path: which rule leaves it out. */
export interface BuiltInHit {
  readonly rule: string
  readonly credential: boolean
}

const folder = (rule: string, ...names: ReadonlyArray<string>): BuiltIn => ({
  rule,
  on: "folder",
  where: "anywhere",
  credential: false,
  match: { names }
})
const file = (rule: string, match: Match): BuiltIn => ({
  rule,
  on: "file",
  where: "anywhere",
  credential: false,
  match
})
const credential = (match: Match, on: BuiltIn["on"] = "file"): BuiltIn => ({
  rule: on === "folder" ? "credential folder" : "credential file",
  on,
  where: "anywhere",
  credential: true,
  match
})

const exampleEnv = String.raw`(?!.*\.(?:example|sample|template|dist|defaults)$)`

/** The table; the first row that matches names the rule. Names of credentials match in any case. */
export const builtInRules: ReadonlyArray<BuiltIn> = [
  credential({ names: [".ssh", ".aws", ".gnupg", ".azure", ".gcloud", ".kube"] }, "folder"),
  credential({ pattern: new RegExp(String.raw`^${exampleEnv}\.env.*$`, "i") }),
  credential({ pattern: new RegExp(String.raw`^${exampleEnv}\.envs?(?:[-_.].*)?$`, "i") }, "folder"),
  credential({
    names: [
      ".netrc",
      "_netrc",
      ".npmrc",
      ".pypirc",
      ".git-credentials",
      ".pgpass",
      ".htpasswd",
      ".dockercfg",
      ".vault-token",
      ".s3cfg",
      ".boto",
      ".my.cnf",
      "kubeconfig",
      "credentials.tfrc.json",
      "application_default_credentials.json",
      "id_rsa",
      "id_dsa",
      "id_ecdsa",
      "id_ed25519"
    ]
  }),
  credential(
    { pairs: [".docker/config.json", ".config/gcloud", ".cargo/credentials.toml", ".cargo/credentials"] },
    "both"
  ),
  credential({ pattern: /\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk|tfvars|tfstate)$/i }),
  credential({ pattern: /\.tfvars\.json$|\.tfstate\./i }),
  credential({ pattern: /^(?:.*[-_.])?service[-_]?account(?:[-_.].*)?\.json$/i }),
  credential({ pattern: /firebase-adminsdk.*\.json$|^client_secrets?(?:[-_.].*)?\.json$/i }),

  { ...folder("version-control state", ".git", ".hg", ".svn", ".jj", ".bzr", "CVS"), on: "both" },
  folder(
    "tool state",
    ".pi",
    ".oracle",
    ".oracle-context",
    ".cursor",
    ".artifacts",
    ".crabbox",
    ".idea",
    ".terraform",
    ".serverless",
    ".aws-sam",
    ".vercel",
    ".netlify"
  ),
  file("tool state", { names: [".scratchpad.md", ".coverage", ".eslintcache"] }),
  folder(
    "dependency folder",
    "node_modules",
    "bower_components",
    "jspm_packages",
    ".venv",
    "venv",
    ".pnpm-store",
    "site-packages"
  ),
  { ...folder("dependency folder"), on: "both", match: { pairs: [".yarn/cache", ".yarn/unplugged"] } },
  folder(
    "build folder",
    "target",
    ".next",
    ".nuxt",
    ".output",
    ".svelte-kit",
    ".build",
    ".gradle",
    "DerivedData",
    ".angular",
    ".docusaurus"
  ),
  {
    ...folder("build folder at the root", "dist", "build", "out", "tmp", "temp", ".tmp", "coverage", "htmlcov"),
    where: "root"
  },
  folder(
    "cache",
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".tox",
    ".nox",
    ".hypothesis",
    ".turbo",
    ".parcel-cache",
    ".cache",
    ".nyc_output"
  ),
  file("cache", { pattern: /\.(?:pyc|pyo|pyd|tsbuildinfo)$/ }),
  folder("secrets folder", "secrets", ".secrets"),
  file("database", { pattern: /\.(?:db|sqlite|sqlite3)(?:-wal|-shm|-journal)?$/i }),
  file("system file", { names: [".DS_Store", "Thumbs.db", "desktop.ini"] })
]

/** The rule that leaves out the root-relative path `path`, looking at its last segment only. */
export const builtInRule = (path: string, directory: boolean): BuiltInHit | undefined => {
  const segments = path.split("/")
  const name = segments[segments.length - 1] ?? path
  const pair = segments.slice(-2).join("/")
  for (const row of builtInRules) {
    if (row.on !== "both" && (row.on === "folder") !== directory) continue
    if (row.where === "root" && segments.length > 1) continue
    if (hits(row, name, pair)) return { rule: `built-in: ${row.rule}`, credential: row.credential }
  }
  return undefined
}

/** The credential rule that any segment of `path` falls under; such a file is refused even when it is named. */
export const credentialRule = (path: string): string | undefined => {
  const segments = path.split("/")
  for (let depth = 1; depth <= segments.length; depth++) {
    const hit = builtInRule(segments.slice(0, depth).join("/"), depth < segments.length)
    if (hit?.credential === true) return hit.rule
  }
  return undefined
}

const hits = (row: BuiltIn, name: string, pair: string): boolean => {
  if ("pattern" in row.match) return row.match.pattern.test(name)
  if ("pairs" in row.match) return row.match.pairs.includes(row.credential ? pair.toLowerCase() : pair)
  return row.match.names.includes(row.credential ? name.toLowerCase() : name)
}
