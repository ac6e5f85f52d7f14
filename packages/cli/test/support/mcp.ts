/** The MCP server of a sandbox as a client of other people's sees it: through the real command and the official library. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js"
import type { ClientCapabilities } from "@modelcontextprotocol/sdk/types.js"
import { command, type Sandbox } from "./oracle.ts"

export interface ConnectOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly capabilities?: ClientCapabilities
  /** Runs before the handshake, so that handlers for requests of the server are there. */
  readonly prepare?: (client: Client) => void
}

export interface ToolAnswer {
  readonly isError: boolean
  readonly text: string
  // oxlint-disable-next-line typescript/no-explicit-any -- what the server answered, as a test reads it
  readonly value: any
}

/** A connected client; anything that is not the protocol on standard output ends up in `noise`. */
export const connect = async (sandbox: Sandbox, options: ConnectOptions = {}) => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...command, "mcp"],
    env: { ...sandbox.env, ...options.env },
    cwd: options.cwd ?? sandbox.project,
    stderr: "pipe"
  })
  const client = new Client({ name: "test-client", version: "1.0.0" }, { capabilities: options.capabilities ?? {} })
  const noise: Array<string> = []
  // Progress that was on its way when its call was given up is no noise.
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the library has no other way
  client.onerror = ({ message }) => message.includes("unknown token") || noise.push(message)
  options.prepare?.(client)
  await client.connect(transport)
  const call = async (
    name: string,
    args: Record<string, unknown> = {},
    request: Parameters<Client["callTool"]>[2] = {}
  ): Promise<ToolAnswer> => {
    const result = await client.callTool({ name, arguments: args }, undefined, request)
    const [first] = Array.isArray(result.content) ? result.content : []
    return { isError: result.isError === true, text: first?.text ?? "", value: result.structuredContent }
  }
  return { client, transport, noise, call }
}
