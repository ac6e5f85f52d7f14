/**
 * Bundles the page script, the `oracle` command and the host process into `packages/cli/dist`, and the extension of pi
 * into `packages/pi-adapter/dist`, so that a checkout and the published packages run the same files. Runs at `npm ci`; a part that is not there is left out.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { type OutputChunk, rolldown } from "rolldown"

const root = dirname(import.meta.dirname)
const at = (...parts: ReadonlyArray<string>) => join(root, ...parts)
const dist = at("packages/cli/dist")
const resolve = { conditionNames: ["oracle-source", "import", "node", "default"] }

/** Runs in the page, so it is one classic script without imports. */
const bundlePageScript = async () => {
  const input = at("packages/browser/src/page-script/entry.ts")
  if (!existsSync(input)) return
  await using bundle = await rolldown({ input, platform: "browser", resolve })
  const file = at("packages/browser/dist/page-script.js")
  await bundle.write({ file, format: "iife", name: "oraclePage" })
  mkdirSync(dist, { recursive: true })
  cpSync(file, join(dist, "page-script.js"))
}

const eager = `new Intl.Segmenter(undefined, {
  granularity: "grapheme"
})`

/** Effect's command line makes a text segmenter when it is loaded, which is a tenth of a start; most runs need none. */
const lazySegmenter = {
  name: "lazy-segmenter",
  transform: {
    filter: { id: /effect\/dist\/cli\/CliOutput\.js$/ },
    handler: (code: string) =>
      code.replace(eager, `{ segment(text) { return (this.made ??= ${eager}).segment(text) } }`)
  }
}

/** `main.js` starts light: everything heavy is behind an `import()` and lands in a chunk of its own. */
const bundleCommand = async () => {
  const entries = {
    main: "packages/cli/src/bin.ts",
    "host-main": "packages/browser/src/host-main.ts",
    "markdown-thread": "packages/browser/src/drive/markdown/MarkdownThread.ts"
  }
  const input = Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [name, at(file)] as const).filter(([, file]) => existsSync(file))
  )
  if (Object.keys(input).length === 0) return
  await using bundle = await rolldown({
    input,
    platform: "node",
    resolve,
    plugins: [lazySegmenter],
    external: [/^node:/, /^bun:/, /^playwright-core(\/|$)/, /^@sparticuz\/chromium(\/|$)/]
  })
  const first = (await bundle.generate({ format: "esm" })).output.filter((file) => file.type === "chunk")
  const groups = [
    { name: "start", members: modulesFrom(first, "packages/cli/src/bin.ts") },
    { name: "state", members: modulesFrom(first, "packages/cli/src/graph/Store.ts") }
  ]
  const { output } = await bundle.write({
    dir: dist,
    format: "esm",
    minify: true,
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    codeSplitting: {
      groups: groups.map(({ members, name }, index) => ({
        name,
        priority: groups.length - index,
        test: (id: string) => members.has(id)
      }))
    }
  })
  removeStale(dist, new Set(output.map(({ fileName }) => join(dist, fileName))))
}

/**
 * The modules that are loaded together with one, itself left out. What every command loads, and what a look at the store
 * adds, becomes one file each: every further file is a millisecond of a start.
 */
const modulesFrom = (chunks: ReadonlyArray<OutputChunk>, module: string): ReadonlySet<string> => {
  const entry = chunks.find(({ facadeModuleId }) => facadeModuleId === at(module))
  const reached = new Set<OutputChunk>()
  const visit = (chunk: OutputChunk | undefined): void => {
    if (chunk === undefined || reached.has(chunk)) return
    reached.add(chunk)
    for (const name of chunk.imports) visit(chunks.find(({ fileName }) => fileName === name))
  }
  visit(entry)
  return new Set([...reached].flatMap(({ moduleIds }) => moduleIds).filter((id) => id !== at(module)))
}

/** The extension of pi: its entry is small, and loads the rest with its first request. It brings its own host. */
const bundleExtension = async () => {
  const target = at("packages/pi-adapter/dist")
  await using bundle = await rolldown({
    input: {
      extension: at("packages/pi-adapter/src/extension.ts"),
      "host-main": at("packages/browser/src/host-main.ts")
    },
    platform: "node",
    resolve,
    external: [/^node:/, /^playwright-core(\/|$)/, /^@sparticuz\/chromium(\/|$)/]
  })
  const { output } = await bundle.write({
    dir: target,
    format: "esm",
    minify: true,
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js"
  })
  cpSync(at("packages/browser/dist/page-script.js"), join(target, "page-script.js"))
  removeStale(target, new Set(output.map(({ fileName }) => join(target, fileName))))
}

/** Removes chunks of earlier bundles once the new ones stand. */
const removeStale = (folder: string, written: ReadonlySet<string>) => {
  const chunks = join(folder, "chunks")
  if (!existsSync(chunks)) return
  for (const name of readdirSync(chunks)) {
    if (!written.has(join(chunks, name))) rmSync(join(chunks, name), { recursive: true })
  }
}

/** Static files of the practice site's page. */
const copyPracticePage = () => {
  const page = at("packages/practice/src/page")
  if (existsSync(page)) cpSync(page, join(dist, "practice-page"), { recursive: true, force: true })
}

const started = performance.now()
await bundlePageScript()
await bundleCommand()
await bundleExtension()
copyPracticePage()
process.stdout.write(`bundled ${relative(root, dist)} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
