/** What a project's configuration may change: a project can make Oracle more careful, never less (PRODUCT, section 12). */
import type * as Schema from "effect/Schema"
import type { Problem } from "./ConfigProblem.ts"
import { isObject, type JsonObject, type Leaf, leaves, valueAt } from "./ConfigTree.ts"

const sections = ["defaults", "worker", "poller", "artifacts", "archive", "cleanup"]

type Rule = (leaf: Leaf, current: Schema.Json | undefined) => string | null

const atMost: Rule = ({ key, value }, current) =>
  typeof value === "number" && typeof current === "number" && value > current
    ? `a project may only lower ${key}; here it is ${current}`
    : null

const atLeast: Rule = ({ key, value }, current) =>
  typeof value === "number" && typeof current === "number" && value < current
    ? `a project may only raise ${key}; here it is ${current}`
    : null

/** Once the switch stands at `careful`, a project leaves it there; it may always move it there. */
const only = (careful: boolean): Rule => ({ key, value }, current) =>
  value !== careful && value !== current ? `a project may only set ${key} to ${careful}` : null

const globalOnly: Rule = ({ key }) => `${key} can be set in the global configuration only`

const rules: Readonly<Record<string, Rule>> = {
  "worker.completionTimeoutMs": atMost,
  "worker.cloneTimeoutMs": atMost,
  "worker.launchTimeoutMs": atMost,
  "worker.readyTimeoutMs": atMost,
  "worker.modelTimeoutMs": atMost,
  "worker.uploadTimeoutMs": atMost,
  "worker.sendTimeoutMs": atMost,
  "worker.extractTimeoutMs": atMost,
  "worker.downloadTimeoutMs": atMost,
  "worker.teardownTimeoutMs": atMost,
  "worker.trace": only(false),
  "artifacts.capture": only(false),
  "artifacts.maxBytes": atMost,
  "artifacts.maxFiles": atMost,
  "archive.keep": only(true),
  "archive.maxBytes": atMost,
  "archive.allowSecretFiles": globalOnly,
  "cleanup.completeJobRetentionMs": atLeast,
  "cleanup.failedJobRetentionMs": atLeast
}

/** Keys of a project file that it may not set, or not to that value; `current` is what holds without the file. */
export const projectProblems = (project: JsonObject, current: JsonObject): ReadonlyArray<Problem> => [
  ...Object.keys(project).filter((section) => !sections.includes(section)).map((section) => ({
    path: [section],
    message: `${section} can be set in the global configuration only; a project may set ${sections.join(", ")}`
  })),
  ...leaves(project).flatMap((leaf) => {
    const message = rules[leaf.key]?.(leaf, valueAt(current, leaf.path)) ?? null
    return message === null ? [] : [{ path: leaf.path, message }]
  })
]

/** The project's keys over the current ones; its exclusions are added to those that already hold. */
export const projectPatch = (project: JsonObject, current: JsonObject): JsonObject => {
  const archive = project["archive"]
  const added = valueAt(project, ["archive", "exclude"])
  const held = valueAt(current, ["archive", "exclude"])
  if (!isObject(archive) || !Array.isArray(added) || !Array.isArray(held)) return project
  return { ...project, archive: { ...archive, exclude: [...new Set([...held, ...added])] } }
}
