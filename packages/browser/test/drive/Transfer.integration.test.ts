import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { bytes, type Handler, json, redirectTo, type Routes, serveFixture } from "./fixture.ts"
import { folderIn } from "./practice.ts"
import { anchorFor, openOn, sha256 } from "./session.ts"

const page = (answer: string, script = "") =>
  `<!doctype html><title>t</title><main>
  <div data-message-author-role="user" data-message-id="u1"><div class="whitespace-pre-wrap">give me files</div></div>
  <div class="turn"><div data-message-author-role="assistant" data-message-id="a1"><div class="markdown">${answer}</div></div>
    <button aria-label="Copy response">c</button></div>
  <form><textarea placeholder="Ask anything"></textarea><button>Send</button></form></main>
  <script>${script}</script>`

const megabytes = (count: number): Buffer => Buffer.alloc(count * 1024 * 1024, "0123456789abcdef")

const anchor = anchorFor({ turnCount: 0, lastTurnId: null }, "give me files")

/** The files of a page, and what becomes of each. */
const fetchAll = Effect.fnUntraced(
  function*(html: string, routes: Routes, maxBytes = 64 * 1024 * 1024, beside?: string) {
    const fixture = yield* serveFixture({ "/": html, ...routes })
    const opened = yield* openOn({
      site: "chatgpt",
      url: fixture.url,
      cookies: [],
      ...(beside === undefined ? {} : { beside }),
      overrides: { "limits.downloadStartMs": 2000 }
    })
    yield* opened.page.goto({ _tag: "NewChat" })
    const { files } = yield* opened.page.extract(anchor)
    const directory = folderIn(opened.folder, "artifacts")
    const results = yield* Effect.forEach(
      files,
      (file) =>
        Effect.result(
          opened.page.download({ file, anchor, directory, maxBytes, taken: new Set(readdirSync(directory)) })
        )
    )
    return { ...opened, fixture, files, directory, results }
  }
)

const codeOf = (
  result: { readonly _tag: string; readonly failure?: { readonly code: string; readonly detail: string } }
) => result._tag === "Failure" ? `${result.failure?.code}: ${result.failure?.detail}` : "saved"

