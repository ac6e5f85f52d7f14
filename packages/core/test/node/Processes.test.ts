import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer } from "effect"
import { parseLines, runsOn } from "../../src/node/process/darwin.ts"
import { parseStat } from "../../src/node/process/linux.ts"
import { isChromium } from "../../src/node/process/Platform.ts"
import { parseBrowsers } from "../../src/node/process/windows.ts"
import * as ProcessesNode from "../../src/node/ProcessesNode.ts"
import { Processes } from "../../src/port/Processes.ts"
import { startChild } from "./child.ts"

const processes = Effect.provide(Processes, Layer.fresh(ProcessesNode.layer))

describe("Processes", () => {
  it.live("knows itself and a running child, and that it is gone once killed", () =>
    Effect.gen(function*() {
      const service = yield* processes
      assert.strictEqual(service.self.pid, process.pid)
      assert.isTrue(yield* service.alive(service.self))
      const child = yield* startChild("sleep.ts", [])
      yield* child.next
      const record = yield* service.identify(child.pid)
      if (record === null) return assert.fail("not seen")
      assert.isTrue(yield* service.alive(record))
      assert.isTrue(yield* service.alive({ ...record, nonce: "of someone else" }))
      yield* child.kill("SIGKILL")
      assert.isFalse(yield* service.alive(record))
      assert.isNull(yield* service.identify(child.pid))
    }))

  it.live("is not fooled by a pid that another start time or another boot owns", () =>
    Effect.gen(function*() {
      const service = yield* processes
      assert.isFalse(yield* service.alive({ ...service.self, startTime: "1" }))
      assert.isFalse(yield* service.alive({ ...service.self, bootId: "another boot" }))
      const child = yield* startChild("sleep.ts", [])
      yield* child.next
      const record = yield* service.identify(child.pid)
      if (record === null) return assert.fail("not seen")
      yield* service.end({ ...record, startTime: "1" })
      assert.isTrue(yield* service.alive(record))
    }))

  it.live("ends a whole group, by force where asking does not help", () =>
    Effect.gen(function*() {
      const service = yield* processes
      const leader = yield* startChild("sleep.ts", ["child"], { detached: true })
      const member = yield* service.identify(Number(yield* leader.next))
      const record = yield* service.identify(leader.pid)
      if (record === null || member === null) return assert.fail("not seen")
      yield* service.end(record)
      assert.isFalse(yield* service.alive(record))
      assert.isFalse(yield* service.alive(member))
      yield* service.end(record)
    }))

  it.live("waits for the group of a leader that was killed, and leaves alone what does not go by itself", () =>
    Effect.gen(function*() {
      const service = yield* processes
      const leader = yield* startChild("sleep.ts", ["child"], { detached: true })
      const member = yield* service.identify(Number(yield* leader.next))
      const record = yield* service.identify(leader.pid)
      if (record === null || member === null) return assert.fail("not seen")
      yield* leader.kill("SIGKILL")
      const fiber = yield* Effect.forkChild(Effect.exit(service.end(record)), { startImmediately: true })
      assert.isUndefined(fiber.pollUnsafe())
      assert.isTrue(yield* service.alive(member))
      process.kill(member.pid, "SIGKILL")
      assert.isTrue(Exit.isSuccess(yield* Fiber.join(fiber)))
      assert.isFalse(yield* service.alive(member))
    }))

  it.live("never takes another program for a browser, even with our profile in its arguments", () =>
    Effect.gen(function*() {
      const service = yield* processes
      const child = yield* startChild("sleep.ts", ["--user-data-dir=/runtimes/1/profile"])
      yield* child.next
      assert.deepStrictEqual(yield* service.browsersOn("/runtimes/1/profile"), [])
    }))
})

describe("what the systems print", () => {
  it("is read from /proc even when the process has a name to confuse", () => {
    const rest = "S 1 4242 4242 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1 2"
    assert.deepStrictEqual(parseStat(`77 (a) b ) S 9 (x) ${rest}`), { state: "S", group: 4242, startTime: "987654" })
    assert.isNull(parseStat(""))
  })

  it("is read from ps of macOS, with the start time as five words", () => {
    const [one, two] = parseLines(
      "  501  501   20 Ss   Sat Nov  1 09:05:01 2025     /Applications/Google Chrome.app/Contents/MacOS/Google Chrome --x\n" +
        "   77    1    0 Z    Sun Nov  2 10:00:00 2025     (sh)\n"
    )
    assert.deepStrictEqual([one?.pid, one?.uid, one?.seen.group, one?.seen.startTime], [
      501,
      20,
      501,
      "Sat Nov 1 09:05:01 2025"
    ])
    assert.strictEqual(two?.state, "Z")
  })

  it("tells a browser on our profile from one on a longer path", () => {
    const command =
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome --headless --user-data-dir=/r/1 --no-first-run"
    assert.isTrue(runsOn(command, "/r/1"))
    assert.isFalse(runsOn(command.replace("/r/1 ", "/r/12 "), "/r/1"))
    assert.isFalse(runsOn(command.replace("--user", "--not-user"), "/r/1"))
    assert.isFalse(runsOn("/usr/bin/vim --x --user-data-dir=/r/1", "/r/1"))
    const line = (args: string) =>
      `12\tC:\\Program Files\\Google\\Chrome\\Application\\chrome.exe\t"chrome.exe" ${args}`
    assert.deepStrictEqual(parseBrowsers(line("--user-data-dir=C:\\r\\1 --x"), "C:\\r\\1"), [12])
    assert.deepStrictEqual(parseBrowsers(line("\"--user-data-dir=C:\\r\\1\""), "C:\\r\\1"), [12])
    assert.deepStrictEqual(parseBrowsers(line("--user-data-dir=C:\\r\\12"), "C:\\r\\1"), [])
  })

  it("names the family of Chromium and nothing else", () => {
    for (const name of ["/usr/lib/chromium/chromium", "/opt/google/chrome/chrome", "/x/headless_shell", "/x/msedge"]) {
      assert.isTrue(isChromium(name), name)
    }
    assert.isTrue(isChromium("/cache/chromium (deleted)"))
    for (const name of ["/usr/bin/node", "/usr/bin/firefox", "/home/chrome/bin/sh"]) {
      assert.isFalse(isChromium(name), name)
    }
  })
})
