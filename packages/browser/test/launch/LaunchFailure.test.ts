import { isSandboxFailure, launchFailure } from "@effect-oracle/browser/launch/LaunchFailure"
import { assert, describe, it } from "@effect/vitest"

const failed = (...logs: ReadonlyArray<string>) =>
  new Error([
    "browserType.launchPersistentContext: Target page, context or browser has been closed",
    "Browser logs:",
    "",
    "<launching> /x/chrome --user-data-dir=/secret/place --remote-debugging-pipe",
    "<launched> pid=7",
    ...logs.map((line) => `[pid=7][err] ${line}`),
    "Call log:",
    "\u001B[2m  - <launching> /x/chrome --user-data-dir=/secret/place\u001B[22m"
  ].join("\n"))

describe("launchFailure", () => {
  it("is one line without command line, colours or log", () => {
    const { code, message } = launchFailure("/x/chrome", failed("something"))
    assert.strictEqual(code, "browser_launch_failed")
    assert.strictEqual(message, "/x/chrome did not start: Target page, context or browser has been closed")
  })

  it("quotes the line with which the browser gave up", () => {
    const fatal =
      "[7:7:1121/081602.756456:FATAL:chrome/browser/process_singleton_posix.cc:313] Socket path too long: /x."
    assert.include(launchFailure("/x/chrome", failed(fatal)).message, "Socket path too long: /x.")
  })

  it("names a missing library and how to get it", () => {
    const error = launchFailure(
      "/x/chrome",
      failed("/x/chrome: error while loading shared libraries: libnss3.so: cannot open")
    )
    assert.strictEqual(error.message, "/x/chrome did not start: the library libnss3.so is missing")
    assert.include(error.nextStep, "install-deps")
  })

  it("knows a missing display, a profile in use, a time-out and a program that cannot run", () => {
    assert.strictEqual(launchFailure("/x", failed("Missing X server or $DISPLAY")).code, "display_missing")
    assert.include(
      launchFailure("/x", failed("Failed to create a ProcessSingleton for your profile")).message,
      "in use by another browser"
    )
    assert.include(
      launchFailure("/x", new Error("browserType.launch: Timeout 60000ms exceeded.")).message,
      "not ready after 60 s"
    )
    assert.include(
      launchFailure("/x", new Error("Failed to launch: Error: spawn /x ENOENT")).message,
      "there is no such program"
    )
    assert.include(launchFailure("/x", new Error("spawn /x EACCES")).message, "cannot be executed (EACCES)")
  })

  it("knows a sandbox that does not work", () => {
    assert.isTrue(isSandboxFailure(failed("[7:7:FATAL:zygote_host_impl_linux.cc(127)] No usable sandbox!")))
    assert.isTrue(isSandboxFailure(new Error("Chromium sandboxing failed!")))
    assert.isFalse(isSandboxFailure(failed("something")))
    assert.include(launchFailure("/x", failed("No usable sandbox!")).nextStep, "browser.sandbox")
  })
})
