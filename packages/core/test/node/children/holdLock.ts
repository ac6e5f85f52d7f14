/** Takes the host lock of a state directory and says what came of it; gives it back when told to, or with its death. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { HostLock } from "../../../src/host/HostLock.ts"
import * as HostLockSqlite from "../../../src/node/HostLockSqlite.ts"
import { dirsAt } from "../../store/stateDir.ts"

const [, , state = ""] = process.argv
const heard = Effect.callback<void>((resume) => {
  process.stdin.once("data", () => resume(Effect.void))
})
const say = (line: string) => Effect.sync(() => process.stdout.write(`${line}\n`))

await Effect.runPromise(
  Effect.scoped(Effect.gen(function*() {
    const lock = yield* (yield* HostLock).tryAcquire
    yield* say(lock._tag)
    yield* heard
  })).pipe(Effect.provide(HostLockSqlite.layer.pipe(Layer.provide(dirsAt(state)))))
)
process.exit(0)
