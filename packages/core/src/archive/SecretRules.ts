/** Secrets that the library's recommended rules do not know, and the cheap test whether a text is worth any rule. */

interface OwnRule {
  readonly id: string
  /** A pattern that every text it reports must contain. */
  readonly mark: string
  /** Why the library's rules are not enough. */
  readonly why: string
  readonly pattern: RegExp
}

/** Every quantifier is bounded, so that each pattern is linear on any input. */
export const ownRules: ReadonlyArray<OwnRule> = [
  {
    id: "aws/AccessKeyID",
    mark: "A(?:KI|SI)A[A-Z2-7]{16}",
    why: "the library reports access key ids only together with twelve-digit account ids, which are no secrets",
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g
  },
  {
    id: "privatekey/PrivateKey",
    mark: "PRIVATE KEY",
    why: "the library knows complete, unencrypted keys only; encrypted, headed and truncated ones are keys too",
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nrt]){1,8}(?:[A-Za-z-]{1,30}: [^\n\\]{1,100}(?:\s|\\[nrt]){1,8}){0,6}[A-Za-z0-9+/]{48}/g
  },
  {
    id: "google/APIKey",
    mark: "AIza[0-9A-Za-z_-]{35}",
    why: "the library knows service-account files only",
    pattern: /(?<![A-Za-z0-9])AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])/g
  },
  {
    id: "openai/ProjectKey",
    mark: "sk-(?:proj|svcacct|admin)-",
    why: "the library demands the infix of older keys",
    pattern: /(?<![A-Za-z0-9])sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,200}/g
  },
  {
    id: "anthropic/APIKey",
    mark: "sk-ant-",
    why: "the library knows one length of one version only",
    pattern: /(?<![A-Za-z0-9])sk-ant-[a-z]{3,8}\d\d-[A-Za-z0-9_-]{60,200}/g
  },
  {
    id: "slack/Token",
    mark: "xox[cdes]",
    why: "the library lacks session, configuration and refresh tokens",
    pattern: /(?<![A-Za-z0-9])xox[cdes](?:\.xox[bp])?-[A-Za-z0-9%-]{20,400}/g
  },
  {
    id: "pypi/Token",
    mark: "pypi-AgE",
    why: "the library has no rule for PyPI",
    pattern: /(?<![A-Za-z0-9])pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,400}/g
  },
  {
    id: "azure/StorageKey",
    mark: "AccountKey=",
    why: "the library has no rule for Azure",
    pattern: /AccountKey=[A-Za-z0-9+/]{86}==/g
  },
  {
    id: "age/SecretKey",
    mark: "AGE-SECRET-KEY",
    why: "the library has no rule for age",
    pattern: /(?<![A-Z0-9])AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}/g
  }
]

/** Values that vendors print in their manuals. */
export const exampleValues: ReadonlySet<string> = new Set(["AKIAIOSFODNN7EXAMPLE"])

/** Per library rule, a pattern that every text it reports must contain; a test holds each against an example. */
export const libraryMarks: Readonly<Record<string, string>> = {
  aws: "(?:SECRET|secret|Secret)_?(?:ACCESS|access|Access)_?(?:KEY|key|Key)",
  gcp: "private_key_id",
  npm: "_authToken=|x-oauth-basic@|npm_[A-Za-z0-9_]{36}",
  slack: "xox[a-z]-|xapp-|hooks\\.slack\\.com/services",
  basicauth: "(?:https?|ftps?)://[-a-zA-Z0-9_]{1,256}:[^/\\s]",
  openai: "T3BlbkFJ",
  anthropic: "sk-ant-",
  groq: "gsk_",
  huggingface: "hf_[a-zA-Z]{34}",
  linear: "lin_api_",
  notion: "ntn_\\d",
  privatekey: "PRIVATE KEY",
  sendgrid: "SG\\.\\w",
  shopify: "shp(?:pa|ca|at|ss)_",
  stripe: "[sr]k_(?:live|test)_",
  github: "gh[pousr]_[A-Za-z0-9_]|github_pat_",
  gitlab: "glpat-",
  grafana: "gl(?:c|sa)_[A-Za-z0-9+/]{32}",
  "1password": "ops_ey",
  "database-connection-string": "(?:mongodb|mysqlx?|postgres(?:ql)?)(?:\\+srv)?://[^:/\\s]{1,100}:",
  "hashicorp-vault": "hv[sbr]\\.[A-Za-z0-9_-]{90}",
  vercel: "vc[piark]_[A-Za-z0-9]{20}",
  databricks: "dapi[A-Fa-f0-9]{32}",
  docker: "dckr_pat_",
  figma: "figd_",
  cloudflare: "cf(?:k|ut|at)_[A-Za-z0-9]{40}",
  tailscale: "tskey-"
}

/** Library marks that match in any case, because the rule does. */
const anyCase: ReadonlySet<string> = new Set(["slack", "database-connection-string"])

const joined = (marks: ReadonlyArray<string>, flags: string) => new RegExp(marks.join("|"), flags)

const exact = joined(
  [
    ...Object.entries(libraryMarks).filter(([rule]) => !anyCase.has(rule)).map(([, mark]) => mark),
    ...ownRules.map(({ mark }) => mark)
  ],
  ""
)
const folded = joined(
  Object.entries(libraryMarks).filter(([rule]) => anyCase.has(rule)).map(([, mark]) => mark),
  "i"
)

/** False only for a text in which no rule can find anything. Much faster than the rules. */
export const worthScanning = (text: string): boolean => exact.test(text) || folded.test(text)
