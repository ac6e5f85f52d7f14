/** `oracle mcp`: the MCP server for coding agents. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"

export const mcp = Command.make("mcp").pipe(
  Command.withDescription(
    "Serve this project to a coding agent over MCP, on standard input and output, until the agent closes it. The agent's "
      + "client starts this; docs/user/agents.md shows how to set it up."
  ),
  Command.withShortDescription("Serve this project to a coding agent over MCP"),
  Command.withExamples([
    { command: "claude mcp add oracle -- oracle mcp", description: "Set it up in Claude Code" },
    { command: "codex mcp add oracle -- oracle mcp", description: "Set it up in Codex" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.mcp")(function*() {
      const { serve } = yield* Effect.promise(() => import("../mcp/serve.ts"))
      yield* serve
    })
  )
)
