/**
 * Entry of the detached host process. Its first line tells the client that waits for it that it runs: everything else is
 * loaded after it, which takes seconds on a machine that is busy.
 */
process.stderr.write(`process ${process.pid} starts as host\n`)
const { start } = await import("./HostProgram.ts")
start(new URL("../package.json", import.meta.url))