describe("fetching files of an answer", () => {
  it.live("brings small and large files, data and blob addresses, and JSON that points elsewhere", () =>
    Effect.scoped(Effect.gen(function*() {
      const large = megabytes(9)
      const html = page(
        `<a href="/files/small.bin" download="small.bin">small</a> <a href="/files/large.bin" download>large.bin</a>
         <a href="data:text/plain;base64,aGVsbG8=" download="hello.txt">hello</a> <a id="blob" download="blob.txt">blob</a>
         <a href="/backend-api/files/f1/download">pointed</a> <a href="/files/rows.json" download="rows.json">rows</a>`,
        "document.querySelector('#blob').href = URL.createObjectURL(new Blob(['blobby']))"
      )
      const { directory, files, results } = yield* fetchAll(html, {
        "/files/small.bin": bytes("small"),
        "/files/large.bin": bytes(large, { "content-disposition": "attachment; filename=\"large.bin\"" }),
        "/backend-api/files/f1/download": json({ download_url: "/store/1", file_name: "pointed.txt" }),
        "/store/1": bytes("pointed to"),
        "/files/rows.json": json([{ row: 1 }])
      })
      const saved = results.map((result) => result._tag === "Success" ? result.success : null)
      assert.strictEqual(files.length, 6)
      assert.deepStrictEqual(
        saved.map((artifact) => [artifact?.name, artifact?.sha256]),
        [
          ["small.bin", sha256("small")],
          ["large.bin", sha256(large)],
          ["hello.txt", sha256("hello")],
          ["blob.txt", sha256("blobby")],
          ["pointed.txt", sha256("pointed to")],
          ["rows.json", sha256("[{\"row\":1}]")]
        ]
      )
      assert.isTrue(readdirSync(directory).every((name) => (statSync(join(directory, name)).mode & 0o777) === 0o600))
    })))

  it.live("follows no redirect to a foreign origin and offers no foreign link", () =>
    Effect.scoped(Effect.gen(function*() {
      const stranger = yield* serveFixture({ "*": bytes("stolen", { "access-control-allow-origin": "*" }) })
      const html = page(
        `<a href="/files/away.bin" download="away.bin">away</a> <a href="/backend-api/files/f2/download">pointed away</a>
         <a href="${stranger.url}/files/x.zip" download="x.zip">foreign</a> <a href="https://example.org/report.pdf">a report.pdf</a>`
      )
      const { directory, files, results } = yield* fetchAll(html, {
        "/files/away.bin": redirectTo(`${stranger.url}/files/away.bin`),
        "/backend-api/files/f2/download": json({ download_url: `${stranger.url}/secret` })
      })
      assert.strictEqual(files.length, 2)
      assert.isTrue(
        results.every((result) => codeOf(result).startsWith("artifact_failed")),
        results.map(codeOf).join("; ")
      )
      assert.deepStrictEqual(readdirSync(directory), [])
      assert.isTrue(results.every((result) => codeOf(result).includes("foreign")), results.map(codeOf).join("; "))
      assert.notInclude(stranger.seen.join(), "secret")
    })))

  it.live("brings files that the page may not read from their host, within the limit and no redirect away", () =>
    Effect.scoped(Effect.gen(function*() {
      const stranger = yield* serveFixture({ "*": bytes("stolen") })
      const store = yield* serveFixture({
        "/files/report.csv": bytes("a,b\n", { "content-type": "text/csv" }),
        "/files/picture.png": bytes("not a picture", { "content-type": "image/png" }),
        "/files/named": bytes("named", { "content-disposition": "inline; filename=\"real name.txt\"" }),
        "/files/huge.bin": bytes(megabytes(6)),
        "/files/away.bin": redirectTo(`${stranger.url}/x`),
        "/files/gone.bin": (_, response) => {
          response.writeHead(403)
          response.end("expired")
        }
      })
      const names = ["report.csv", "picture.png", "named", "huge.bin", "away.bin", "gone.bin"]
      const html = page(
        `${names.map((name) => `<a href="${store.url}/files/${name}" download="${name}">${name}</a>`).join(" ")}
         <a href="/backend-api/files/f1/download">pointed</a>`
      )
      const { context, directory, results } = yield* fetchAll(
        html,
        {
          "/backend-api/files/f1/download": json({ download_url: `${store.url}/files/report.csv`, file_name: "p.csv" })
        },
        4 * 1024 * 1024,
        store.url
      )
      assert.deepStrictEqual(readdirSync(directory).toSorted(), ["p.csv", "picture.png", "real name.txt", "report.csv"])
      assert.strictEqual(readFileSync(join(directory, "report.csv"), "utf8"), "a,b\n")
      assert.deepStrictEqual(results.map(codeOf).map((code) => code.replace("artifact_failed: ", "")), [
        "saved",
        "saved",
        "saved",
        "the file is larger than 4194304 bytes",
        "the address of the file leads to a foreign origin",
        "the host of the file answered 403",
        "saved"
      ])
      assert.deepStrictEqual(stranger.seen, [])
      assert.strictEqual(context.pages().length, 1)
    })))

  it.live("stops at the limit, announced or not, and saves the others", () =>
    Effect.scoped(Effect.gen(function*() {
      const endless: Handler = (_, response) => {
        response.writeHead(200, { "content-type": "application/octet-stream" })
        const chunk = megabytes(1)
        const write = () => {
          while (!response.destroyed && response.write(chunk));
        }
        response.on("drain", write)
        write()
      }
      const html = page(
        `<a href="/files/announced.bin" download="announced.bin">1</a> <a href="/files/endless.bin" download="endless.bin">2</a>
         <button class="behavior-btn" onclick="location.href='/files/pressed.bin'">Download pressed.bin</button>
         <a href="/files/fits.bin" download="fits.bin">4</a>`
      )
      const attachment = (handler: Handler): Handler => (request, response, body) => {
        response.setHeader("content-disposition", "attachment; filename=\"pressed.bin\"")
        handler(request, response, body)
      }
      const { directory, results } = yield* fetchAll(html, {
        "/files/announced.bin": bytes(megabytes(6)),
        "/files/endless.bin": endless,
        "/files/pressed.bin": attachment(endless),
        "/files/fits.bin": bytes("fits")
      }, 4 * 1024 * 1024)
      assert.deepStrictEqual(results.map((result) => codeOf(result).includes("larger than 4194304")), [
        true,
        true,
        true,
        false
      ])
      assert.deepStrictEqual(readdirSync(directory), ["fits.bin"])
    })))

  it.live("takes words that look like files, and code, for text", () =>
    Effect.scoped(Effect.gen(function*() {
      const html = page(
        "<p>See results.csv, chart.png and /mnt/data/x.txt.</p><pre><code>curl -O https://x/y.zip</code></pre>"
      )
      const { files } = yield* fetchAll(html, {})
      assert.deepStrictEqual(files, [])
    })))

  it.live("presses nothing more after a download that did not come", () =>
    Effect.scoped(Effect.gen(function*() {
      const html = page(
        "<button class=\"behavior-btn\">Download one.txt</button><button class=\"behavior-btn\">Download two.txt</button>"
      )
      const { results } = yield* fetchAll(html, {})
      assert.include(codeOf(results[0] ?? { _tag: "" }), "no download began")
      assert.include(codeOf(results[1] ?? { _tag: "" }), "an earlier download may still arrive")
    })))

  it.live("tells at once that the site refuses a file, and goes on to the next", () =>
    Effect.scoped(Effect.gen(function*() {
      const press = `const it = this.textContent.split(" ")[1]; fetch("/backend-api/sandbox/download?path=" + it)
        .then((found) => found.ok && found.blob()).then((blob) => {
          if (blob) Object.assign(document.createElement("a"), { href: window.URL.createObjectURL(blob), download: it }).click()
        })`
      const html = page(
        ["gone.txt", "here.txt"].map((name) =>
          `<button class="behavior-btn" onclick='${press}'>Download ${name}</button>`
        ).join(" ")
      )
      const sandbox: Handler = (request, response) => {
        response.writeHead(request.url?.includes("gone") === true ? 404 : 200)
        response.end("here")
      }
      const { directory, results } = yield* fetchAll(html, { "/backend-api/sandbox/download": sandbox })
      assert.include(codeOf(results[0] ?? { _tag: "" }), "the site answered the request for the file with 404")
      assert.deepStrictEqual(readdirSync(directory), ["here.txt"])
    })))

  it.live("passes a very large download through without keeping it in memory", () =>
    Effect.scoped(Effect.gen(function*() {
      const html = page(
        "<button class=\"behavior-btn\" onclick=\"location.href='/files/big.bin'\">Download big.bin</button>"
      )
      const served: Handler = (_, response) => {
        response.writeHead(200, {
          "content-disposition": "attachment; filename=\"big.bin\"",
          "content-type": "application/octet-stream"
        })
        createReadStream("/dev/zero", { end: 150 * 1024 * 1024 - 1 }).pipe(response)
      }
      const before = process.memoryUsage().rss
      const { results } = yield* fetchAll(html, { "/files/big.bin": served }, 512 * 1024 * 1024)
      const saved = results[0]
      assert.strictEqual(saved?._tag === "Success" ? saved.success.bytes : 0, 150 * 1024 * 1024)
      assert.isAtMost(process.memoryUsage().rss - before, 120 * 1024 * 1024)
    })))
})
