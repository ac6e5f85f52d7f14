import { afterAll, assert, describe, it } from "@effect/vitest"
import type * as Command from "effect/cli/Command"
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { subcommands } from "../../src/commands/subcommands.ts"
import { fitHelp, paragraph } from "../../src/render/HelpWidth.ts"
import { jsonOf, Sandbox } from "../support/oracle.ts"

/** Every command that does something, as it is typed. */
const leaves = (
  commands: ReadonlyArray<Command.Command.Any>,
  before: ReadonlyArray<string> = []
): ReadonlyArray<string> =>
  commands.flatMap((command) => {
    const name = [...before, command.name]
    const inner = command.subcommands.flatMap((group) => group.commands)
    return inner.length === 0 ? [name.join(" ")] : leaves(inner, name)
  })

const sandbox = new Sandbox()
afterAll(() => sandbox.remove())

describe("a mistake on the command line", () => {
  it("names the command that was probably meant on standard error, runs nothing and exits 2", async () => {
    const { code, stderr, stdout } = await sandbox.run(["cofnig"])
    assert.strictEqual(code, 2)
    assert.strictEqual(stdout, "")
    assert.include(stderr, "did you mean 'config'?")
    assert.include(stderr, "next:  run 'oracle --help'")
  })

  it("starts nothing and is told also after the flags of every command, and where a prompt was meant", async () => {
    const told = async (...args: ReadonlyArray<string>) => {
      const { code, stderr, stdout } = await sandbox.run(args)
      assert.deepStrictEqual([code, stdout], [2, ""])
      return stderr
    }
    assert.include(await told("--quiet", "--no-color", "stauts"), "did you mean 'status'?")
    assert.include(await told("host", "--quiet", "stauts"), "did you mean 'status'?")
    assert.include(await told("status", "--quite"), "did you mean '--quiet'?")
    assert.include(await told("why", "does", "it", "fail"), "oracle ask -p")
    const json = jsonOf(await sandbox.run(["--json", "sumbit", "-p", "x", "--files", "."]))
    assert.include(json.error.message, "did you mean 'submit'?")
    assert.notInclude(json.error.message, "no flag")
    assert.isFalse(existsSync(sandbox.state))
  })

  it("names the flag that was probably meant", async () => {
    const { code, stderr } = await sandbox.run(["pack", "--limti", "3"])
    assert.strictEqual(code, 2)
    assert.include(stderr, "oracle pack has no flag --limti; did you mean '--limit'?")
  })

  it("is one JSON object on standard output with --json", async () => {
    const ended = await sandbox.run(["ask", "--perset", "x", "--json"])
    assert.strictEqual(ended.code, 2)
    assert.strictEqual(ended.stderr, "")
    const { answer, error, job } = jsonOf(ended)
    assert.deepStrictEqual([job, answer], [null, null])
    assert.strictEqual(error.code, "usage_error")
    assert.include(error.message, "--preset")
    assert.isFalse(error.retryable)
  })

  it("refuses a time that is no number, and starts nothing", async () => {
    for (const time of ["soon", "5 minutes", "-1", "0"]) {
      const { code, stderr, stdout } = await sandbox.run(["wait", "--timeout", time])
      assert.deepStrictEqual([code, stdout], [2, ""], time)
      assert.include(stderr, "--timeout")
    }
    assert.isFalse(existsSync(sandbox.state))
  })

  it("lists the values that a flag takes", async () => {
    const { code, stderr } = await sandbox.run(["ask", "-p", "x", "--site", "chatgtp"])
    assert.strictEqual(code, 2)
    assert.include(stderr, "chatgpt")
  })
})

describe("help", () => {
  it("is printed on standard output, with examples and the default of every optional flag", async () => {
    const { code, stderr, stdout } = await sandbox.run(["ask", "--help"])
    assert.strictEqual(code, 0)
    assert.strictEqual(stderr, "")
    assert.include(stdout, "EXAMPLES")
    for (
      const line of stdout.split("\n").filter((line) =>
        /^ {2}--(site|account|preset|queue|format|headed|yes)\b/.test(line)
      )
    ) {
      assert.include(line, "(default:")
    }
  })

  it.each(leaves(subcommands))("of %s gives an example and says what happens without each flag", async (line) => {
    const { stdout } = await sandbox.run([...line.split(" "), "--help"])
    assert.match(stdout, /EXAMPLES\n {2}# \S/)
    const flags = (stdout.split("\nFLAGS\n")[1] ?? "").split("\n\n")[0] ?? ""
    for (const flag of flags.split("\n").filter((text) => text.startsWith("  --"))) {
      assert.match(flag, /\(default: |Repeatable|needed/, `${line}: ${flag}`)
    }
  })

  it("fits a terminal, with what is said about a flag under its column", () => {
    const help = "FLAGS\n  --files path    File, folder or glob to send, relative to the project"
    assert.strictEqual(
      fitHelp(help, 40),
      "FLAGS\n  --files path    File, folder or glob\n                  to send, relative to\n                  the project"
    )
    assert.strictEqual(fitHelp(help, 200), help)
    assert.strictEqual(
      paragraph("Show what a selection holds: each file.", 30),
      "Show what a selection holds:\n  each file."
    )
  })

  it("has no colours where nobody looks on", async () => {
    const { stdout } = await sandbox.run(["--help"])
    assert.notInclude(stdout, "\u001b")
  })
})

describe("completions", () => {
  it("complete commands and flags in bash, and are there for the other shells", async () => {
    const { stdout: script } = await sandbox.run(["--completions", "bash"])
    const ask = (words: string, current: string, previous: string) => `
      COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); COMP_LINE="${words}"; COMP_POINT=\${#COMP_LINE}
      COMPREPLY=(); _oracle oracle "${current}" "${previous}"; echo "\${COMPREPLY[@]}"`
    const tried = `${script}\n${ask("oracle wat", "wat", "oracle")}\n${ask("oracle ask --fil", "--fil", "ask")}`
    const { status, stdout } = spawnSync("bash", ["-c", tried], { encoding: "utf8" })
    assert.deepStrictEqual([status, stdout.trim().split("\n")], [0, ["watch", "--files"]])
    for (const shell of ["zsh", "fish", "powershell"]) {
      assert.include((await sandbox.run(["--completions", shell])).stdout, "bug-report", shell)
    }
  })
})
