/**
 * `npm run live -- --site chatgpt`: walks docs/live-validation.md on the real site, with the person's own account, and prints
 * date, verdict and what was seen for each line. Never in CI, except on the practice site.
 */
import { createInterface } from "node:readline/promises"
import { parseArgs } from "node:util"
import { NotRun } from "./Line.ts"
import { lines } from "./lines.ts"
import { Walk } from "./Walk.ts"

const synopsis = "npm run live -- --site chatgpt [--account NAME] [--preset NAME] [--only \"LINE\"]... [--yes]"

function usage(message: string, next = synopsis): never {
  console.error(`error: ${message}\nnext:  ${next}`)
  process.exit(2)
}

const given = () => {
  try {
    return parseArgs({
      options: {
        site: { type: "string" },
        account: { type: "string", default: "default" },
        preset: { type: "string", default: "current" },
        only: { type: "string", multiple: true },
        yes: { type: "boolean", default: false }
      }
    }).values
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error))
  }
}

const { account, only, preset, site, yes } = given()
if (site === undefined) usage("--site says which site is walked; nothing runs without it")
if (!["chatgpt", "grok", "practice"].includes(site)) usage(`there is no site ${site}`)
const unknown = (only ?? []).filter((name) => !lines.some((line) => line.name === name))
if (unknown.length > 0) {
  usage(`no line is named ${unknown.join(", ")}; there are ${lines.map(({ name }) => name).join(", ")}`)
}
if (site !== "practice" && (process.env["CI"] ?? "") !== "") {
  usage("a real account is never used in CI", "run it on your own machine, or with --site practice")
}

const agreed = async (): Promise<boolean> => {
  console.error(
    `This sends about ten prompts to ${site} with your own account (${account}), through an automated browser. The
site's terms of use apply to you. Conversations stay on the site until you delete them.`
  )
  if (yes) return true
  if (!process.stdin.isTTY) return usage("nobody can be asked here; --yes agrees")
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const reply = await terminal.question("Go on? [y/N] ")
  terminal.close()
  return /^y(es)?$/i.test(reply.trim())
}

if (!await agreed()) console.error("nothing was sent, because you said no")
else {
  const walk = new Walk({ site, account, preset })
  // A second signal is not waited for.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => walk.stop())
  try {
    const width = Math.max(...lines.map(({ name }) => name.length))
    const counts = { pass: 0, fail: 0, "not run": 0 }
    for (const { name, run } of lines) {
      if (walk.stopped || (only !== undefined && !only.includes(name))) continue
      if (process.stderr.isTTY) process.stderr.write(`${name} ...\r`)
      const [verdict, seen] = await run(walk).then(
        (text) => ["pass", text] as const,
        (error: unknown) =>
          [
            error instanceof NotRun ? "not run" : "fail",
            error instanceof Error ? error.message : String(error)
          ] as const
      )
      counts[verdict] += 1
      console.log(`${new Date().toISOString().slice(0, 16)}Z  ${verdict.padEnd(7)}  ${name.padEnd(width)}  ${seen}`)
    }
    console.log(`${site}: ${counts.pass} passed, ${counts.fail} failed, ${counts["not run"]} not run`)
    process.exitCode = walk.stopped ? 130 : counts.fail > 0 ? 1 : 0
  } finally {
    for (const job of await walk.end()) console.error(`left on this machine: ${job}`)
  }
}
