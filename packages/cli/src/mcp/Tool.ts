/**
 * One tool of the server: its words, its schemas and what it does. A failure of the error table becomes a result of the
 * tool, with the same code, message and next step as on the command line.
 */
import { type ErrorView, type OracleError, oracleError, viewOf } from "@effect-oracle/core/error/OracleError"
import { sanitise } from "@effect-oracle/core/text/Sanitise"
import * as McpSchema from "effect/ai/McpSchema"
import { McpServer } from "effect/ai/McpServer"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { failureOf } from "../render/Failure.ts"
import { ToolError, toolError } from "./ToolError.ts"

type Fields = Schema.Struct.Fields
type Plain<F extends Fields> = Schema.Struct.Encoded<F>

/** What the annotations of the protocol say; each must be true. */
export interface Hints {
  readonly readOnly: boolean
  readonly destructive: boolean
  readonly idempotent: boolean
  /** It reaches beyond this machine. */
  readonly openWorld: boolean
}

export interface Outcome<Output extends Fields> {
  readonly output: Plain<Output>
  /** Text for the model where the JSON of the output is not the best one. */
  readonly text?: string
}

export interface ToolOptions<Input, Output extends Fields, R> {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly hints: Hints
  readonly input: Schema.Codec<Input, object>
  readonly output: Schema.Struct<Output>
  readonly handle: (input: Input) => Effect.Effect<Outcome<Output>, OracleError, R | McpSchema.McpRequestContext>
}

/** A field of a result: null when the tool failed. */
const nullable = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, Schema.NullOr(schema)]))

/** Self-contained, as some models' grammars know no references. */
const inputSchema = (schema: Schema.Constraint): unknown =>
  Schema.toJsonSchemaDocument(schema, { onExcessProperty: "error", referencePolicy: () => undefined }).schema

/** With references, as results share much, and without the bound that every number has: a list of tools is read often. */
const outputSchema = (schema: Schema.Constraint): unknown => {
  const { definitions, schema: root } = Schema.toJsonSchemaDocument(schema, { onExcessProperty: "error" })
  const text = JSON.stringify({ ...root, $defs: definitions })
  return JSON.parse(text.replaceAll(`,"maximum":${Number.MAX_SAFE_INTEGER}`, ""))
}

const toJson = (value: unknown): string => JSON.stringify(value)

/** Adds the tool to the server; what its handler needs is taken from here. */
export const register = <Input, Output extends Fields, R>(options: ToolOptions<Input, Output, R>) =>
  Effect.gen(function*() {
    const server = yield* McpServer
    const services = yield* Effect.context<R>()
    const fields = options.output.fields
    const outputs = Schema.Struct({ ...nullable(fields), error: Schema.NullOr(ToolError) })
    const none = Object.fromEntries(Object.keys(fields).map((name) => [name, null]))
    const decode = Schema.decodeUnknownEffect(options.input)
    const handle = Effect.fn(options.name)(function*(payload: unknown) {
      const input = yield* decode(payload ?? {}, { onExcessProperty: "error", errors: "all" }).pipe(
        Effect.mapError((error) =>
          oracleError("usage_error", `${options.name}: ${error.message}`, {
            step: "call the tool again with arguments that its input schema allows"
          })
        )
      )
      return yield* options.handle(input)
    })
    yield* server.addTool({
      tool: new McpSchema.Tool({
        name: options.name,
        title: options.title,
        description: options.description,
        inputSchema: yield* Effect.orDie(Schema.decodeUnknownEffect(McpSchema.ToolJson)(inputSchema(options.input))),
        outputSchema: yield* Effect.orDie(Schema.decodeUnknownEffect(McpSchema.ToolOutputJson)(outputSchema(outputs))),
        annotations: {
          title: options.title,
          readOnlyHint: options.hints.readOnly,
          destructiveHint: options.hints.destructive,
          idempotentHint: options.hints.idempotent,
          openWorldHint: options.hints.openWorld
        }
      }),
      annotations: Context.empty(),
      handle: (payload) =>
        Effect.updateContext(
          handle(payload),
          (request: Context.Context<McpSchema.McpRequestContext>) => Context.merge(services, request)
        ).pipe(
          Effect.map(({ output, text }) => success(output, text)),
          Effect.catchCause((cause) => Effect.succeed(failure(viewOf(failureOf(cause)), none)))
        )
    })
  })

const success = (output: object, text: string | undefined) => {
  const structuredContent = { ...output, error: null }
  return new McpSchema.CallToolResult({ content: [said(text ?? toJson(structuredContent))], structuredContent })
}

const failure = (view: ErrorView, none: object) => {
  const error = toolError(view)
  return new McpSchema.CallToolResult({
    isError: true,
    content: [said(`${error.code}: ${error.message}\nnext: ${error.nextStep}`)],
    structuredContent: { ...none, error }
  })
}

const said = (text: string) => McpSchema.TextContent.make({ type: "text", text: sanitise(text) })
