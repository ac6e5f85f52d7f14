/** One made-up value per secret rule, put together here so that no file of the repository holds one. */

const run = (characters: string, length: number): string => {
  let text = ""
  for (let at = 0; text.length < length; at = (at + 7) % characters.length) text += characters[at] ?? ""
  return text
}
const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
const alnum = `${letters}23456789`
const word = (length: number) => run(alnum, length)
const hex = (length: number) => run("0123456789abcdef", length)
const digits = (length: number) => run("0123456789", length)
const upper = (length: number) => run("ABCDEFGHJKLMNPQRSTUVWXYZ234567", length)

const pem = (kind: string, body: string) =>
  ["-----BEGIN ", kind, "PRIVATE KEY-----\n", body, "\n-----END ", kind, "PRIVATE KEY-----"].join("")

const openaiInfix = ["T3Blbk", "FJ"].join("")

export const privateKey = pem("RSA ", `MI${word(600)}`)

/** By rule of the library, without its prefix. */
export const librarySamples: Readonly<Record<string, string>> = {
  aws: `aws_secret_access_key = ${word(40)}`,
  gcp: `{"private_key_id": "x", "private_key": ${JSON.stringify(pem("", "short"))}}`,
  npm: `npm_${word(36)}`,
  slack: `xoxb-${digits(12)}-${digits(12)}-${word(24)}`,
  basicauth: `https://someone:${word(12)}@internal.corp.net/path`,
  openai: `sk-${word(20)}${openaiInfix}${word(20)}`,
  anthropic: `sk-ant-api03-${word(93)}AA`,
  groq: `gsk_${word(52)}`,
  huggingface: `hf_${run(letters, 34)}`,
  linear: `lin_api_${word(40)}`,
  notion: `ntn_${digits(11)}${word(35)}`,
  privatekey: privateKey,
  sendgrid: `SG.${word(22)}.${word(43)}`,
  shopify: `shpat_${hex(32)}`,
  stripe: `sk_live_${word(24)}`,
  github: `ghp_${word(36)}`,
  gitlab: `glpat-${word(20)}`,
  grafana: `glsa_${word(32)}_${hex(8)}`,
  "1password": `ops_${btoa(JSON.stringify({ email: "x".repeat(60), secretKey: "y".repeat(60), deviceUuid: "zzz" }))}`,
  "database-connection-string": `postgres://owner:${word(12)}@db.corp.net:5432/main`,
  "hashicorp-vault": `hvs.${word(95)}`,
  vercel: `vcp_${word(40)}`,
  databricks: `dapi${hex(32)}`,
  docker: `dckr_pat_${word(27)}`,
  figma: `figd_${word(40)}`,
  cloudflare: `cfut_${word(40)}${hex(8)}`,
  tailscale: `tskey-auth-${word(12)}-${word(32)}`
}

/** By our own rule; none of them is known to the library. */
export const ownSamples: Readonly<Record<string, string>> = {
  "aws/AccessKeyID": `AKIA${upper(16)}`,
  "privatekey/PrivateKey": pem("ENCRYPTED ", word(300)),
  "google/APIKey": `AIza${word(35)}`,
  "openai/ProjectKey": `sk-proj-${word(120)}`,
  "anthropic/APIKey": `sk-ant-admin01-${word(90)}`,
  "slack/Token": `xoxc-${digits(12)}-${digits(12)}-${word(24)}`,
  "pypi/Token": `pypi-AgEIcHlwaS5vcmc${word(120)}`,
  "azure/StorageKey": `AccountKey=${word(86)}==`,
  "age/SecretKey": `AGE-SECRET-KEY-1${run("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)}`
}

export const githubToken = librarySamples.github ?? ""
