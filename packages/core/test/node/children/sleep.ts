/** Says that it runs and stays, ignoring a polite end when asked to; with `child` it starts one more of its kind. */
import { spawn } from "node:child_process"

if (process.argv.includes("stubborn")) process.on("SIGTERM", () => {})
if (process.argv.includes("child")) {
  const child = spawn(process.execPath, [import.meta.filename, "stubborn"], { stdio: ["ignore", "pipe", "ignore"] })
  child.stdout.once("data", () => process.stdout.write(`${child.pid}\n`))
} else process.stdout.write("ready\n")
setInterval(() => {}, 1000)
